"""The worker's side of the card: begin, write, show to the young person, approve together, guardian, send."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.employers.queries import find_contact
from placement.errors import ChangedMeanwhile, DomainError
from placement.i18n import gettext as _
from placement.i18n import language_name
from placement.introductions.card import card_view, texts_of
from placement.introductions.links import make_introduction_link
from placement.introductions.messages import guardian_asked
from placement.introductions.models import Introduction
from placement.introductions.queries import contacts_to_introduce_to, get_introduction
from placement.introductions.services import (
    answer_as_guardian,
    approve_card,
    ask_guardian,
    ask_youth,
    change_card,
    make_introduction,
    refuse_card,
    revoke_card,
    send_card,
    withdraw_introduction,
)
from placement.introductions.states import IntroductionAction, IntroductionState, Party, is_possible
from placement.jobseekers.messages import youth_receiver
from placement.jobseekers.models import Youth
from placement.jobseekers.queries import is_named_worker
from placement.suggestions.queries import get_suggestion
from placement.suggestions.states import SuggestionState
from placement.web.access import current_actor, current_staff, requires, signed_in_staff
from placement.web.flashes import FlashKind, say
from placement.web.forms import Form
from placement.web.introduce.forms import GuardianLinkForm, ReceiverForm, SendCardForm, WithdrawForm
from placement.web.introduce.page import staff_page
from placement.web.introduction.forms import ApproveForm, CardForm, PaperGuardianForm
from placement.web.jobseekers.loading import load_youth_for_staff
from placement.web.odd_input import version_number
from placement.web.pictures import qr_code
from placement.web.session import db_session

bp = Blueprint("introduce", __name__, url_prefix="/young-people")

ONE = "/<int:youth_id>/introductions/<int:introduction_id>"


@bp.route("/<int:youth_id>/suggestions/<int:suggestion_id>/introduce", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def begin(youth_id: int, suggestion_id: int) -> ResponseReturnValue:
    """Choose who gets the card; it is drafted from what the young person has told."""
    youth = load_youth_for_staff(youth_id)
    suggestion = get_suggestion(db_session, suggestion_id, youth_id=youth.id, lock=request.method == "POST")
    if suggestion is None or suggestion.state is not SuggestionState.INTERESTED:
        abort(404)
    contacts = list(contacts_to_introduce_to(db_session, suggestion.offer.employer_id))
    form = ReceiverForm.among(contacts)
    if not form.validate_on_submit():
        page = render_template("introduce/begin.html", youth=youth, suggestion=suggestion, form=form, contacts=contacts)
        return page, _status()
    contact = find_contact(db_session, form.contact_id.data, current_staff.centre_id) or abort(404)
    try:
        made = make_introduction(db_session, suggestion=suggestion, contact=contact, actor=current_actor())
    except DomainError as error:
        say(error.message, FlashKind.WARNING)
        return redirect(url_for("suggest.show", youth_id=youth.id), code=303)
    return redirect(url_for("introduce.card", youth_id=youth.id, introduction_id=made.id), code=303)


@bp.get(ONE)
@requires(Permission.SUGGESTION_VIEW)
def show(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """See where an introduction is, the card, and the one next step."""
    youth, found = load(youth_id, introduction_id)
    return render_template("introduce/show.html", youth=youth, page=staff_page(found), receiver=youth_receiver(youth))


@bp.route(f"{ONE}/card", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def card(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Write the card together with the young person."""
    youth, found = load(youth_id, introduction_id)
    if not is_possible(found.state, IntroductionAction.CHANGE, Party.WORKER):
        return to_page(found)
    form = CardForm(obj=found)
    status = _status()
    if form.validate_on_submit():
        try:
            change_card(
                db_session,
                found,
                version=version_number(form.card_version.data),
                strengths=form.strengths.data,
                hours=form.hours.data,
                extra=form.extra.data,
                actor=current_actor(),
            )
        except DomainError as error:
            form.form_errors.append(error.message)
            status = error.status
        else:
            say(_("The card was saved. Next %(name)s reads it and decides.", name=youth.first_name))
            return to_page(found)
    page = render_template(
        "introduce/card.html",
        youth=youth,
        introduction=found,
        form=form,
        card=card_view(texts_of(found), found.card_language),
        language=language_name(found.card_language),
    )
    return page, status


