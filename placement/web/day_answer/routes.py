"""Answers to an invitation to a recruitment day, by personal link and without signing in.

Opening the page changes nothing: programs that check links in e-mails open them too.
"""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.models import LinkPurpose, PersonalLink
from placement.accounts.personal_links import find_link
from placement.audit.services import Actor
from placement.clock import utcnow
from placement.errors import LinkNotValid
from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.notifications.calendar import Method
from placement.recruitment_days.calendar import day_calendar
from placement.recruitment_days.invitations import answer_for_employer, answer_invitation
from placement.recruitment_days.models import DayEmployer, DayInvitation
from placement.recruitment_days.queries import (
    find_employer_invitation,
    find_youth_invitation,
    numbers_for_employers,
    place_in_line,
)
from placement.recruitment_days.states import LIST_STATES, DayState, InvitationState
from placement.web.access import by_link, opened_link
from placement.web.day_answer.forms import YES, EmployerAnswerForm, YouthAnswerForm
from placement.web.flashes import FlashKind, say
from placement.web.language import greet_in
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import db_session

bp = Blueprint("day_answer", __name__, url_prefix="/d")


def _opened(token: str) -> PersonalLink:
    """Return the valid link of a young person or an employer; the same address serves both."""
    is_employer = find_link(db_session, token, purpose=LinkPurpose.DAY_EMPLOYER) is not None
    return opened_link(token, LinkPurpose.DAY_EMPLOYER if is_employer else LinkPurpose.DAY_INVITATION)


def _invited(link: PersonalLink) -> DayInvitation | DayEmployer:
    row: DayInvitation | DayEmployer | None
    if link.purpose is LinkPurpose.DAY_EMPLOYER:
        row = find_employer_invitation(db_session, link.object_id or 0)
    else:
        row = find_youth_invitation(db_session, link.object_id or 0)
    if row is None or row.state is InvitationState.WITHDRAWN:
        raise LinkNotValid(_l("This link does not work any more."))
    person = row.youth if isinstance(row, DayInvitation) else row.contact
    if not person.is_active:
        raise LinkNotValid(_l("This link does not work any more."))
    greet_in(person.language)
    return row


def _is_open(row: DayInvitation | DayEmployer) -> bool:
    states = LIST_STATES if isinstance(row, DayInvitation) else LIST_STATES | {DayState.PARTNERS}
    return row.day.state in states and utcnow() < row.day.starts_at


@bp.get("/<token>")
@by_link
def show(token: str) -> ResponseReturnValue:
    """Show the day and the answer given so far."""
    row = _invited(_opened(token))
    if isinstance(row, DayInvitation):
        return _youth_page(token, row, YouthAnswerForm.showing(row.needs))
    return _employer_page(token, row, EmployerAnswerForm.showing(row))


def _youth_page(token: str, invitation: DayInvitation, form: YouthAnswerForm) -> str:
    is_waiting = invitation.state is InvitationState.WAITING
    return render_template(
        "day_answer/show.html",
        token=token,
        form=form,
        invitation=invitation,
        day=invitation.day,
        centre=invitation.day.centre,
        is_open=_is_open(invitation),
        may_say_yes=invitation.day.state is DayState.OPEN or invitation.state is InvitationState.COMING or is_waiting,
        place_in_line=place_in_line(db_session, invitation) if is_waiting else None,
    )


def _employer_page(token: str, row: DayEmployer, form: EmployerAnswerForm) -> str:
    return render_template(
        "day_answer/show_employer.html",
        token=token,
        form=form,
        invitation=row,
        day=row.day,
        centre=row.day.centre,
        is_open=_is_open(row),
        numbers=numbers_for_employers(db_session, row.day_id),
    )


@bp.post("/<token>")
@by_link
@limited(PUBLIC_FORM)
def answer(token: str) -> ResponseReturnValue:
    """Take the answer; it may be changed until the day begins."""
    row = _invited(_opened(token))
    if isinstance(row, DayInvitation):
        return _answer_of_youth(token, row)
    return _answer_of_employer(token, row)


def _answer_of_youth(token: str, invitation: DayInvitation) -> ResponseReturnValue:
    form = YouthAnswerForm()
    if not form.validate_on_submit():
        return _youth_page(token, invitation, form), 422
    coming = form.answer.data == YES
    actor = Actor.youth(invitation.youth_id, invitation.day.centre_id)
    state = answer_invitation(db_session, invitation, coming=coming, needs=form.told(), actor=actor)
    if state is InvitationState.WAITING:
        say(gettext("All places are taken just now. You are on the waiting list."), FlashKind.INFO)
    else:
        say(gettext("Thank you! See you there.") if coming else gettext("Thank you for telling us."))
    return redirect(url_for("day_answer.show", token=token), code=303)


def _answer_of_employer(token: str, row: DayEmployer) -> ResponseReturnValue:
    form = EmployerAnswerForm()
    if not form.validate_on_submit():
        return _employer_page(token, row, form), 422
    coming = form.answer.data == YES
    answer_for_employer(
        db_session,
        row,
        coming=coming,
        people=form.number_of_people(),
        brings=form.brings.data,
        actor=Actor.employer(row.contact_id, row.day.centre_id),
    )
    say(gettext("Thank you! See you there.") if coming else gettext("Thank you for telling us."))
    return redirect(url_for("day_answer.show", token=token), code=303)


@bp.get("/<token>/calendar.ics")
@by_link
def calendar(token: str) -> ResponseReturnValue:
    """Give the calendar file of the day; with ``?title=neutral`` it does not tell what the day is about."""
    row = _invited(_opened(token))
    method = Method.CANCEL if row.day.state is DayState.CANCELLED else Method.PUBLISH
    content = day_calendar(row.day, uid=row.uid, method=method, neutral=request.args.get("title") == "neutral")
    headers = {"Content-Disposition": f'attachment; filename="{row.day.held_on.isoformat()}.ics"'}
    return Response(content, content_type=f"text/calendar; charset=utf-8; method={method.value}", headers=headers)
