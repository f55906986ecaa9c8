"""Who signs, and how a placement came to be, as its page shows them."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from placement.clock import in_helsinki, today_in_helsinki
from placement.i18n import format_day, gettext
from placement.placements.checks import is_minor, missing_roles, signature_in_force
from placement.placements.kinds import PartyRole, signing_roles
from placement.placements.models import Placement, PlacementParty
from placement.placements.parties import party_of
from placement.placements.reasons import StopReason
from placement.placements.states import BEFORE_START, STARTED, PlacementAction, PlacementState
from placement.web.agreement.document import signed_words


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One step of how it came to be."""

    state: str
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One who signs: how it stands, and how they can be asked."""

    party_id: int | None
    role: str
    name: str
    status: str
    is_signed: bool
    name_url: str | None


def people_lines(placement: Placement) -> list[PersonLine]:
    """Return everybody who signs, in the order of signing; one who is not named yet has no id."""
    wanted = signing_roles(placement.kind, is_minor=is_minor(placement))
    return [_person_line(placement, role) for role in wanted]


_NAMED_AT = {PartyRole.AUTHORITY: "placements.authority", PartyRole.GUARDIAN: "placements.guardian"}


def _person_line(placement: Placement, role: PartyRole) -> PersonLine:
    party = party_of(placement, role)
    url: str | None = url_for(_NAMED_AT.get(role, "placements.edit"), placement_id=placement.id)
    if role is PartyRole.PARTICIPANT:
        url = None
    if party is None:
        return PersonLine(None, str(role.label), gettext("Not named yet"), "", is_signed=False, name_url=url)
    signature = signature_in_force(party)
    status = signed_words(party) if signature is not None else _asked(party)
    return PersonLine(party.id, str(role.label), party.name, status, is_signed=signature is not None, name_url=url)


def _asked(party: PlacementParty) -> str:
    if party.asked_at is None:
        return str(gettext("not asked yet"))
    asked = str(gettext("asked %(day)s", day=_day(party.asked_at)))
    if party.reminded_at is None:
        return asked
    return f"{asked}, {gettext('reminded %(day)s', day=_day(party.reminded_at))}"


def timeline_of(placement: Placement) -> list[TimelineStep]:
    """Return what has happened, whom it waits for, and what comes."""
    steps = [TimelineStep("done", gettext("Planned"), format_day(in_helsinki(placement.created_at).date()))]
    dated = [
        (event.at, TimelineStep("done", _told(event.action, event.reason), _day(event.at)))
        for event in placement.events
    ]
    for party in placement.parties:
        signature = signature_in_force(party)
        if signature is not None:
            text = gettext("%(name)s signed", name=party.name)
            dated.append(
                (
                    signature.signed_at,
                    TimelineStep("done", text, f"{_day(signature.signed_at)} · {signature.how.label}"),
                )
            )
    steps += [step for _at, step in sorted(dated, key=lambda pair: pair[0])]
    if placement.state is PlacementState.PREPARING and placement.texts:
        roles = set(missing_roles(placement))
        steps += [
            TimelineStep("late", gettext("Waiting for %(name)s", name=party.name), _asked(party))
            for party in placement.parties
            if party.role in roles
        ]
    if placement.state in BEFORE_START:
        late = today_in_helsinki() >= placement.starts_on
        steps.append(TimelineStep("late" if late else "next", gettext("Start"), format_day(placement.starts_on)))
    elif placement.state in STARTED and placement.last_day is None:
        steps.append(TimelineStep("next", gettext("Last day"), format_day(placement.ends_on)))
    return steps


def _told(action: PlacementAction, reason: str) -> str:
    text = str(action.done_label)
    return f"{text}: {StopReason(reason).label}" if reason in set(StopReason) else text


def _day(instant: datetime) -> str:
    return format_day(in_helsinki(instant).date(), year=False)