@bp.post(f"{ONE}/ask")
@requires(Permission.SUGGESTION_SEND)
def ask(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Ask the young person to read the card on their own phone."""
    youth, found = load(youth_id, introduction_id, lock=True)
    address = ask_youth(db_session, found, actor=current_actor())
    if not youth_receiver(youth).can_be_reached:
        return _link_page(found, address, _("Show the card to %(name)s", name=youth.first_name))
    say(_("Sent to %(name)s.", name=youth.first_name))
    return to_page(found)


@bp.post(f"{ONE}/link")
@requires(Permission.SUGGESTION_SEND)
def give_link(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Show the young person, who is here, their page of the introduction on their own phone."""
    youth, found = load(youth_id, introduction_id, lock=True)
    if found.state is IntroductionState.DRAFT:
        address = ask_youth(db_session, found, actor=current_actor())
    else:
        address = make_introduction_link(db_session, introduction=found, actor=current_actor())
    return _link_page(found, address, _("Show the card to %(name)s", name=youth.first_name))


@bp.route(f"{ONE}/together", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def together(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Let the young person read the card on this screen and decide; only a named worker sits with them."""
    youth, found = load(youth_id, introduction_id, lock=request.method == "POST")
    if not is_named_worker(signed_in_staff(), youth):
        abort(403)
    if not is_possible(found.state, IntroductionAction.APPROVE, Party.WORKER):
        return to_page(found)
    form = ApproveForm(data={"card_version": found.card_version, "weeks": 4})
    if not form.validate_on_submit():
        page = render_template(
            "introduce/together.html",
            youth=youth,
            introduction=found,
            form=form,
            card=card_view(texts_of(found), found.card_language),
        )
        return page, _status()
    if request.form.get("answer") == "no":
        refuse_card(db_session, found, actor=current_actor())
        say(_("The card is not shown to anybody."), FlashKind.INFO)
        return to_page(found)
    try:
        version = version_number(form.card_version.data)
        approve_card(db_session, found, version=version, until=form.until(), actor=current_actor())
    except ChangedMeanwhile as error:
        say(error.message, FlashKind.WARNING)
    else:
        say(_("%(name)s said yes to the card.", name=youth.first_name))
    return to_page(found)


@bp.route(f"{ONE}/guardian-link", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def guardian_link(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Send the guardian their link or show it here: it opens this one matter and nothing else."""
    youth, found = load(youth_id, introduction_id, lock=request.method == "POST")
    if found.state is not IntroductionState.GUARDIAN:
        return to_page(found)
    form = GuardianLinkForm(data={"language": youth.language})
    if not form.validate_on_submit():
        return render_template("introduce/guardian_link.html", youth=youth, introduction=found, form=form), _status()
    address = ask_guardian(db_session, found, actor=current_actor())
    if request.form.get("way") != "send":
        return _link_page(found, address, _("Link for the guardian"), for_guardian=True)
    to = form.phone.data or form.email.data
    guardian_asked(db_session, found, address=address, channel=form.channel, to=to, language=form.language.data)
    say(_("The link is on its way to the guardian."))
    return to_page(found)


@bp.route(f"{ONE}/guardian", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def guardian(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Write down what a guardian answered on paper, by phone or here."""
    youth, found = load(youth_id, introduction_id, lock=request.method == "POST")
    if found.state is not IntroductionState.GUARDIAN:
        return to_page(found)
    form = PaperGuardianForm(data={"card_version": found.card_version})
    if not form.validate_on_submit():
        page = render_template(
            "introduce/guardian.html",
            youth=youth,
            introduction=found,
            form=form,
            card=card_view(texts_of(found), found.card_language),
        )
        return page, _status()
    try:
        answer_as_guardian(
            db_session,
            found,
            version=version_number(form.card_version.data),
            is_yes=request.form.get("answer") == "yes",
            signed_name=form.signed_name.data,
            how=form.how.data,
            actor=current_actor(),
            party=Party.WORKER,
        )
    except DomainError as error:
        say(error.message, FlashKind.WARNING)
    else:
        say(_("The guardian’s answer was written down."))
    return to_page(found)


@bp.route(f"{ONE}/send", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def send(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Send the approved card to the contact person."""
    youth, found = load(youth_id, introduction_id, lock=request.method == "POST")
    if not is_possible(found.state, IntroductionAction.SEND, Party.WORKER):
        return to_page(found)
    form = SendCardForm.with_a_week()
    status = _status()
    if form.validate_on_submit() and form.answer_by.data is not None:
        try:
            address = send_card(db_session, found, answer_by=form.answer_by.data, actor=current_actor())
        except DomainError as error:
            form.answer_by.errors = [error.message]
            status = error.status
        else:
            return _sent(found, address)
    page = render_template("introduce/send.html", youth=youth, page=staff_page(found), form=form)
    return page, status


def _sent(found: Introduction, address: str) -> ResponseReturnValue:
    contact = found.contact
    if not (contact.email or contact.phone):
        return _link_page(found, address, _("Link for %(name)s", name=contact.name), for_employer=True)
    say(_("The card was sent to %(name)s.", name=contact.name))
    return to_page(found)


@bp.route(f"{ONE}/take-back", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def take_back(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Take the card back because the young person asks for it."""
    youth, found = load(youth_id, introduction_id, lock=request.method == "POST")
    if not is_possible(found.state, IntroductionAction.REVOKE, Party.WORKER):
        return to_page(found)
    form = Form()
    if not form.validate_on_submit():
        return render_template("introduce/take_back.html", youth=youth, introduction=found, form=form)
    revoke_card(db_session, found, actor=current_actor())
    say(_("The card was taken back. The employer’s link shows nothing any more."))
    return to_page(found)


@bp.route(f"{ONE}/withdraw", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def withdraw(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """End an introduction that leads nowhere."""
    youth, found = load(youth_id, introduction_id, lock=request.method == "POST")
    if not is_possible(found.state, IntroductionAction.WITHDRAW, Party.WORKER):
        return to_page(found)
    form = WithdrawForm()
    if not form.validate_on_submit():
        page = render_template("introduce/withdraw.html", youth=youth, introduction=found, form=form)
        return page, _status()
    withdraw_introduction(db_session, found, reason=form.reason.data, actor=current_actor())
    say(_("The introduction was ended."))
    return to_page(found)


def load(youth_id: int, introduction_id: int, *, lock: bool = False) -> tuple[Youth, Introduction]:
    """Return the young person, the view logged, and an introduction of theirs; 404 for anybody else's."""
    youth = load_youth_for_staff(youth_id)
    return youth, get_introduction(db_session, introduction_id, youth_id=youth.id, lock=lock) or abort(404)


def to_page(found: Introduction) -> ResponseReturnValue:
    """Lead back to the page of the introduction."""
    return redirect(url_for("introduce.show", youth_id=found.youth_id, introduction_id=found.id), code=303)


def _link_page(
    found: Introduction, address: str, title: str, *, for_guardian: bool = False, for_employer: bool = False
) -> ResponseReturnValue:
    # The address is known only now: it is kept hashed, so it can be shown on this page alone.
    return render_template(
        "introduce/link.html",
        introduction=found,
        address=address,
        title=title,
        picture=qr_code(address),
        for_guardian=for_guardian,
        for_employer=for_employer,
    )


def _status() -> int:
    return 422 if request.method == "POST" else 200
