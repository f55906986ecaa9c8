"""Calendar files of a recruitment day: one per person, without names of people and without links."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import quote

from icalendar import Calendar, Event, vCalAddress, vText

from placement.clock import HELSINKI, utcnow
from placement.i18n import gettext
from placement.recruitment_days.models import RecruitmentDay

PRODUCT = "-//Sauma//Sauma//EN"


class Method(StrEnum):
    """What the calendar program shall do with the file (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True)
class Attendee:
    """To whom an e-mailed calendar file goes, and on whose behalf."""

    address: str
    organiser: str
    organiser_name: str
    has_accepted: bool


def day_calendar(
    day: RecruitmentDay, *, uid: str, method: Method, attendee: Attendee | None = None, neutral: bool = False
) -> str:
    """Return the file of one person for a day; ``uid`` is that of their invitation and never changes.

    A calendar is often shared with others, so ``neutral`` leaves out what the day is about and where it is held.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    event = Event()
    event.add("uid", f"{uid}@sauma")
    event.add("sequence", day.schedule_version + (method is Method.CANCEL))
    event.add("dtstamp", utcnow())
    event.add("dtstart", datetime.combine(day.held_on, day.begins, tzinfo=HELSINKI))
    event.add("dtend", datetime.combine(day.held_on, day.ends, tzinfo=HELSINKI))
    event.add("summary", gettext("Meeting") if neutral else day.title)
    if not neutral:
        event.add("location", ", ".join(part for part in (day.venue_name, day.venue_address) if part))
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    if attendee is not None:
        _add_people(event, attendee)
    calendar.add_component(event)
    year = day.held_on.year
    calendar.add_missing_timezones(first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1))
    return str(calendar.to_ical(), "utf-8")


def _add_people(event: Event, attendee: Attendee) -> None:
    organiser = vCalAddress(f"mailto:{quote(attendee.organiser, safe='@+')}")
    organiser.params["CN"] = vText(attendee.organiser_name)
    event["organizer"] = organiser
    person = vCalAddress(f"mailto:{quote(attendee.address, safe='@+')}")
    person.params["PARTSTAT"] = vText("ACCEPTED" if attendee.has_accepted else "NEEDS-ACTION")
    # The answer is given on the page of the link: nobody reads the mailbox of the sender.
    person.params["RSVP"] = vText("FALSE")
    event["attendee"] = person
