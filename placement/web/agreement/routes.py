"""Reading and signing an agreement by personal link, without signing in.

Opening the page changes nothing but the log of who has read it; programs that check links open them too.
"""

from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from placement.audit.models import ActorKind
from placement.audit.services import Actor, record
from placement.errors import ChangedMeanwhile, DomainError, LinkNotValid, TransitionNotAllowed
from placement.i18n import current_language, gettext
from placement.i18n import lazy_gettext as _l
from placement.placements.agreement_texts import changes_for, latest_text
from placement.placements.agreements import actor_of, sign
from placement.placements.checks import is_minor, missing_roles, signature_in_force
from placement.placements.kinds import PartyRole, signing_roles
from placement.placements.links import open_placement_link
from placement.placements.models import Placement, PlacementParty
from placement.placements.renewal import send_new_link
from placement.placements.states import PlacementState
from placement.placements.terms import name_of_field
from placement.web.access import by_link
from placement.web.agreement.document import agreement_document, signed_words, term_in_words
from placement.web.agreement.forms import SignForm
from placement.web.agreement.presenting import agreement_file, agreement_page
from placement.web.flashes import FlashKind, say
from placement.web.language import greet_in
from placement.web.link_pages import tell_when_link_is_over
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import after_view, db_session

bp = Blueprint("agreement", __name__, url_prefix="/p")
tell_when_link_is_over(bp, "agreement.renew")

NEW_LINK = "5 per hour"


def _opened(token: str, *, lock: bool = False) -> PlacementParty:
    """Return the party of the link, and have the look logged; who no longer takes part is let in no more."""
    party = open_placement_link(db_session, token, lock=lock)
    placement = party.placement
    if party.role is PartyRole.PARTICIPANT and not placement.youth.is_active:
        raise LinkNotValid(_l("This link does not work any more."))
    greet_in(party.language)
    actor = actor_of(party, placement)
    if actor.kind is not ActorKind.YOUTH:
        placement_id, youth_id, role = placement.id, placement.youth_id, party.role.value
        after_view(partial(_note, actor=actor, placement_id=placement_id, youth_id=youth_id, role=role))
    return party


def _note(session: Session, *, actor: Actor, placement_id: int, youth_id: int, role: str) -> None:
    about = Placement(id=placement_id)
    changes = {"role": role}
    record(session, actor=actor, action="placement.agreement_read", about=about, youth_id=youth_id, changes=changes)


@bp.get("/<token>")
@by_link
def show(token: str) -> ResponseReturnValue:
    """Read the agreement and what has changed in it, and sign."""
    party = _opened(token)
    return _page(token, party, SignForm(data={"text_hash": _hash(party)}))


@bp.post("/<token>")
@by_link
@limited(PUBLIC_FORM)
def answer(token: str) -> ResponseReturnValue:
    """Sign the text that was read; the same link used twice signs once."""
    party = _opened(token, lock=True)
    form = SignForm()
    if not form.validate_on_submit():
        return _page(token, party, form), 422
    try:
        sign(
            db_session,
            party.placement,
            party,
            name=form.name.data,
            text_hash=form.text_hash.data,
            language=current_language(),
        )
    except (ChangedMeanwhile, TransitionNotAllowed) as error:
        return _read_again(token, party, error)
    say(gettext("Thank you! You have signed."))
    return redirect(url_for("agreement.show", token=token), code=303)


def _read_again(token: str, party: PlacementParty, error: DomainError) -> ResponseReturnValue:
    say(error.message, FlashKind.WARNING)
    form = SignForm(formdata=None, data={"text_hash": _hash(party), "name": request.form.get("name", "")})
    return _page(token, party, form), 409


@bp.get("/<token>/agreement.pdf")
@by_link
def pdf(token: str) -> ResponseReturnValue:
    """Take the agreement along as PDF."""
    party = _opened(token)
    return agreement_file(
        party.placement, print_address=lambda language: url_for("agreement.print", token=token, language=language)
    )


@bp.get("/<token>/print", endpoint="print")
@by_link
def print_page(token: str) -> ResponseReturnValue:
    """Read the agreement as a page to print, in any language."""
    party = _opened(token)
    return agreement_page(
        party.placement,
        address=lambda language: url_for("agreement.print", token=token, language=language),
        pdf_address=lambda language: url_for("agreement.pdf", token=token, language=language),
        back=url_for("agreement.show", token=token),
    )


@bp.post("/<token>/new-link")
@by_link
@limited(NEW_LINK)
def renew(token: str) -> ResponseReturnValue:
    """Ask for a new link. The answer is the same whether the old one was known or not."""
    send_new_link(db_session, token=token)
    return redirect(url_for("at_work.link_sent"), code=303)


def _hash(party: PlacementParty) -> str:
    text = latest_text(party.placement)
    return text.text_hash if text is not None else ""


def _page(token: str, party: PlacementParty, form: SignForm) -> str:
    placement = party.placement
    text, minor = latest_text(placement), is_minor(placement)
    is_open = placement.state is PlacementState.PREPARING and text is not None
    may_sign = is_open and party.role in signing_roles(placement.kind, is_minor=minor)
    waiting = [str(role.label) for role in missing_roles(placement)]
    return render_template(
        "agreement/show.html",
        token=token,
        party=party,
        placement=placement,
        form=form,
        document=agreement_document(placement),
        is_sent=text is not None,
        may_sign=may_sign and signature_in_force(party) is None,
        signed=signed_words(party),
        waiting=waiting,
        changes=_changes(party),
    )


def _changes(party: PlacementParty) -> list[tuple[str, str, str]]:
    placement = party.placement
    names = changes_for(party, placement)
    text = latest_text(placement)
    if not names or text is None:
        return []
    before = party.signatures[-1].agreement if party.signatures else None
    if before is None:
        before = next(one for one in placement.texts if one.number == party.asked_number)
    return [
        (name_of_field(name), term_in_words(name, before.terms.get(name)), term_in_words(name, text.terms.get(name)))
        for name in names
    ]
