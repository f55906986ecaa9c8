"""Placements for the tests."""

from datetime import date, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.audit.services import Actor
from placement.clock import today_in_helsinki
from placement.employers.models import EmployerContact
from placement.jobseekers.models import Youth
from placement.notifications.models import Channel
from placement.placements.agreements import send_agreement, sign
from placement.placements.checks import is_minor
from placement.placements.kinds import TRIALS, PartyRole, PlacementKind, signing_roles
from placement.placements.models import Placement, YesNoUnknown
from placement.placements.parties import party_of, set_party
from placement.placements.queries import get_placement
from placement.placements.schedule import DayPattern, plan_days
from placement.placements.services import add_placement, set_hours
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_contact, make_employer
from tests.support.factories.youths import make_youth

FOUR_DAYS = {weekday: DayPattern(time(9), time(14, 30)) for weekday in range(4)}
GOAL = "I want to find out whether I like repairing all day."


def make_placement(
    session: Session,
    by: Staff,
    *,
    youth: Youth | None = None,
    contact: EmployerContact | None = None,
    kind: PlacementKind = PlacementKind.WORK_TRIAL,
    starts_on: date | None = None,
    months: int = 2,
    week: dict[int, DayPattern] | None = None,
    **fields: Any,
) -> Placement:
    """A bicycle repair trial of Aino, four days a week from Monday two weeks ahead, all of it agreed."""
    youth = youth or make_youth(session, by)
    contact = contact or make_contact(
        session, make_employer(session, by.centre, name="Pyöräpaja Sato"), name="Jari Sato"
    )
    first = starts_on or _monday_after(today_in_helsinki() + timedelta(days=14))
    given: dict[str, Any] = {
        "contact_id": contact.id,
        "goal": GOAL,
        "tasks": "Repair bicycles and help customers.",
        "place": "Korkalonkatu 5, Rovaniemi",
        "guide_name": "Jari",
        "guide_phone": "+358401112223",
        "plan_agreed": YesNoUnknown.YES,
        "laid_off_lately": YesNoUnknown.NO,
        "signatory_checked": True,
    } | fields
    placement = add_placement(
        session,
        youth=youth,
        employer_id=contact.employer_id,
        kind=kind,
        title="Bicycle repair",
        starts_on=first,
        ends_on=first + timedelta(days=30 * months),
        actor=Actor.staff(by),
        **given,
    )
    session.flush()
    whole = whole_placement(session, placement)
    periods = plan_days(FOUR_DAYS if week is None else week, whole.starts_on, whole.ends_on)
    if periods:
        set_hours(session, whole, version=whole.version, periods=periods, actor=Actor.staff(by))
    session.flush()
    return whole


def whole_placement(session: Session, placement: Placement) -> Placement:
    """The same placement with everything around it loaded."""
    session.flush()
    session.expire(placement)
    found = get_placement(session, placement.id, placement.centre_id)
    assert found is not None
    return found


def _monday_after(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def sent_placement(session: Session, by: Staff, **values: Any) -> Placement:
    """A placement whose agreement has been sent to be signed by an officer, the employer and the young person."""
    placement = make_placement(session, by, **values)
    officer = make_staff(session, by.centre, Role.AUTHORITY, first_name="Jukka", last_name="Saarela")
    if placement.kind in TRIALS:
        set_party(
            session,
            placement,
            PartyRole.AUTHORITY,
            actor=Actor.staff(by),
            name=officer.display_name,
            organisation="Employment area",
            email=officer.email,
            channel=Channel.EMAIL,
            language="en",
            staff_id=officer.id,
        )
    if is_minor(placement):
        set_party(
            session,
            placement,
            PartyRole.GUARDIAN,
            actor=Actor.staff(by),
            name="Paula Koskela",
            phone="+358405556677",
            channel=Channel.SMS,
            language="en",
        )
    send_agreement(session, placement, actor=Actor.staff(by))
    return whole_placement(session, placement)


def sign_as(session: Session, placement: Placement, *roles: PartyRole) -> None:
    """Each of these signs the latest text by link; everybody who must, when nobody is named."""
    for role in roles or signing_roles(placement.kind, is_minor=is_minor(placement)):
        party = party_of(placement, role)
        assert party is not None
        sign(session, placement, party, name=party.name, text_hash=placement.texts[-1].text_hash, language="en")
    session.flush()
