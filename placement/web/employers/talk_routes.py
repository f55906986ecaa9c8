"""Talks with an employer, the needs told in them, and the board of hidden jobs, on the same blueprint."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from placement.accounts.permissions import Permission
from placement.accounts.queries import staff_of_centre
from placement.clock import today_in_helsinki
from placement.employers.hidden_jobs import queries
from placement.employers.hidden_jobs.models import Lead, TalkChannel
from placement.employers.hidden_jobs.services import (
    drop_lead,
    edit_lead,
    hear_of,
    log_talk,
    settle_step,
)
from placement.employers.hidden_jobs.states import LeadAction, possible_actions
from placement.employers.models import Employer
from placement.employers.queries import employers_of_centre, find_employer
from placement.employers.services import hand_over_employer
from placement.errors import ChangedMeanwhile
from placement.i18n import current_language, ngettext
from placement.i18n import gettext as _
from placement.offers.from_leads import ALIVE, offer_from_lead, offers_of_leads
from placement.web.access import current_actor, current_staff, requires, signed_in_staff
from placement.web.employers.board import Stage, StageCount, board_rows, counted
from placement.web.employers.contact_log import caller_warning
from placement.web.employers.routes import asked_employer, bp
from placement.web.employers.talk_forms import HandOverForm, HeardForm, LeadForm, TalkForm
from placement.web.flashes import say
from placement.web.odd_input import row_number, version_number
from placement.web.offers.forms import ReasonForm
from placement.web.pagination import ROWS_ON_A_PAGE, Page, asked_page
from placement.web.session import db_session


def asked_lead(employer_id: int, lead_id: int) -> Lead:
    """Return the lead of the worker's centre and of this employer, or answer 404."""
    lead = queries.find_lead(db_session, lead_id, current_staff.centre_id)
    if lead is None or lead.employer_id != employer_id:
        abort(404)
    return lead


def _status() -> int:
    return 422 if request.method == "POST" else 200


