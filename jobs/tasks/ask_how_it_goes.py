"""Asks both sides how it is going when the plan of a placement says so.

Who cannot be reached by message is called: the step then stays open and waits on the page of the day.
"""

from jobs.runner import Work
from placement.audit.services import Actor
from placement.clock import today_in_helsinki
from placement.placements.support_plan.check_ins import ask_how_it_goes
from placement.placements.support_plan.dates import StepCode
from placement.placements.support_plan.models import StepState
from placement.placements.support_plan.queries import find_step, placement_of_job, placements_to_ask
from placement.placements.support_plan.services import take_support_step


def run(work: Work) -> None:
    """Ask placement by placement, each in a transaction of its own."""
    with work.transaction() as session:
        ids = placements_to_ask(session, on=today_in_helsinki())
    for placement_id in ids:
        if work.stop.is_set():
            return
        with work.transaction() as session:
            placement = placement_of_job(session, placement_id)
            step = find_step(session, placement_id, StepCode.DAY_3)
            if step is None or step.state is not StepState.OPEN:
                continue
            asked = ask_how_it_goes(session, placement)
            if asked:
                actor = Actor.system(placement.centre_id)
                take_support_step(session, step, placement=placement, note="", minutes=0, actor=actor)
            work.count("asked", len(asked))
