"""Calendar files of a recruitment day: one per person, without names of people and without links."""

from placement.clock import helsinki_instant
from placement.i18n import gettext
from placement.notifications.calendar import Attendee, CalendarEvent, Method, calendar_file
from placement.recruitment_days.models import RecruitmentDay


def day_calendar(
    day: RecruitmentDay, *, uid: str, method: Method, attendee: Attendee | None = None, neutral: bool = False
) -> str:
    """Return the file of one person for a day; ``uid`` is that of their invitation and never changes.

    A calendar is often shared with others, so ``neutral`` leaves out what the day is about and where it is held.
    """
    place = ", ".join(part for part in (day.venue_name, day.venue_address) if part)
    event = CalendarEvent(
        uid=uid,
        sequence=day.schedule_version,
        starts_at=helsinki_instant(day.held_on, day.begins),
        ends_at=helsinki_instant(day.held_on, day.ends),
        title=gettext("Meeting") if neutral else day.title,
        place="" if neutral else place,
    )
    return calendar_file(event, method=method, attendee=attendee)