@bp.route("/talks/new", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def add_talk() -> ResponseReturnValue:
    """Write down a talk; the employer is chosen on the page."""
    chosen = request.form.get("employer_id", type=row_number) or 0
    employer = find_employer(db_session, chosen, current_staff.centre_id) if chosen else None
    return _talk_page(employer, choose=True)


@bp.route("/<int:employer_id>/talks/new", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def add_talk_with(employer_id: int) -> ResponseReturnValue:
    """Write down a talk with this employer."""
    return _talk_page(asked_employer(employer_id), choose=False)


def _talk_page(employer: Employer | None, *, choose: bool) -> ResponseReturnValue:
    form = TalkForm(held_on=today_in_helsinki())
    named = [(one.id, one.name) for one in employers_of_centre(db_session, current_staff.centre_id)] if choose else []
    form.offer_employers(named if named or not choose else [(0, _("No employers yet"))])
    form.offer_people(None if choose else employer)
    steps = [] if choose or employer is None else queries.open_steps_of_employer(db_session, employer.id)
    if not form.validate_on_submit() or employer is None:
        return render_template(
            "employers/talk.html",
            form=form,
            employer=None if choose else employer,
            steps=steps,
            warning=caller_warning(db_session, employer, signed_in_staff()) if employer and not choose else None,
        ), _status()
    return _talk_logged(employer, form)


def _talk_logged(employer: Employer, form: TalkForm) -> ResponseReturnValue:
    needs = form.needs()
    log_talk(
        db_session,
        employer=employer,
        staff=signed_in_staff(),
        held_on=form.day(),
        channel=TalkChannel(form.channel.data),
        step=form.step(),
        contact_id=(form.contact_id.data or None) if "contact_id" in form else None,
        needs=needs,
        language=current_language(),
        settles_earlier=form.settles_earlier.data,
    )
    text = _("The talk is written down.")
    if needs:
        text = ngettext(
            "The talk is written down, with %(num)s need.", "The talk is written down, with %(num)s needs.", len(needs)
        )
    say(text)
    return redirect(url_for("employers.show", employer_id=employer.id), code=303)


@bp.post("/<int:employer_id>/talks/<int:talk_id>/done")
@requires(Permission.EMPLOYER_EDIT)
def step_done(employer_id: int, talk_id: int) -> ResponseReturnValue:
    """Mark what was agreed in a talk as done."""
    talk = queries.find_talk(db_session, talk_id, current_staff.centre_id)
    if talk is None or talk.employer_id != employer_id:
        abort(404)
    settle_step(db_session, talk=talk, actor=current_actor())
    say(_("Marked as done."))
    return redirect(url_for("employers.show", employer_id=employer_id), code=303)


@bp.route("/<int:employer_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def hand_over(employer_id: int) -> ResponseReturnValue:
    """Make another worker the one contact of an employer."""
    employer = asked_employer(employer_id)
    form = HandOverForm(version=employer.version)
    staff = list(staff_of_centre(db_session, current_staff.centre_id))
    form.offer_owners(staff, employer.owner_id)
    if not form.validate_on_submit():
        return render_template("employers/hand_over.html", form=form, employer=employer), _status()
    to = next(one for one in staff if one.id == form.owner_id.data)
    try:
        hand_over_employer(
            db_session, employer=employer, version=version_number(form.version.data), to=to, actor=current_actor()
        )
    except ChangedMeanwhile:
        form.seen_again(employer.version)
        return render_template("employers/hand_over.html", form=form, employer=employer), 409
    say(_("%(name)s is the contact of %(employer)s now.", name=to.display_name, employer=employer.name))
    return redirect(url_for("employers.show", employer_id=employer.id), code=303)


@bp.get("/hidden-jobs")
@requires(Permission.EMPLOYER_VIEW)
def hidden_jobs() -> ResponseReturnValue:
    """See how far each hidden job has come, those that stand still first."""
    asked = request.args.get("stage", "")
    stage = Stage(asked) if asked in set(Stage) else None
    only_mine = request.args.get("mine") == "1"
    rows = board_rows(db_session, current_staff.centre_id, today=today_in_helsinki())
    if only_mine:
        rows = [row for row in rows if row.lead.owner_id == current_staff.id]
    wanted = [row for row in rows if (row.stage is not Stage.PLACED if stage is None else row.stage is stage)]
    number = asked_page()
    shown = wanted[(number - 1) * ROWS_ON_A_PAGE : number * ROWS_ON_A_PAGE]
    mine = "1" if only_mine else None
    counts = [StageCount(_("All under way"), url_for("employers.hidden_jobs", mine=mine), stage is None, 0)]
    counts += [
        StageCount(
            one.label, url_for("employers.hidden_jobs", stage=one.value, mine=mine), one is stage, counted(rows, one)
        )
        for one in Stage
    ]
    return render_template(
        "employers/hidden_jobs.html",
        page=Page(shown, number, len(wanted)),
        counts=counts,
        stage=stage,
        only_mine=only_mine,
    )


@bp.route("/<int:employer_id>/leads/new", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def add_lead(employer_id: int) -> ResponseReturnValue:
    """Keep what was heard of a possible job."""
    employer = asked_employer(employer_id)
    form = HeardForm()
    if not form.validate_on_submit():
        return render_template("employers/add_lead.html", form=form, employer=employer), _status()
    hear_of(db_session, employer=employer, staff=signed_in_staff(), heard=form.heard.data, next_on=form.next_on.data)
    say(_("Kept. It is on the board of hidden jobs."))
    return redirect(url_for("employers.show", employer_id=employer.id), code=303)


@bp.route("/<int:employer_id>/leads/<int:lead_id>", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def lead(employer_id: int, lead_id: int) -> ResponseReturnValue:
    """See a need from the talk in which it was told to the offers made of it, and change it."""
    found = asked_lead(employer_id, lead_id)
    form = LeadForm(obj=found)
    _offer_lead_choices(form, found)
    if not form.validate_on_submit():
        return _lead_page(found, form), _status()
    try:
        edit_lead(
            db_session,
            lead=found,
            version=version_number(form.version.data),
            actor=current_actor(),
            **form.plain_values(),
        )
    except ChangedMeanwhile as error:
        # What was typed stays; sending it again is a choice made after reading what it says now.
        form.form_errors.append(error.message)
        form.version.process_data(found.version)
        form.version.raw_data = None
        return _lead_page(found, form), 409
    say(_("The changes are saved."))
    return redirect(url_for("employers.lead", employer_id=employer_id, lead_id=lead_id), code=303)


def _offer_lead_choices(form: LeadForm, found: Lead) -> None:
    employer = asked_employer(found.employer_id)
    units = [(unit.id, unit.name) for unit in employer.units]
    form.offer_choices(found, units, list(staff_of_centre(db_session, current_staff.centre_id)))
    if request.method == "GET":
        form.need.data = found.text
        form.owner_id.data = found.owner_id or current_staff.id


def _lead_page(found: Lead, form: LeadForm) -> str:
    offers = offers_of_leads(db_session, [found.id]).get(found.id, [])
    return render_template(
        "employers/lead.html",
        lead=found,
        form=form,
        offers=offers,
        has_live_offer=any(offer.state in ALIVE for offer in offers),
        may_offer=LeadAction.OFFER in possible_actions(found.state),
        may_drop=LeadAction.DROP in possible_actions(found.state),
    )


@bp.post("/<int:employer_id>/leads/<int:lead_id>/offer")
@requires(Permission.EMPLOYER_EDIT)
def offer_of_lead(employer_id: int, lead_id: int) -> ResponseReturnValue:
    """Make an offer of a need in one tap; with an offer at hand, lead to it."""
    found = asked_lead(employer_id, lead_id)
    made = _living_offer(db_session, found)
    if made is not None:
        return redirect(url_for("offers.show", offer_id=made), code=303)
    offer = offer_from_lead(
        db_session,
        lead=found,
        actor=current_actor(),
        language=current_language(),
    )
    say(_("The offer is made. Look through it and send it to be checked."))
    return redirect(url_for("offers.edit", offer_id=offer.id), code=303)


def _living_offer(session: Session, found: Lead) -> int | None:
    offers = offers_of_leads(session, [found.id]).get(found.id, [])
    return next((offer.id for offer in reversed(offers) if offer.state in ALIVE), None)


@bp.route("/<int:employer_id>/leads/<int:lead_id>/drop", methods=["GET", "POST"], endpoint="drop_lead")
@requires(Permission.EMPLOYER_EDIT)
def drop_lead_page(employer_id: int, lead_id: int) -> ResponseReturnValue:
    """Note that a need came to nothing, and why."""
    found = asked_lead(employer_id, lead_id)
    if LeadAction.DROP not in possible_actions(found.state):
        abort(404)
    form = ReasonForm()
    if not form.validate_on_submit():
        return render_template("employers/drop_lead.html", form=form, lead=found), _status()
    drop_lead(db_session, lead=found, actor=current_actor(), reason=form.reason.data)
    say(_("Noted. It is no longer on the board."))
    return redirect(url_for("employers.show", employer_id=employer_id), code=303)
