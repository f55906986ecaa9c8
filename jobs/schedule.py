"""The table of jobs: what runs, when, and what for."""

from dataclasses import dataclass
from datetime import datetime, time

from jobs.runner import Function
from jobs.tasks import (
    advance_placements,
    ask_at_the_end,
    ask_gateway,
    ask_how_it_goes,
    end_introductions,
    forget_old_keys,
    forget_old_lists,
    forget_shown_lists,
    hand_over,
    keep_offers_fresh,
    keep_reliability,
    make_backup,
    plan_reminders,
    remind_of_subsidies,
    send_digests,
    send_due_messages,
    sweep,
)
from placement.clock import in_helsinki


@dataclass(frozen=True, slots=True)
class EveryTick:
    """At every look of the process, some seconds apart."""

    def slot(self, now: datetime) -> str:
        """A slot of its own each time."""
        return now.isoformat()

    def __str__(self) -> str:
        return "at every tick"


@dataclass(frozen=True, slots=True)
class EveryMinutes:
    """Once in every so many minutes of UTC, so that no clock change doubles or skips it."""

    minutes: int

    def slot(self, now: datetime) -> str:
        """The beginning of the stretch of time that the instant is in."""
        length = self.minutes * 60
        return datetime.fromtimestamp(now.timestamp() // length * length, tz=now.tzinfo).isoformat()

    def __str__(self) -> str:
        return f"every {self.minutes} min"


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day from a Finnish clock time on; later the same day if the process was not running then."""

    at: time

    def slot(self, now: datetime) -> str | None:
        """The Finnish date, or None before the clock time."""
        local = in_helsinki(now)
        return local.date().isoformat() if local.time() >= self.at else None

    def __str__(self) -> str:
        return f"daily from {self.at:%H:%M}, Finnish time"


@dataclass(frozen=True, slots=True)
class Job:
    """One job of the table."""

    name: str
    function: Function
    trigger: EveryTick | EveryMinutes | Daily
    purpose: str


JOBS = (
    Job("sweep", sweep.run, EveryMinutes(1), "Take back messages that a dead process was holding."),
    Job("plan_reminders", plan_reminders.run, EveryMinutes(10), "Put every reminder of coming days into the outbox."),
    Job("ask_gateway", ask_gateway.run, EveryMinutes(1), "Ask the gateway about text messages without a clear end."),
    Job("send_due_messages", send_due_messages.run, EveryTick(), "Send the e-mails and text messages that are due."),
    Job(
        "ask_how_it_goes",
        ask_how_it_goes.run,
        Daily(time(9, 0)),
        "Ask both sides of a new placement how it is going.",
    ),
    Job(
        "end_introductions",
        end_introductions.run,
        EveryMinutes(30),
        "End introductions whose approval has run out.",
    ),
    Job("hand_over", hand_over.run, Daily(time(6, 30)), "Change own adults on the agreed day, once they were told."),
    Job(
        "ask_at_the_end",
        ask_at_the_end.run,
        Daily(time(9, 10)),
        "Ask both sides how a placement went, and the young person how it is months later.",
    ),
    Job(
        "remind_of_subsidies",
        remind_of_subsidies.run,
        Daily(time(9, 20)),
        "Remind workers of the deadlines of wage subsidies.",
    ),
    Job(
        "keep_reliability",
        keep_reliability.run,
        Daily(time(6, 0)),
        "Keep how surely each employer answers, for ranking.",
    ),
    Job(
        "keep_offers_fresh",
        keep_offers_fresh.run,
        Daily(time(8, 30)),
        "Ask whether offers are still open, close those nobody confirms, end pauses.",
    ),
    Job("send_digests", send_digests.run, Daily(time(7, 15)), "Send what is new for saved searches, on Mondays."),
    Job(
        "advance_placements",
        advance_placements.run,
        Daily(time(8, 10)),
        "Start placements, begin their closing, and remind who has not signed.",
    ),
    Job("forget_old_keys", forget_old_keys.run, Daily(time(5, 10)), "Forget old form keys, rate counts and runs."),
    Job("make_backup", make_backup.run, Daily(time(5, 0)), "Copy the whole installation into one checked file."),
    Job(
        "forget_old_lists",
        forget_old_lists.run,
        Daily(time(5, 20)),
        "Forget imported lists that nobody needs.",
    ),
    Job(
        "forget_shown_lists",
        forget_shown_lists.run,
        Daily(time(5, 30)),
        "Forget lists of places that were shown over a year ago.",
    ),
)


def find_job(name: str) -> Job | None:
    """Return the job of this name, if there is one."""
    return next((job for job in JOBS if job.name == name), None)
