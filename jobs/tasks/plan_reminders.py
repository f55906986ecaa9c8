"""Makes sure that every reminder of every coming recruitment day is in the outbox.

Reminders are planned when somebody is invited or answers; this is the net below it, and what plans
anew when a phone number or an e-mail address has changed since.
"""

from jobs.runner import Work
from placement.clock import utcnow
from placement.recruitment_days.queries import days_with_reminders_to_plan
from placement.recruitment_days.reminders import plan_reminders


def run(work: Work) -> None:
    """Plan day by day, each in a transaction of its own."""
    with work.transaction() as session:
        day_ids = days_with_reminders_to_plan(session, now=utcnow())
    for day_id in day_ids:
        if work.stop.is_set():
            return
        with work.transaction() as session:
            work.count("planned", plan_reminders(session, day_id=day_id))
