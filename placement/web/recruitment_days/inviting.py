"""Inviting young people and employers to a recruitment day, and their answers given by phone."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.i18n import gettext, ngettext, sort_key
from placement.jobseekers.models import Youth
from placement.recruitment_days.invitations import (
    answer_for_employer,
    answer_invitation,
    invite_employer,
    invite_youths,
)
from placement.recruitment_days.messages import receiver_of
from placement.recruitment_days.needs import Needs
from placement.recruitment_days.queries import (
    count_invitations,
    employers_of_day,
    find_day_employer,
    find_invitation,
    invitable_contacts,
    invitable_youths,
    invitations_of_day,
)
from placement.web.access import current_actor, current_staff, may, requires
from placement.web.flashes import FlashKind, say
from placement.web.pagination import ROWS_ON_A_PAGE, Page, asked_page
from placement.web.recruitment_days.forms import InviteEmployerForm, InviteYouthsForm
from placement.web.recruitment_days.routes import bp, frame, load_brief, load_day, log_names, served_by
from placement.web.session import db_session

BOXES_ON_A_PAGE = 50


@bp.get("/<int:day_id>/invitations")
@requires(Permission.DAY_INVITE)
def invitations(day_id: int) -> ResponseReturnValue:
    """Show who is invited, what they have answered and what they were last sent."""
    brief = load_brief(day_id)
    whose, number = served_by(), asked_page()
    total = count_invitations(db_session, day_id, served_by=whose)
    lines = invitations_of_day(
        db_session,
        day_id,
        reader_id=current_staff.id,
        served_by=whose,
        limit=ROWS_ON_A_PAGE,
        offset=(number - 1) * ROWS_ON_A_PAGE,
    )
    log_names(brief.day, [line.invitation.youth_id for line in lines])
    return render_template(
        "recruitment_days/invitations.html",
        lines=Page(lines, number, total),
        shows_all=whose is None,
        needs_of=lambda kept: Needs.read(kept).labels(),
        **frame(brief, "invitations"),
    )


@bp.route("/<int:day_id>/invite", methods=["GET", "POST"])
@requires(Permission.DAY_INVITE)
def invite(day_id: int) -> ResponseReturnValue:
    """Choose young people and invite them."""
    day = load_day(day_id)
    whose, search, number = served_by(), request.args.get("q", "").strip()[:60], asked_page()
    youths = invitable_youths(db_session, centre_id=day.centre_id, day_id=day.id, served_by=whose)
    form = InviteYouthsForm()
    form.offer(youths, reader_id=current_staff.id, with_adult=whose is None)
    if form.validate_on_submit():
        chosen = set(form.youths.data)
        made = invite_youths(
            db_session, day, youths=[youth for youth in youths if youth.id in chosen], actor=current_actor()
        )
        say(ngettext("%(num)s young person is invited.", "%(num)s young people are invited.", len(made)))
        _say_whom_to_call([youth for youth in youths if youth.id in chosen])
        return redirect(url_for("recruitment_days.invitations", day_id=day.id), code=303)
    ticked = set(form.youths.data or [])
    found = [youth for youth in youths if youth.id in ticked or _is_called(youth, search)]
    first = (number - 1) * BOXES_ON_A_PAGE
    shown = [youth for place, youth in enumerate(found) if first <= place < first + BOXES_ON_A_PAGE]
    kept = {youth.id for youth in shown} | ticked  # what was ticked comes back, whatever else the page shows
    form.youths.choices = [choice for choice in form.youths.choices if choice[0] in kept]
    log_names(day, [youth.id for youth in youths if youth.id in kept])
    return render_template(
        "recruitment_days/invite.html",
        form=form,
        day=day,
        boxes=Page(shown, number, len(found), BOXES_ON_A_PAGE),
        search=search,
        shows_all=whose is None,
        anybody_left=bool(youths),
    ), 422 if request.method == "POST" else 200


def _say_whom_to_call(youths: list[Youth]) -> None:
    silent = sum(not receiver_of(youth).can_be_reached for youth in youths)
    if silent:
        say(
            ngettext(
                "%(num)s of them has no channel for messages. Call them.",
                "%(num)s of them have no channel for messages. Call them.",
                silent,
            ),
            FlashKind.INFO,
        )


def _is_called(youth: Youth, search: str) -> bool:
    return all(sort_key(word) in youth.sort_name for word in search.split())


def _phoned_answer() -> bool:
    answer = request.form.get("answer")
    if answer not in {"yes", "no"}:
        abort(400)
    return answer == "yes"


@bp.post("/<int:day_id>/invitations/<int:invitation_id>/answer")
@requires(Permission.DAY_INVITE)
def answer_of_youth(day_id: int, invitation_id: int) -> ResponseReturnValue:
    """Note the answer that a young person gave by phone or in person."""
    day = load_day(day_id)
    invitation = find_invitation(db_session, invitation_id, day_id=day.id, served_by=served_by())
    if invitation is None:
        abort(404)
    values: dict[str, Any] = {"coming": _phoned_answer(), "needs": invitation.needs}
    state = answer_invitation(db_session, invitation, actor=current_actor(), **values)
    say(gettext("Noted: %(answer)s", answer=state.label))
    return redirect(url_for("recruitment_days.invitations", day_id=day.id), code=303)


@bp.get("/<int:day_id>/employers")
@requires(Permission.EMPLOYER_VIEW)
def employers(day_id: int) -> ResponseReturnValue:
    """Show which employers are invited and what they bring."""
    brief = load_brief(day_id)
    return render_template(
        "recruitment_days/employers.html",
        rows=employers_of_day(db_session, day_id),
        may_invite=may(Permission.DAY_EDIT) or may(Permission.EMPLOYER_LINK),
        **frame(brief, "employers"),
    )


@bp.route("/<int:day_id>/employers/invite", methods=["GET", "POST"])
@requires(Permission.DAY_EDIT, Permission.EMPLOYER_LINK)
def ask_employer(day_id: int) -> ResponseReturnValue:
    """Choose an employer and a contact person and invite them."""
    day = load_day(day_id)
    contacts = invitable_contacts(db_session, centre_id=day.centre_id, day_id=day.id)
    form = InviteEmployerForm()
    form.offer(contacts)
    if form.validate_on_submit():
        contact = next(contact for contact in contacts if contact.id == form.contact.data)
        invite_employer(db_session, day, contact=contact, actor=current_actor())
        say(gettext("%(name)s is invited.", name=contact.employer.name))
        return redirect(url_for("recruitment_days.employers", day_id=day.id), code=303)
    status = 422 if request.method == "POST" else 200
    return render_template("recruitment_days/ask_employer.html", form=form, day=day), status


@bp.post("/<int:day_id>/employers/<int:row_id>/answer")
@requires(Permission.DAY_EDIT, Permission.EMPLOYER_LINK)
def answer_of_employer(day_id: int, row_id: int) -> ResponseReturnValue:
    """Note the answer that an employer gave by phone."""
    day = load_day(day_id)
    row = find_day_employer(db_session, row_id, day_id=day.id)
    if row is None:
        abort(404)
    coming = _phoned_answer()
    state = answer_for_employer(
        db_session, row, coming=coming, people=row.people, brings=row.brings, actor=current_actor()
    )
    say(gettext("Noted: %(answer)s", answer=state.label))
    return redirect(url_for("recruitment_days.employers", day_id=day.id), code=303)
