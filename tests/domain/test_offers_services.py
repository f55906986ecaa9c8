"""The life of an offer: who may take which step, and what each step leaves behind."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.audit.models import ActorKind, AuditEntry
from placement.audit.services import Actor
from placement.clock import today_in_helsinki, utcnow
from placement.employers.models import EmployerForm
from placement.errors import ChangedMeanwhile, ReasonNeeded, RuleBlocks, TransitionNotAllowed
from placement.notifications.models import Message
from placement.offers import queries, services
from placement.offers.models import Offer, OfferEvent, OfferKind, OfferOrigin, Visibility
from placement.offers.states import OfferAction, OfferState
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer

# Written by hand, not from the table under test: where each step leads from each state.
ALLOWED = {
    "draft": {"submit": "submitted", "withdraw": "withdrawn"},
    "submitted": {"return": "draft", "check": "checked", "reject": "rejected", "withdraw": "withdrawn"},
    "checked": {"return": "draft", "reject": "rejected", "publish": "live", "withdraw": "withdrawn"},
    "live": {"begin_talks": "matched", "fill": "filled", "withdraw": "withdrawn", "expire": "expired"},
    "matched": {"end_talks": "live", "fill": "filled", "withdraw": "withdrawn"},
    "filled": {},
    "withdrawn": {"reopen": "submitted"},
    "expired": {"reopen": "submitted"},
    "rejected": {"reopen": "submitted"},
}
EMPLOYER_MAY = {"submit", "fill", "withdraw", "reopen"}


@pytest.mark.parametrize("state", list(OfferState))
@pytest.mark.parametrize("action", list(OfferAction))
@pytest.mark.parametrize("is_employer", [False, True])
def test_each_step_is_possible_from_exactly_its_states(
    session: Session, state: OfferState, action: OfferAction, is_employer: bool
) -> None:
    staff = make_staff(session)
    offer = make_offer(session, make_employer(session, staff.centre), state=state)
    actor = Actor.employer(1, offer.centre_id) if is_employer else Actor.staff(staff)
    target = ALLOWED[state.value].get(action.value)
    if target is None or (is_employer and action.value not in EMPLOYER_MAY):
        with pytest.raises(TransitionNotAllowed):
            services.move(session, offer=offer, action=action, actor=actor, reason="why")
        assert offer.state is state
        return
    services.move(session, offer=offer, action=action, actor=actor, reason="why")
    session.flush()  # the constraints of the database hold in every state
    assert offer.state.value == target
    event = session.scalars(select(OfferEvent)).one()
    assert (event.source, event.target, event.reason) == (state.value, target, "why")
    assert event.actor_kind is (ActorKind.EMPLOYER if is_employer else ActorKind.STAFF)
    entry = session.scalars(select(AuditEntry)).one()
    assert entry.changes == {"state": [state.value, target]}


@pytest.mark.parametrize("action", [OfferAction.RETURN, OfferAction.REJECT, OfferAction.WITHDRAW])
def test_some_steps_need_a_reason(session: Session, action: OfferAction) -> None:
    staff = make_staff(session)
    offer = make_offer(session, make_employer(session, staff.centre), state=OfferState.SUBMITTED)
    with pytest.raises(ReasonNeeded):
        services.move(session, offer=offer, action=action, actor=Actor.staff(staff), reason="  ")
    assert offer.state is OfferState.SUBMITTED


def add(session: Session, **values: Any) -> Offer:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre, form=values.pop("employer_form", EmployerForm.COMPANY))
    given = {"kind": OfferKind.WORK_TRIAL, "origin": OfferOrigin.STAFF, "title": "Helper"} | values
    return services.add_offer(
        session, centre_id=staff.centre_id, employer_id=employer.id, actor=Actor.staff(staff), **given
    )


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"pay": "12 €"}, "WT-07"),
        ({"required_skills": "Barista"}, "WT-12"),
        ({"kind": OfferKind.WAGE_SUBSIDY_JOB, "is_zero_hours": True}, "PS-18"),
        ({"kind": OfferKind.WAGE_SUBSIDY_JOB, "is_commission_only": True}, "PS-18"),
        ({"kind": OfferKind.HIDDEN_JOB, "visibility": Visibility.OPEN}, "visibility"),
    ],
)
def test_even_a_draft_cannot_hold_what_its_kind_never_has(session: Session, values: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleBlocks) as refused:
        add(session, **values)
    assert refused.value.code == code
    assert session.scalar(select(func.count()).select_from(Offer)) == 0


def test_a_hidden_job_is_open_when_the_employer_allows_it(session: Session) -> None:
    offer = add(session, kind=OfferKind.HIDDEN_JOB, visibility=Visibility.OPEN, employer_allows_open=True)
    session.flush()
    services.edit_offer(session, offer=offer, version=offer.version, actor=Actor.system(), title="Other")
    assert offer.visibility is Visibility.OPEN


def test_a_rule_stops_the_sending_but_not_the_draft(session: Session) -> None:
    offer = add(session, hours_per_day=9)
    with pytest.raises(RuleBlocks) as refused:
        services.submit_offer(session, offer=offer, actor=Actor.system())
    assert refused.value.code == "WT-05"
    assert offer.state is OfferState.DRAFT


def test_a_trial_of_a_private_person_is_never_published(session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre, form=EmployerForm.PRIVATE_PERSON)
    offer = make_offer(session, employer, state=OfferState.SUBMITTED)
    with pytest.raises(RuleBlocks):
        services.check_and_publish_offer(session, offer=offer, actor=Actor.staff(staff))


def test_a_column_that_is_nobodys_to_set_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="state"):
        add(session, state=OfferState.LIVE)
    with pytest.raises(ValueError, match="colour"):
        add(session, colour="blue")


def test_an_old_version_is_not_saved_over_a_newer_one(session: Session) -> None:
    offer = make_offer(session, make_employer(session, make_centre(session)))
    with pytest.raises(ChangedMeanwhile):
        services.edit_offer(session, offer=offer, version=offer.version - 1, actor=Actor.system(), title="x")


def test_a_live_offer_cannot_be_changed_into_what_a_rule_forbids(session: Session) -> None:
    offer = make_offer(session, make_employer(session, make_centre(session)))
    with pytest.raises(RuleBlocks):
        services.edit_offer(session, offer=offer, version=offer.version, actor=Actor.system(), months=9)


def test_reopening_an_offer_has_it_checked_anew(session: Session) -> None:
    staff = make_staff(session)
    offer = make_offer(session, make_employer(session, staff.centre), state=OfferState.EXPIRED)
    services.reopen_offer(session, offer=offer, actor=Actor.staff(staff))
    session.flush()
    assert offer.checked_at is None
    assert offer.ended_at is None
    services.check_and_publish_offer(session, offer=offer, actor=Actor.staff(staff))
    session.flush()
    assert offer.confirmed_on == today_in_helsinki()


def test_staff_sending_an_offer_writes_to_nobody(session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    contact = make_contact(session, employer)
    offer = make_offer(
        session, employer, state=OfferState.DRAFT, origin=OfferOrigin.EMPLOYER_LINK, contact_id=contact.id
    )
    services.submit_offer(session, offer=offer, actor=Actor.staff(staff))
    assert session.scalar(select(func.count()).select_from(Message)) == 0


def test_only_a_live_offer_is_confirmed_as_open(session: Session) -> None:
    offer = make_offer(session, make_employer(session, make_centre(session)), state=OfferState.DRAFT)
    with pytest.raises(TransitionNotAllowed):
        services.confirm_offer_open(session, offer=offer, actor=Actor.system())


def test_lists_for_work_hold_the_right_offers_of_the_centre(session: Session) -> None:
    centre = make_centre(session)
    employer = make_employer(session, centre)
    make_offer(session, make_employer(session, make_centre(session)), state=OfferState.SUBMITTED)
    newer = make_offer(session, employer, state=OfferState.SUBMITTED)
    older = make_offer(session, employer, state=OfferState.SUBMITTED, submitted_at=utcnow() - timedelta(days=2))
    today = today_in_helsinki()
    make_offer(session, employer, confirmed_on=today - timedelta(days=29))
    quiet = make_offer(session, employer, confirmed_on=today - timedelta(days=30))
    make_offer(session, employer, state=OfferState.MATCHED, confirmed_on=today - timedelta(days=90))
    assert list(queries.offers_to_check(session, centre.id)) == [older, newer]
    assert list(queries.offers_not_confirmed(session, centre.id, on=today)) == [quiet]
