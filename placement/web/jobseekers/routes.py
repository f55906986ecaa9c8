"""Young people: the list, adding one, and the pages about one person."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from placement.accounts.models import Centre, Staff
from placement.accounts.permissions import Permission, can
from placement.accounts.queries import staff_names, staff_of_centre
from placement.audit.models import ActorKind
from placement.audit.queries import entries_about_youth
from placement.audit.services import give_look_reason, record
from placement.caseload.silence import days_of_silence
from placement.clock import today_in_helsinki
from placement.i18n import gettext as _
from placement.jobseekers.evidence import evidence_of
from placement.jobseekers.queries import find_lookalikes, is_named_worker, youth_page
from placement.jobseekers.services import (
    ChangedMeanwhile,
    add_youth,
    edit_contact_details,
    has_active_worker,
    note_contact,
    take_over,
)
from placement.suggestions.queries import suggestions_of_youth
from placement.web.access import current_actor, current_staff, may, requires
from placement.web.flashes import say
from placement.web.jobseekers.cards import strength_texts
from placement.web.jobseekers.forms import AddYouthForm, ContactForm, ContactMadeForm, LookReasonForm
from placement.web.jobseekers.loading import find_youth, load_youth_for_staff
from placement.web.jobseekers.page import (
    Tab,
    chosen_workers,
    evidence_lines,
    frame_rows,
    log_lines,
    person_page,
    suggestion_steps,
)
from placement.web.pagination import ROWS_ON_A_PAGE, Page, asked_page
from placement.web.session import after_view, db_session

bp = Blueprint("jobseekers", __name__, url_prefix="/young-people")

LOOK = (Permission.YOUTH_VIEW, Permission.YOUTH_VIEW_WITH_REASON)
LONGEST_SEARCH = 60
MOST_SUGGESTIONS = 6
MOST_LOG_LINES = 200


@bp.get("/")
@requires(*LOOK)
def index() -> ResponseReturnValue:
    """Show the young people whom the worker serves."""
    return _list("jobseekers.index", served_by=current_staff.id)


@bp.get("/all")
@requires(Permission.YOUTH_VIEW_WITH_REASON)
def everyone() -> ResponseReturnValue:
    """Show everyone in the centre by short name and own adult only."""
    return _list("jobseekers.everyone", served_by=None)


def _log_names(youth_ids: list[int]) -> None:
    """Have it logged which names of the centre's young people the worker saw."""
    actor, centre = current_actor(), Centre(id=current_staff.centre_id)

    def write(session: Session) -> None:
        record(session, actor=actor, action="youth.names_viewed", about=centre, changes={"youth_ids": youth_ids})

    if youth_ids:
        after_view(write)


def _list(endpoint: str, *, served_by: int | None) -> ResponseReturnValue:
    search = request.args.get("search", "").strip()[:LONGEST_SEARCH]
    number = asked_page()
    rows, total = youth_page(
        db_session,
        current_staff.centre_id,
        served_by=served_by,
        search=search,
        limit=ROWS_ON_A_PAGE,
        offset=(number - 1) * ROWS_ON_A_PAGE,
    )
    if served_by is None:
        _log_names([row.youth.id for row in rows])
    today = today_in_helsinki()
    tabs = [
        Tab(_("My young people"), url_for("jobseekers.index"), endpoint == "jobseekers.index"),
    ]
    if may(Permission.YOUTH_VIEW):
        tabs.append(Tab(_("State and next date"), url_for("caseload.index"), is_current=False))
    tabs.append(Tab(_("All in the centre"), url_for("jobseekers.everyone"), endpoint == "jobseekers.everyone"))
    return render_template(
        "jobseekers/index.html" if served_by is not None else "jobseekers/everyone.html",
        page=Page(rows, number, total),
        search=search,
        today=today,
        tabs=tabs if may(Permission.YOUTH_VIEW_WITH_REASON) else [],
        silences=days_of_silence(db_session, [row.youth for row in rows], on=today) if served_by is not None else {},
    )


@bp.route("/add", methods=["GET", "POST"])
@requires(Permission.YOUTH_ADD)
def add() -> ResponseReturnValue:
    """Add a young person with their own adult."""
    form = AddYouthForm(data={"one_adult_id": current_staff.id})
    form.offer_workers(_workers())
    lookalikes = []
    if form.validate_on_submit():
        values = form.person()
        compared = {name: values[name] for name in ("first_name", "last_name", "birth_date", "phone", "email")}
        lookalikes = [*find_lookalikes(db_session, current_staff.centre_id, **compared)]
        if not lookalikes or form.is_another.data:
            youth = add_youth(db_session, centre_id=current_staff.centre_id, **values, actor=current_actor())
            say(_("%(name)s was added. Next: find strengths together.", name=youth.short_name))
            is_own = is_named_worker(current_staff, youth)
            place = url_for("jobseekers.strengths", youth_id=youth.id) if is_own else url_for("jobseekers.index")
            return redirect(place, code=303)
    return render_template("jobseekers/add.html", form=form, lookalikes=lookalikes), _status()


