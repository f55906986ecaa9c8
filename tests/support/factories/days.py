"""Recruitment days and invitations for the tests."""

from datetime import date, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import Actor
from placement.clock import today_in_helsinki
from placement.employers.models import EmployerContact
from placement.jobseekers.models import Youth
from placement.recruitment_days.invitations import answer_invitation, invite_employer, invite_youths
from placement.recruitment_days.models import DayEmployer, DayInvitation, RecruitmentDay, VenueKind
from placement.recruitment_days.services import make_day, take_step
from placement.recruitment_days.states import DayAction


def make_open_day(session: Session, lead: Staff, *, held_on: date | None = None, **values: Any) -> RecruitmentDay:
    """A day of the lead's centre that is open for sign-up, three weeks ahead from 12 to 15 unless said otherwise."""
    actor = Actor.staff(lead)
    given: dict[str, Any] = {
        "title": "Talviduuni 2027",
        "begins": time(12),
        "ends": time(15),
        "venue_kind": VenueKind.LIBRARY,
        "venue_name": "City library, hall 1",
        "venue_address": "Kirjastokatu 1",
    } | values
    day = make_day(
        session,
        centre_id=lead.centre_id,
        actor=actor,
        held_on=held_on or today_in_helsinki() + timedelta(days=21),
        **given,
    )
    session.flush()
    take_step(session, day, action=DayAction.OPEN, actor=actor)
    session.flush()
    return day


def invite(session: Session, day: RecruitmentDay, *youths: Youth, by: Staff) -> list[DayInvitation]:
    """Invite young people to a day."""
    made = invite_youths(session, day, youths=youths, actor=Actor.staff(by))
    session.flush()
    return made


def say_yes(session: Session, invitation: DayInvitation, **values: Any) -> None:
    """A young person says that they are coming."""
    youth = session.get_one(Youth, invitation.youth_id)
    answer_invitation(session, invitation, coming=True, actor=Actor.youth(youth.id, youth.centre_id), **values)
    session.flush()


def ask_employer(session: Session, day: RecruitmentDay, contact: EmployerContact, *, by: Staff) -> DayEmployer:
    """Invite an employer to a day."""
    row = invite_employer(session, day, contact=contact, actor=Actor.staff(by))
    session.flush()
    return row
