"""Calendar files: one event for one person, that a calendar program takes in, moves or removes (RFC 5545, 5546)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import quote

from icalendar import Calendar, Event, vCalAddress, vText

from placement.clock import in_helsinki, utcnow

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


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """What stands in the calendar. ``uid`` never changes; ``sequence`` grows with every change of time or place."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""


def calendar_file(event: CalendarEvent, *, method: Method, attendee: Attendee | None = None) -> str:
    """Return the file of one person for an event; a cancellation counts as one more change."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    entry = Event()
    entry.add("uid", f"{event.uid}@sauma")
    entry.add("sequence", event.sequence + (method is Method.CANCEL))
    entry.add("dtstamp", utcnow())
    entry.add("dtstart", in_helsinki(event.starts_at))
    entry.add("dtend", in_helsinki(event.ends_at))
    entry.add("summary", event.title)
    if event.place:
        entry.add("location", event.place)
    entry.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    if attendee is not None:
        _add_people(entry, attendee)
    calendar.add_component(entry)
    year = in_helsinki(event.starts_at).year
    calendar.add_missing_timezones(first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1))
    return str(calendar.to_ical(), "utf-8")


def _add_people(entry: Event, attendee: Attendee) -> None:
    organiser = vCalAddress(f"mailto:{quote(attendee.organiser, safe='@+')}")
    organiser.params["CN"] = vText(attendee.organiser_name)
    entry["organizer"] = organiser
    person = vCalAddress(f"mailto:{quote(attendee.address, safe='@+')}")
    person.params["PARTSTAT"] = vText("ACCEPTED" if attendee.has_accepted else "NEEDS-ACTION")
    # The answer is given on the page of the link: nobody reads the mailbox of the sender.
    person.params["RSVP"] = vText("FALSE")
    entry["attendee"] = person