@bp.route("/<int:youth_id>", methods=["GET", "POST"])
@requires(*LOOK)
def show(youth_id: int) -> ResponseReturnValue:
    """Show one young person, what comes next first; note a contact made today."""
    youth = load_youth_for_staff(youth_id)
    if request.method == "POST" and not may(Permission.YOUTH_EDIT):
        abort(403)
    form = ContactMadeForm.of(youth)
    if form.validate_on_submit():
        note_contact(db_session, youth, **form.values(), actor=current_actor())
        say(_("The contact was noted."))
        return redirect(url_for("jobseekers.show", youth_id=youth.id), code=303)
    today = today_in_helsinki()
    suggestions = suggestions_of_youth(db_session, youth.id) if may(Permission.SUGGESTION_VIEW) else []
    page = render_template(
        "jobseekers/show.html",
        person=person_page(youth, current="overview"),
        youth=youth,
        form=form,
        frame=frame_rows(youth),
        strengths=strength_texts(youth),
        evidence=evidence_lines(evidence_of(db_session, youth.id)),
        suggestions=suggestion_steps(suggestions[:MOST_SUGGESTIONS]),
        quiet_days=days_of_silence(db_session, [youth], on=today).get(youth.id),
        step_is_late=youth.next_on is not None and youth.next_on < today,
        may_take_over=may(Permission.YOUTH_EDIT) and not has_active_worker(youth),
    )
    return page, _status()


@bp.get("/<int:youth_id>/contact")
@requires(*LOOK)
def contact(youth_id: int) -> ResponseReturnValue:
    """Show the named workers how the young person is reached and who has looked at the details."""
    youth = load_youth_for_staff(youth_id)
    person = person_page(youth, current="contact")
    entries = entries_about_youth(db_session, youth.id, limit=MOST_LOG_LINES) if person.is_named_worker else []
    actors = {row.actor_id for row in entries if row.actor_kind is ActorKind.STAFF and row.actor_id is not None}
    names = staff_names(db_session, actors) if actors else {}
    return render_template("jobseekers/contact.html", person=person, youth=youth, log=log_lines(entries, names))


@bp.route("/<int:youth_id>/contact/edit", methods=["GET", "POST"])
@requires(Permission.YOUTH_EDIT)
def edit_contact(youth_id: int) -> ResponseReturnValue:
    """Change contact details, own adult and deputy; only those two may."""
    youth = load_youth_for_staff(youth_id)
    if not is_named_worker(current_staff, youth):
        abort(403)
    form = ContactForm.of(youth)
    form.offer_workers(chosen_workers(_workers(), youth))
    conflict: list[str] = []
    status = _status()
    if form.validate_on_submit():
        try:
            version = form.version.data
            edit_contact_details(db_session, youth, version=version, **form.person(), actor=current_actor())
        except ChangedMeanwhile:
            # The form comes back with what was typed and the new version: saving again is a choice made knowingly.
            conflict, status = form.changed_labels(youth), 409
            form.now_of(youth.version)
        else:
            say(_("The details were saved."))
            if not is_named_worker(current_staff, youth):
                return redirect(url_for("jobseekers.index"), code=303)
            return redirect(url_for("jobseekers.contact", youth_id=youth.id), code=303)
    person = person_page(youth, current="contact")
    page = render_template(
        "jobseekers/edit_contact.html", form=form, person=person, conflict=conflict, is_conflict=status == 409
    )
    return page, status


@bp.route("/<int:youth_id>/why", methods=["GET", "POST"])
@requires(Permission.YOUTH_VIEW_WITH_REASON)
def ask_reason(youth_id: int) -> ResponseReturnValue:
    """Ask a worker who does not serve the young person why they need to look."""
    youth = find_youth(youth_id)
    form = LookReasonForm(data={"next": request.args.get("next", "")})
    if form.validate_on_submit():
        give_look_reason(db_session, staff=current_staff, youth_id=youth.id, reason=form.reason.data)
        say(_("The reason was noted. You can look until tomorrow at the latest."))
        return redirect(_way_back(form.next.data or "", youth.id), code=303)
    return render_template("jobseekers/ask_reason.html", form=form, youth=youth), _status()


@bp.post("/<int:youth_id>/take-over")
@requires(Permission.YOUTH_EDIT)
def become_own_adult(youth_id: int) -> ResponseReturnValue:
    """Become the own adult of a young person whose workers have left."""
    youth = load_youth_for_staff(youth_id)
    take_over(db_session, youth, staff=current_staff)
    say(_("%(name)s now has you as own adult.", name=youth.short_name))
    return redirect(url_for("jobseekers.show", youth_id=youth.id), code=303)


def _workers() -> list[Staff]:
    everyone_here = staff_of_centre(db_session, current_staff.centre_id)
    return [worker for worker in everyone_here if can(worker, Permission.YOUTH_VIEW)]


def _status() -> int:
    return 422 if request.method == "POST" else 200


def _way_back(target: str, youth_id: int) -> str:
    # Only to pages about young people: the address comes from the form.
    is_ours = target.isprintable() and target.startswith(url_for("jobseekers.index"))
    return target if is_ours else url_for("jobseekers.show", youth_id=youth_id)
