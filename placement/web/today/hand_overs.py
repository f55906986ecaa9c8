"""Whom to tell about a new own adult, and when all three meet."""

from flask import url_for

from placement.accounts.models import Staff
from placement.caseload.queries import hand_overs_of_worker
from placement.db import ServiceSession
from placement.i18n import gettext
from placement.web.today.introductions import Due


def due_hand_overs(session: ServiceSession, staff: Staff) -> list[Due]:
    """Return what a worker does about hand-overs from or to them."""
    lines = []
    for row in hand_overs_of_worker(session, staff.id):
        names = {"name": row.youth.short_name, "worker": row.to_staff.first_name}
        if row.told_at is None and row.from_id == staff.id:
            text = gettext("Tell %(name)s that %(worker)s becomes their own adult", **names)
            due = row.tell_by
        elif row.told_at is not None:
            text = gettext("Meet all three: %(name)s gets %(worker)s as own adult", **names)
            due = row.meet_on
        else:
            continue
        lines.append(
            Due(due, text, str(row.reason.label), gettext("Open"), url_for("caseload.told", youth_id=row.youth_id))
        )
    return lines
