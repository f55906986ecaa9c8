"""The hours in which nobody is woken by a message."""

from datetime import datetime, time, timedelta

from placement.clock import helsinki_instant, in_helsinki

QUIET_FROM = 21
QUIET_UNTIL = 8
SOON = timedelta(hours=24)


def outside_quiet_hours(instant: datetime, *, event_at: datetime) -> datetime:
    """Return the instant, or the next morning when it falls into the night and the event is not yet near."""
    local = in_helsinki(instant)
    if QUIET_UNTIL <= local.hour < QUIET_FROM or event_at - instant < SOON:
        return instant
    morning = local.date() if local.hour < QUIET_UNTIL else local.date() + timedelta(days=1)
    return helsinki_instant(morning, time(QUIET_UNTIL))
