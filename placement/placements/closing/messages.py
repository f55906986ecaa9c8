"""Messages at and after the end. Each function says who gets what, and what makes it one promise."""

from datetime import timedelta

from sqlalchemy.orm import Session

from placement.clock import utcnow
from placement.notifications.models import Message
from placement.notifications.preconditions import register_condition, register_refresh
from placement.notifications.services import Timing, queue_message
from placement.placements.closing.models import AfterCare
from placement.placements.closing.queries import view_of
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement, PlacementParty
from placement.placements.parties import receiver_of
from placement.placements.support_plan.dates import MONTHS_AFTER
from placement.placements.support_plan.messages import party_still_reached, to_present_party_address, values_for
from placement.placements.support_plan.queries import wants_no_after_care

WORTH_ASKING = timedelta(days=7)
VIEW_MISSING = {
    PartyRole.PARTICIPANT: "closing_view_missing_participant",
    PartyRole.ORGANISER: "closing_view_missing_organiser",
}
NOT_ANSWERED = "after_care_not_answered"


def closing_asked(session: Session, *, placement: Placement, party: PlacementParty, round_: int) -> Message | None:
    """Ask a side how it went. Each round is its own promise: the first asking and one reminder."""
    return queue_message(
        session,
        name="closing_asked",
        receiver=receiver_of(party, placement),
        dedupe_key=f"closing_asked|{placement.id}|{party.role.value}|{round_}",
        values=values_for(session, placement, party),
        timing=Timing(
            not_after=utcnow() + WORTH_ASKING, precondition=VIEW_MISSING[party.role], precondition_id=placement.id
        ),
    )


def after_care_asked(
    session: Session, *, placement: Placement, party: PlacementParty, question: AfterCare
) -> Message | None:
    """Ask a young person how it is some months later. They may stop the questions on the page of the link."""
    months = MONTHS_AFTER[question.code]
    return queue_message(
        session,
        name="after_care_asked",
        receiver=receiver_of(party, placement),
        dedupe_key=f"after_care_asked|{placement.id}|{months}",
        values={**values_for(session, placement, party), "months": months},
        timing=Timing(not_after=utcnow() + WORTH_ASKING, precondition=NOT_ANSWERED, precondition_id=question.id),
    )


def _view_is_missing(role: PartyRole) -> None:
    def holds(session: Session, message: Message) -> bool:
        missing = view_of(session, message.precondition_id or 0, role) is None
        return missing and party_still_reached(session, message)

    register_condition(VIEW_MISSING[role], holds)


def _not_answered(session: Session, message: Message) -> bool:
    question = session.get(AfterCare, message.precondition_id, populate_existing=True)
    if question is None or question.answer is not None:
        return False
    return not wants_no_after_care(session, question.placement_id) and party_still_reached(session, message)


for _role in VIEW_MISSING:
    _view_is_missing(_role)
register_condition(NOT_ANSWERED, _not_answered)
for _name in ("closing_asked", "after_care_asked"):
    register_refresh(_name, to_present_party_address)
