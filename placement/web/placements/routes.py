"""Placements of the young people a worker serves: the list, planning one, and the page of one."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.clock import today_in_helsinki
from placement.employers.queries import employers_of_centre
from placement.i18n import gettext as _
from placement.introductions.answers import hand_on_to_placement
from placement.introductions.models import Introduction
from placement.introductions.queries import get_introduction
from placement.introductions.states import IntroductionState
from placement.jobseekers.models import Youth
from placement.jobseekers.queries import young_people_served_by
from placement.offers.models import Offer
from placement.offers.queries import get_offer
from placement.placements.kinds import HAS_AGREEMENT, SUBSIDISED, PlacementKind, kind_for
from placement.placements.overrides import checklist
from placement.placements.prefill import fields_from_offer
from placement.placements.queries import counts_by_state, overlapping, placements_of_worker
from placement.placements.services import add_placement
from placement.placements.states import ALIVE, BEFORE_START, OVER, PlacementState
from placement.suggestions.queries import get_suggestion
from placement.web.access import current_actor, current_staff, requires, signed_in_staff
from placement.web.flashes import say
from placement.web.jobseekers.loading import load_youth_for_staff
from placement.web.odd_input import row_number
from placement.web.pagination import ROWS_ON_A_PAGE, Page, asked_page
from placement.web.placements import page as shown
from placement.web.placements.calendar_page import calendar_weeks
from placement.web.placements.forms import AddForm
from placement.web.placements.loading import load_placement_for_staff
from placement.web.placements.people_page import people_lines, timeline_of
from placement.web.placements.support_page import plan_lines
from placement.web.session import db_session

bp = Blueprint("placements", __name__, url_prefix="/placements")

_LISTS = {
    "preparing": BEFORE_START,
    "at-work": frozenset({PlacementState.RUNNING, PlacementState.ENDING}),
    "over": OVER,
}


@bp.get("/")
@requires(Permission.PLACEMENT_VIEW)
def index() -> ResponseReturnValue:
    """See the placements one looks after, those that come or go on first."""
    staff, number = signed_in_staff(), asked_page()
    asked = request.args.get("list", "")
    rows, total = placements_of_worker(
        db_session,
        centre_id=staff.centre_id,
        staff_id=staff.id,
        states=_LISTS.get(asked, ALIVE),
        limit=ROWS_ON_A_PAGE,
        offset=(number - 1) * ROWS_ON_A_PAGE,
    )
    counts = counts_by_state(db_session, centre_id=staff.centre_id, staff_id=staff.id)
    return render_template(
        "placements/index.html",
        page=Page(list(rows), number, total),
        tabs=shown.list_tabs(asked, counts, {"": ALIVE, **_LISTS}),
        signature_tag=shown.signature_tag,
        styles=shown.STATE_STYLES,
    )


@bp.get("/new")
@requires(Permission.PLACEMENT_EDIT)
def new() -> ResponseReturnValue:
    """Choose the young person."""
    return render_template("placements/new.html", young_people=young_people_served_by(db_session, signed_in_staff()))


@bp.route("/new/<int:youth_id>", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def add(youth_id: int) -> ResponseReturnValue:
    """Plan a placement, from a suggestion, from an offer, or by hand."""
    youth = load_youth_for_staff(youth_id)
    offer, suggestion_id, introduction = _asked_offer(youth)
    if introduction is not None and introduction.state is not IntroductionState.CHOSEN:
        # Its placement has been planned already, or it is over.
        return redirect(url_for("introduce.show", youth_id=youth.id, introduction_id=introduction.id), code=303)
    form = AddForm(data=_from_offer(offer))
    form.offer_employers(employers_of_centre(db_session, current_staff.centre_id))
    duplicates = []
    if form.validate_on_submit():
        duplicates = list(
            overlapping(
                db_session,
                youth_id=youth.id,
                employer_id=form.employer_id.data,
                starts_on=form["starts_on"].data,
                ends_on=form["ends_on"].data,
            )
        )
        if not duplicates or form.make_anyway.data:
            return _added(youth, offer, suggestion_id, introduction, form)
    page = render_template("placements/add.html", youth=youth, offer=offer, form=form, duplicates=duplicates)
    return page, 422 if form.is_submitted() else 200


def _asked_offer(youth: Youth) -> tuple[Offer | None, int | None, Introduction | None]:
    introduction_id = request.args.get("introduction_id", type=row_number)
    if introduction_id is not None:
        # Locked while it is planned, so that two placements never come of one introduction.
        is_planned = request.method == "POST"
        found = get_introduction(db_session, introduction_id, youth_id=youth.id, lock=is_planned) or abort(404)
        return found.offer, found.suggestion_id, found
    suggestion_id = request.args.get("suggestion_id", type=row_number)
    if suggestion_id is not None:
        suggestion = get_suggestion(db_session, suggestion_id, youth_id=youth.id) or abort(404)
        return suggestion.offer, suggestion.id, None
    offer_id = request.args.get("offer_id", type=row_number)
    if offer_id is not None:
        return get_offer(db_session, offer_id, current_staff.centre_id) or abort(404), None, None
    return None, None, None


def _from_offer(offer: Offer | None) -> dict[str, Any]:
    if offer is None:
        return {"kind": PlacementKind.WORK_TRIAL}
    return {
        "employer_id": offer.employer_id,
        "kind": kind_for(offer.kind),
        "title": offer.title,
        "starts_on": offer.starts_from,
    }


def _added(
    youth: Youth, offer: Offer | None, suggestion_id: int | None, introduction: Introduction | None, form: AddForm
) -> ResponseReturnValue:
    is_same_employer = offer is not None and offer.employer_id == form.employer_id.data
    values = form.values("make_anyway")
    taken_along = fields_from_offer(offer) if offer is not None and is_same_employer else {}
    if introduction is not None and is_same_employer:
        idea = hand_on_to_placement(db_session, introduction, actor=current_actor())
        taken_along["contact_id"] = idea.employer_contact_id
    placement = add_placement(
        db_session,
        youth=youth,
        actor=current_actor(),
        offer=offer if is_same_employer else None,
        suggestion_id=suggestion_id if is_same_employer else None,
        **taken_along,
        **values,
    )
    say(_("Planned. Next, fill in what was agreed."))
    return redirect(url_for("placements.show", placement_id=placement.id), code=303)


@bp.get("/<int:placement_id>")
@requires(Permission.PLACEMENT_VIEW)
def show(placement_id: int) -> ResponseReturnValue:
    """See a placement: whether it is ready to start, what was agreed, and how it came to be."""
    placement = load_placement_for_staff(placement_id)
    return render_template(
        "placements/show.html",
        placement=placement,
        has_agreement=placement.kind in HAS_AGREEMENT,
        actions=shown.available_actions(placement),
        may_change=shown.may_change(placement),
        facts=shown.facts_line(placement),
        signatures=shown.signature_tag(placement),
        styles=shown.STATE_STYLES,
        checks=shown.check_lines(placement, checklist(db_session, placement)),
        terms=shown.terms_rows(placement),
        weeks=calendar_weeks(placement),
        total=shown.total_text(placement),
        steps=timeline_of(placement),
        stop=shown.stop_rows(placement),
        plan=plan_lines(db_session, placement),
        is_due=today_in_helsinki() >= placement.starts_on,
        people=people_lines(placement),
        is_asked=any(party.asked_at is not None for party in placement.parties),
        is_subsidised=placement.kind in SUBSIDISED,
    )
