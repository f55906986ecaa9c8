"""What the employer's contact person sees of an introduction: the approved card, and three answers to it.

Whatever is shown of the young person comes from ``shown_card``: after a revocation or the last day there is nothing.
"""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from placement.accounts.models import LinkPurpose
from placement.audit.services import Actor, record
from placement.errors import DomainError, LinkNotValid
from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.introductions.answers import cancel_meeting, decline, propose_times, say_not_now
from placement.introductions.card import CardView, shown_card
from placement.introductions.messages import Side
from placement.introductions.models import DeclineReason, Introduction
from placement.introductions.queries import get_introduction_to
from placement.introductions.states import IntroductionAction, IntroductionState, Party, is_possible
from placement.web.access import by_link, opened_link
from placement.web.flashes import FlashKind, say
from placement.web.forms import Form
from placement.web.introduction.forms import DeclineForm, MeetForm, NotNowForm
from placement.web.introduction.page import meeting_view, promised_words, time_choices
from placement.web.introduction.routes import bp, calendar_answer
from placement.web.language import greet_in
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import after_view, db_session

_A = IntroductionAction
THANKED = {
    IntroductionState.DECLINED: _l("You answered no. The card is not shown any more. Thank you for telling."),
    IntroductionState.CHOSEN: _l("You go on together. Ohjaamo is in touch with you about what comes next."),
    IntroductionState.PLACED: _l("You go on together. Ohjaamo is in touch with you about what comes next."),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """A contact person who opened their link to a card that may be shown."""

    token: str
    introduction: Introduction
    card: CardView

    @property
    def actor(self) -> Actor:
        """The contact person as the one who acts."""
        return Actor.employer(self.introduction.contact_id, self.introduction.centre_id)

    def may(self, action: IntroductionAction) -> bool:
        """Whether the contact person can take the step now."""
        return is_possible(self.introduction.state, action, Party.EMPLOYER)


class _Over(Exception):
    """There is no card to show; what is said instead."""

    def __init__(self, introduction: Introduction) -> None:
        super().__init__()
        self.centre = introduction.centre
        self.words = THANKED.get(introduction.state)


@bp.errorhandler(_Over)
def _over(error: _Over) -> ResponseReturnValue:
    page = render_template("introduction/over.html", centre=error.centre, words=error.words)
    return page, 200 if error.words else 404


def _visit(token: str, *, lock: bool = False) -> Visit:
    link = opened_link(token, LinkPurpose.INTRODUCED)
    found = get_introduction_to(db_session, link.object_id or 0, contact_id=link.employer_contact_id or 0, lock=lock)
    if found is None or not found.contact.is_active:
        raise LinkNotValid(_l("This link does not work any more."))
    greet_in(found.contact.language)
    card = shown_card(found)
    if card is None:
        raise _Over(found)
    return Visit(token, found, card)


@bp.get("/c/<token>")
@by_link
def receiver(token: str) -> ResponseReturnValue:
    """Read the card and answer."""
    visit = _visit(token)
    introduction = visit.introduction
    _log_view(visit)
    return render_template(
        "introduction/receiver.html",
        visit=visit,
        offer=introduction.offer,
        centre=introduction.centre,
        adult=introduction.youth.one_adult,
        promised=promised_words(introduction) if introduction.answered_at is None else "",
        times=time_choices(introduction),
        meeting=meeting_view(introduction),
        actions=IntroductionAction,
    )


@bp.route("/c/<token>/meet", methods=["GET", "POST"])
@limited(PUBLIC_FORM)
@by_link
def meet(token: str) -> ResponseReturnValue:
    """Say that a meeting is welcome, and when."""
    visit = _visit(token, lock=request.method == "POST")
    if not visit.may(_A.WANT_TO_MEET):
        return _back(token)
    form = MeetForm()
    if form.validate_on_submit():
        try:
            propose_times(
                db_session,
                visit.introduction,
                times=form.times(),
                minutes=form.minutes.data,
                kind=form.kind.data,
                place=form.place.data,
                actor=visit.actor,
            )
        except DomainError as error:
            form.form_errors.append(error.message)
            return render_template("introduction/meet.html", visit=visit, form=form), 409
        say(gettext("Thank you! The young person chooses a time, and you get to know at once."))
        return _back(token)
    return render_template("introduction/meet.html", visit=visit, form=form), _status()


@bp.route("/c/<token>/not-now", methods=["GET", "POST"])
@limited(PUBLIC_FORM)
@by_link
def not_now(token: str) -> ResponseReturnValue:
    """Say that it does not suit just now."""
    visit = _visit(token, lock=request.method == "POST")
    if not visit.may(_A.SAY_NOT_NOW):
        return _back(token)
    form = NotNowForm()
    if not form.validate_on_submit():
        return render_template("introduction/not_now.html", visit=visit, form=form), _status()
    say_not_now(db_session, visit.introduction, **form.values(), actor=visit.actor)
    say(gettext("Thank you for telling. You can still say yes here later."))
    return _back(token)


@bp.route("/c/<token>/no", methods=["GET", "POST"])
@limited(PUBLIC_FORM)
@by_link
def say_no(token: str) -> ResponseReturnValue:
    """Say no, with a reason and words for the young person and for Ohjaamo apart."""
    visit = _visit(token, lock=request.method == "POST")
    if not visit.may(_A.DECLINE):
        return _back(token)
    form = DeclineForm()
    if not form.validate_on_submit():
        return render_template("introduction/say_no.html", visit=visit, form=form), _status()
    decline(
        db_session,
        visit.introduction,
        reason=DeclineReason(form.reason.data),
        text_for_youth=form.text_for_youth.data,
        text_for_worker=form.text_for_worker.data,
        actor=visit.actor,
    )
    return _back(token)


@bp.route("/c/<token>/cancel-time", methods=["GET", "POST"])
@limited(PUBLIC_FORM)
@by_link
def receiver_cancels(token: str) -> ResponseReturnValue:
    """Give up the agreed time; new ones are proposed next."""
    visit = _visit(token, lock=request.method == "POST")
    if not visit.may(_A.CANCEL_MEETING):
        return _back(token)
    form = Form()
    if not form.validate_on_submit():
        back = url_for("introduction.receiver", token=token)
        return render_template("introduction/cancel_time.html", form=form, back=back)
    cancel_meeting(db_session, visit.introduction, actor=visit.actor)
    say(gettext("The time is cancelled. Propose new ones."), FlashKind.INFO)
    return redirect(url_for("introduction.meet", token=token), code=303)


@bp.get("/c/<token>/calendar.ics")
@by_link
def receiver_calendar(token: str) -> ResponseReturnValue:
    """Give the calendar file of the meeting; it tells nothing but the time."""
    return calendar_answer(_visit(token).introduction, Side.EMPLOYER)


def _log_view(visit: Visit) -> None:
    actor, youth_id = visit.actor, visit.introduction.youth_id
    # A row of its own: the request's session has ended when the log is written, and its rows with it.
    about = Introduction(id=visit.introduction.id)

    def write(session: Session) -> None:
        record(session, actor=actor, action="introduction.card_viewed", about=about, youth_id=youth_id)

    after_view(write)


def _back(token: str) -> ResponseReturnValue:
    return redirect(url_for("introduction.receiver", token=token), code=303)


def _status() -> int:
    return 422 if request.method == "POST" else 200
