"""How it goes and who is at work, by personal link. Opening a page changes nothing; only a button does."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.clock import today_in_helsinki
from placement.i18n import gettext
from placement.placements.attendance.models import DayMark
from placement.placements.attendance.queries import months_of
from placement.placements.attendance.services import mark_day
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement
from placement.placements.states import ALIVE, AT_WORK
from placement.placements.support_plan.check_ins import ANSWER_COUNTS_FOR, find_check_in, tell_how_it_goes
from placement.placements.support_plan.link_again import send_link_again
from placement.placements.support_plan.models import HowItGoes
from placement.web.access import by_link
from placement.web.at_work.end_page import end_values
from placement.web.at_work.loading import actor_of, load_party_of_link
from placement.web.at_work.page import days_to_mark, marks_for
from placement.web.flashes import say
from placement.web.forms import read_date
from placement.web.link_pages import link_sent_page, tell_when_link_is_over
from placement.web.placements.files import asked_month, month_file
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import db_session

bp = Blueprint("at_work", __name__, url_prefix="/at-work")
tell_when_link_is_over(bp, "at_work.renew")

NEW_LINK = "5 per hour"


@bp.get("/<token>")
@by_link
def show(token: str) -> ResponseReturnValue:
    """See how it goes and mark the days."""
    placement, party = load_party_of_link(token)
    since = today_in_helsinki() - ANSWER_COUNTS_FOR
    told = find_check_in(db_session, placement.id, party.role, since=since)
    return render_template(
        "at_work/show.html",
        token=token,
        placement=placement,
        party=party,
        is_young_person=party.role is PartyRole.PARTICIPANT,
        goes_on=placement.state in AT_WORK,
        may_stop_work=placement.state in ALIVE and party.role in {PartyRole.PARTICIPANT, PartyRole.ORGANISER},
        answer=told.answer if told is not None else None,
        answers=list(HowItGoes),
        days=days_to_mark(db_session, placement, party),
        marks=marks_for(party),
        today=today_in_helsinki(),
        **end_values(db_session, placement, party),
    )


@bp.post("/<token>/how-it-goes")
@by_link
@limited(PUBLIC_FORM)
def how_it_goes(token: str) -> ResponseReturnValue:
    """Tell with one tap how it goes."""
    placement, party = load_party_of_link(token, lock=True)
    try:
        answer = HowItGoes(request.form.get("answer", ""))
    except ValueError:
        abort(400)
    tell_how_it_goes(db_session, placement, role=party.role, answer=answer, actor=actor_of(placement, party))
    texts = {
        HowItGoes.GOOD: gettext("Thank you. Good to hear!"),
        HowItGoes.SO_SO: gettext("Thank you for telling. Somebody from Ohjaamo is in touch."),
        HowItGoes.CALL_ME: gettext("Thank you. Somebody from Ohjaamo calls you."),
    }
    say(texts[answer])
    return redirect(url_for("at_work.show", token=token), code=303)


@bp.post("/<token>/day")
@by_link
@limited(PUBLIC_FORM)
def mark(token: str) -> ResponseReturnValue:
    """Mark one day."""
    placement, party = load_party_of_link(token, lock=True)
    on = read_date(request.form.get("on", ""))
    try:
        chosen = DayMark(request.form.get("mark", ""))
    except ValueError:
        abort(400)
    if on is None:
        abort(400)
    mark_day(db_session, placement, on=on, mark=chosen, actor=actor_of(placement, party))
    say(gettext("Noted. Thank you!"))
    return redirect(url_for("at_work.show", token=token), code=303)


@bp.get("/<token>/days")
@by_link
def days(token: str) -> ResponseReturnValue:
    """See and print the list of a month, for the young person alone."""
    placement = _own(token)
    months, listed = months_of(placement), asked_month(placement)
    return render_template("at_work/days.html", token=token, placement=placement, list=listed, months=months)


@bp.get("/<token>/days.pdf")
@by_link
def days_pdf(token: str) -> ResponseReturnValue:
    """Take the list of a month as PDF, in the language asked for."""
    return month_file(_own(token), otherwise="at_work.days", token=token)


def _own(token: str) -> Placement:
    placement, party = load_party_of_link(token)
    if party.role is not PartyRole.PARTICIPANT:
        abort(404)
    return placement


@bp.post("/<token>/new-link")
@by_link
@limited(NEW_LINK)
def renew(token: str) -> ResponseReturnValue:
    """Ask for a new link. The answer is the same whether the old one was known or not."""
    send_link_again(db_session, token=token)
    return redirect(url_for("at_work.link_sent"), code=303)


@bp.get("/link-sent")
@by_link
def link_sent() -> ResponseReturnValue:
    """Tell that a new link is on its way if the old one was known."""
    return link_sent_page()
