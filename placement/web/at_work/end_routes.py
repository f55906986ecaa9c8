"""The end by personal link: one's own view, a word to the other, strengths taken along, how it is months later."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.clock import today_in_helsinki
from placement.i18n import current_language, gettext
from placement.jobseekers.queries import get_youth_with_profile
from placement.placements.closing import queries, services
from placement.placements.closing.models import AfterCareAnswer, ClosingView
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement, PlacementParty
from placement.placements.states import STARTED
from placement.placements.support_plan.services import stop_after_care
from placement.web.access import by_link
from placement.web.at_work.end_page import other_side, side_of
from placement.web.at_work.loading import actor_of, load_party_of_link
from placement.web.at_work.routes import bp
from placement.web.flashes import say
from placement.web.placements.closing_forms import ClosingForm, ReplyForm
from placement.web.placements.files import certificate_file, certificate_values
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import db_session


@bp.route("/<token>/how-it-went", methods=["GET", "POST"])
@by_link
@limited(PUBLIC_FORM)
def closing(token: str) -> ResponseReturnValue:
    """Tell how it went."""
    placement, party = load_party_of_link(token, lock=request.method == "POST")
    if placement.state not in services.CLOSES_IN:
        abort(404)
    role = side_of(party)
    form = ClosingForm.of_side(role, queries.view_of(db_session, placement.id, role))
    if not form.validate_on_submit() or form.too_many_cards():
        page = render_template(
            "at_work/closing.html",
            token=token,
            placement=placement,
            form=form,
            is_young_person=role is PartyRole.PARTICIPANT,
        )
        return page, 422 if request.method == "POST" else 200
    view = form.view(current_language())
    services.give_view(db_session, placement, role=role, view=view, actor=actor_of(placement, party))
    return _back(token, gettext("Thank you for telling."))


@bp.post("/<token>/reply")
@by_link
@limited(PUBLIC_FORM)
def reply(token: str) -> ResponseReturnValue:
    """Tell how one sees it differently."""
    placement, party = load_party_of_link(token, lock=True)
    view = _view_of_other(placement, party)
    form = ReplyForm()
    if not form.validate_on_submit() or not form.reply.data:
        return redirect(url_for("at_work.show", token=token), code=303)
    services.reply_to_view(
        db_session, view, placement=placement, text=form.reply.data, actor=actor_of(placement, party)
    )
    return _back(token, gettext("Your words stand beside theirs now."))


@bp.post("/<token>/strengths")
@by_link
@limited(PUBLIC_FORM)
def take(token: str) -> ResponseReturnValue:
    """Take strengths that the workplace saw to one's own."""
    placement, party = load_party_of_link(token, lock=True)
    _only_young_person(party)
    view = _view_of_other(placement, party)
    youth = get_youth_with_profile(db_session, placement.youth_id, placement.centre_id) or abort(404)
    services.take_strengths(
        db_session,
        view,
        placement=placement,
        youth=youth,
        card_ids=request.form.getlist("card"),
        actor=actor_of(placement, party),
    )
    return _back(token, gettext("They are among your strengths now."))


@bp.post("/<token>/after-care")
@by_link
@limited(PUBLIC_FORM)
def after_care(token: str) -> ResponseReturnValue:
    """Tell what one does months later."""
    placement, party = load_party_of_link(token, lock=True)
    _only_young_person(party)
    code = queries.due_after_care(db_session, placement.id, on=today_in_helsinki()) or abort(404)
    try:
        answer = AfterCareAnswer(request.form.get("answer", ""))
    except ValueError:
        abort(400)
    services.answer_after_care(db_session, placement, code, answer=answer, actor=actor_of(placement, party))
    return _back(token, gettext("Thank you for telling."))


@bp.post("/<token>/no-questions")
@by_link
@limited(PUBLIC_FORM)
def stop(token: str) -> ResponseReturnValue:
    """Ask not to be asked after the end."""
    placement, party = load_party_of_link(token, lock=True)
    _only_young_person(party)
    stop_after_care(db_session, placement, actor=actor_of(placement, party))
    return _back(token, gettext("We do not ask any more. You are always welcome to call."))


@bp.get("/<token>/certificate")
@by_link
def certificate(token: str) -> ResponseReturnValue:
    """Print one's own certificate."""
    placement = _started(token)
    return render_template("at_work/certificate.html", token=token, **certificate_values(placement))


@bp.get("/<token>/certificate.pdf")
@by_link
def certificate_pdf(token: str) -> ResponseReturnValue:
    """Take one's own certificate as PDF, in the language asked for."""
    return certificate_file(_started(token), otherwise=url_for("at_work.certificate", token=token))


def _started(token: str) -> Placement:
    placement, party = load_party_of_link(token)
    _only_young_person(party)
    if placement.state not in STARTED:
        abort(404)
    return placement


def _only_young_person(party: PlacementParty) -> None:
    if party.role is not PartyRole.PARTICIPANT:
        abort(404)


def _view_of_other(placement: Placement, party: PlacementParty) -> ClosingView:
    views = queries.views_of(db_session, placement.id)
    view = views.get(other_side(party))
    # Who has not told their own view yet does not see the other one.
    if view is None or side_of(party) not in views:
        abort(404)
    return view


def _back(token: str, sentence: str) -> ResponseReturnValue:
    say(sentence)
    return redirect(url_for("at_work.show", token=token), code=303)
