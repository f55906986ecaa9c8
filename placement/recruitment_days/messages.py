"""The messages of a recruitment day: who gets them, what they carry, and what makes each one promise."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from placement.accounts.models import Centre, LinkPurpose, Staff
from placement.accounts.personal_links import make_link
from placement.clock import utcnow
from placement.employers.messages import contact_receiver
from placement.employers.models import EmployerContact
from placement.i18n import LazyString, in_language
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.messages import youth_receiver
from placement.jobseekers.models import Youth
from placement.links import page_address, sender_address
from placement.notifications.calendar import Attendee, Method
from placement.notifications.models import Channel, Message
from placement.notifications.quiet_hours import outside_quiet_hours
from placement.notifications.services import Receiver, Timing, queue_message
from placement.notifications.sms_text import shortened
from placement.recruitment_days.calendar import day_calendar
from placement.recruitment_days.models import DayEmployer, DayInvitation, RecruitmentDay
from placement.recruitment_days.states import InvitationState

SHORT_TITLE = 22
SHORT_PLACE = 18

LABELS: dict[str, LazyString] = {
    "day_invitation": _l("Invitation"),
    "day_nudge": _l("Reminder to answer"),
    "day_confirmed": _l("Confirmation"),
    "day_waiting": _l("On the waiting list"),
    "day_place_freed": _l("A place became free"),
    "day_programme": _l("Programme"),
    "day_tomorrow": _l("Reminder the day before"),
    "day_soon": _l("Reminder on the day"),
    "day_moved": _l("New time or place"),
    "day_cancelled": _l("Cancellation"),
    "day_employer_invitation": _l("Invitation to employer"),
    "day_employer_confirmed": _l("Confirmation to employer"),
    "day_employer_check": _l("Employer: is all still right?"),
    "day_employer_numbers": _l("Employer: how many are coming"),
    "day_employer_tomorrow": _l("Employer: the day before"),
}

Invited = DayInvitation | DayEmployer


@dataclass(slots=True)
class Post:
    """Sends the messages of one day to one invited person; their link is made when the first one needs it."""

    session: Session
    day: RecruitmentDay
    invited: Invited
    person: Youth | EmployerContact
    _address: str = field(default="", init=False)

    @property
    def receiver(self) -> Receiver:
        """The person as a receiver, by the channel they have chosen."""
        return receiver_of(self.person)

    def link(self) -> str:
        """The address of their own answer page."""
        if not self._address:
            is_youth = isinstance(self.invited, DayInvitation)
            token = make_link(
                self.session,
                centre_id=self.day.centre_id,
                purpose=LinkPurpose.DAY_INVITATION if is_youth else LinkPurpose.DAY_EMPLOYER,
                youth_id=self.person.id if is_youth else None,
                employer_contact_id=None if is_youth else self.person.id,
                object_id=self.invited.id,
            )
            self._address = page_address("day_answer.show", token=token)
        return self._address

    def send(
        self,
        name: str,
        *,
        key: str,
        timing: Timing,
        calendar: Method | None = None,
        values: dict[str, Any] | None = None,
    ) -> Message | None:
        """Queue a message of this name; ``key`` makes the same promise at most once."""
        receiver = self.receiver
        if not receiver.can_be_reached:
            return None
        return queue_message(
            self.session,
            name=name,
            receiver=receiver,
            dedupe_key=key,
            values=day_values(self.session, self.day) | self._own_values() | {"link": self.link()} | (values or {}),
            timing=timing,
            calendar=self._calendar(calendar) if calendar and receiver.channel is Channel.EMAIL else "",
            recruitment_day_id=self.day.id,
        )

    def _own_values(self) -> dict[str, Any]:
        """How to greet the person, and who invites them."""
        staff_id = self.invited.invited_by_id
        inviter = self.session.get(Staff, staff_id) if staff_id is not None else None
        person = self.person
        return {
            "name": person.first_name if isinstance(person, Youth) else person.name,
            "inviter": inviter.display_name if inviter is not None else "",
        }

    def _calendar(self, method: Method) -> str:
        centre = self.session.get_one(Centre, self.day.centre_id)
        attendee = Attendee(
            address=self.receiver.address,
            organiser=centre.email or sender_address(),
            organiser_name=centre.name,
            has_accepted=self.invited.state is InvitationState.COMING,
        )
        with in_language(self.receiver.language):
            return day_calendar(self.day, uid=self.invited.uid, method=method, attendee=attendee)

    def now(self, condition: str = "") -> Timing:
        """Send at once, worth nothing after the day has begun."""
        return Timing(
            not_after=self.day.starts_at,
            precondition=condition,
            precondition_id=self.invited.id if condition else None,
            precondition_version=self.day.schedule_version,
        )

    def at_a_good_hour(
        self, condition: str = "", *, at: datetime | None = None, until: datetime | None = None
    ) -> Timing:
        """Send now or at the given time, but not in quiet hours, and not after the day has begun, or ``until``."""
        now = self.now(condition)
        return Timing(
            due_at=outside_quiet_hours(at or utcnow(), event_at=self.day.starts_at),
            not_after=until or now.not_after,
            precondition=now.precondition,
            precondition_id=now.precondition_id,
            precondition_version=now.precondition_version,
        )


def receiver_of(person: Youth | EmployerContact) -> Receiver:
    """Return a young person or a contact person as a receiver, by their own channel and language."""
    return youth_receiver(person) if isinstance(person, Youth) else contact_receiver(person)


def day_values(session: Session, day: RecruitmentDay) -> dict[str, Any]:
    """Return what the texts of every message of a day may use."""
    centre = session.get_one(Centre, day.centre_id)
    return {
        "title": day.title,
        "short_title": shortened(day.title, SHORT_TITLE),
        "held_on": day.held_on,
        "begins": day.begins,
        "ends": day.ends,
        "place": day.venue_name,
        "short_place": shortened(day.venue_name, SHORT_PLACE),
        "street": day.venue_address,
        "access_notes": day.access_notes,
        "description": day.description,
        "answer_by": day.answer_by,
        "centre_name": centre.name,
        "centre_phone": centre.phone,
    }
