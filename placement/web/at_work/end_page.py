"""What the page of a link shows of the end."""

from typing import Any

from placement.clock import today_in_helsinki
from placement.db import ServiceSession
from placement.i18n import gettext
from placement.placements.closing.models import AfterCareAnswer
from placement.placements.closing.queries import due_after_care, views_of
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement, PlacementParty
from placement.placements.states import OVER, STARTED, PlacementState
from placement.placements.support_plan.queries import wants_no_after_care
from placement.web.placements.closing_forms import ReplyForm
from placement.web.placements.closing_page import card_names, shown_view

TELLS_IN = STARTED - {PlacementState.RUNNING}


def side_of(party: PlacementParty) -> PartyRole:
    """Return whose view a party gives: the guide speaks for the employer."""
    return PartyRole.PARTICIPANT if party.role is PartyRole.PARTICIPANT else PartyRole.ORGANISER


def other_side(party: PlacementParty) -> PartyRole:
    """Return whose view a party may answer."""
    return PartyRole.ORGANISER if party.role is PartyRole.PARTICIPANT else PartyRole.PARTICIPANT


def end_values(session: ServiceSession, placement: Placement, party: PlacementParty) -> dict[str, Any]:
    """Return what the part about the end shows to a party."""
    views = views_of(session, placement.id)
    other = views.get(other_side(party))
    is_young_person = party.role is PartyRole.PARTICIPANT
    is_over = placement.state in OVER and placement.state is not PlacementState.CANCELLED
    stopped = is_over and is_young_person and wants_no_after_care(session, placement.id)
    to_take = [card for card in other.card_ids if card not in other.taken_cards] if other and is_young_person else []
    labels = {"question_answered": gettext("Was the question answered?")}
    labels["would_take_again" if is_young_person else "next_step"] = (
        gettext("Would take somebody again") if is_young_person else gettext("What comes next?")
    )
    return {
        "may_close": placement.state in TELLS_IN,
        "mine": views.get(side_of(party)),
        "shown": shown_view(other, labels),
        "to_take": list(zip(to_take, card_names(to_take), strict=False)),
        "reply_form": ReplyForm(),
        "due": due_after_care(session, placement.id, on=today_in_helsinki()) if is_over and not stopped else None,
        "choices": [answer for answer in AfterCareAnswer if answer is not AfterCareAnswer.UNKNOWN],
        "may_stop": is_over and not stopped,
    }
