"""Today: what to do next and which answers came."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.caseload.silence import quiet_young_people
from placement.clock import today_in_helsinki
from placement.suggestions.queries import counts_of_centre, counts_of_worker
from placement.web.access import may, requires, signed_in_staff
from placement.web.session import db_session
from placement.web.today.page import answers_that_came, greeting, new_offers_that_fit
from placement.web.today.tasks import tasks_of

bp = Blueprint("today", __name__, url_prefix="/today")


@bp.get("/")
@requires(Permission.TODAY_VIEW)
def show() -> ResponseReturnValue:
    """See what to do today. What a role may not see is not even asked of the database."""
    staff = signed_in_staff()
    today = today_in_helsinki()
    sees_young_people = may(Permission.YOUTH_VIEW)
    sees_counts = not sees_young_people and may(Permission.YOUTH_VIEW_WITH_REASON)
    return render_template(
        "today/show.html",
        greeting=greeting(staff.first_name),
        today=today,
        tasks=tasks_of(db_session, staff, today),
        counts=counts_of_worker(db_session, staff.id) if sees_young_people else None,
        quiet=len(quiet_young_people(db_session, staff, on=today)) if sees_young_people else 0,
        centre_counts=counts_of_centre(db_session, staff.centre_id) if sees_counts else None,
        answers=answers_that_came(db_session, staff) if sees_young_people else [],
        new_offers=new_offers_that_fit(db_session, staff) if may(Permission.SUGGESTION_VIEW) else [],
    )
