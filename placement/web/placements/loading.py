"""Opening a placement: who may, and that the look at the young person is logged."""

from flask import abort

from placement.placements.models import Placement
from placement.placements.queries import get_placement
from placement.web.access import current_staff
from placement.web.jobseekers.loading import load_youth_for_staff
from placement.web.session import db_session


def load_placement_for_staff(placement_id: int, *, lock: bool = False) -> Placement:
    """Return the placement loaded whole, or answer 404; the young person’s named workers and its owner may see it.

    Anybody else is led to give a reason, as on the young person’s own page. ``lock`` keeps others from
    changing it at the same time.
    """
    placement = get_placement(db_session, placement_id, current_staff.centre_id, lock=lock)
    if placement is None:
        abort(404)
    load_youth_for_staff(placement.youth_id, in_charge_id=placement.owner_id)
    return placement
