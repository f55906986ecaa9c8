"""Changes the own adult of young people who have been told, on the day that was agreed."""

from jobs.runner import Work
from placement.audit.services import Actor
from placement.caseload.queries import find_hand_over, hand_overs_due
from placement.caseload.services import carry_out
from placement.clock import today_in_helsinki


def run(work: Work) -> None:
    """Carry out each hand-over that is due, in a transaction of its own."""
    today = today_in_helsinki()
    with work.transaction() as session:
        youth_ids = hand_overs_due(session, on=today)
    for youth_id in youth_ids:
        if work.stop.is_set():
            return
        with work.transaction() as session:
            row = find_hand_over(session, youth_id, lock=True)
            done = row is not None and carry_out(session, row, on=today, actor=Actor.system(row.centre_id))
        if done:
            work.count("young people")
