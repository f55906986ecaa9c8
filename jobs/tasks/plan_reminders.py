"""Makes sure that every reminder of every coming recruitment day is in the outbox, and no place waits for nobody.

Reminders are planned when somebody is invited or answers; this is the net below it, and what plans
anew when a phone number or an e-mail address has changed since. A place on the waiting list that was
offered and not taken in time is offered to the next.
"""

from jobs.runner import Work
from placement.clock import utcnow
from placement.recruitment_days.queries import days_with_reminders_to_plan
from placement.recruitment_days.reminders import plan_reminders
from placement.recruitment_days.waiting_list import pass_on_offers


def run(work: Work) -> None:
    """Plan day by day, each in a transaction of its own."""
    with work.transaction() as session:
        day_ids = days_with_reminders_to_plan(session, now=utcnow())
    for day_id in day_ids:
        if work.stop.is_set():
            return
        with work.transaction() as session:
            work.count("planned", plan_reminders(session, day_id=day_id))
            work.count("places offered", pass_on_offers(session, day_id=day_id))
