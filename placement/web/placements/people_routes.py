"""Who signs: naming them, sending the agreement, reminding, links, paper; and the agreement as page and PDF."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission, Role
from placement.accounts.queries import staff_of_centre
from placement.clock import today_in_helsinki
from placement.i18n import gettext as _
from placement.i18n import ngettext
from placement.links import page_address
from placement.notifications.models import Channel
from placement.placements import agreements
from placement.placements.agreement_texts import latest_text
from placement.placements.kinds import HAS_AGREEMENT, PartyRole
from placement.placements.links import get_party, revoke_links
from placement.placements.models import Placement, PlacementParty
from placement.placements.parties import party_of, set_party
from placement.web.access import current_actor, current_staff, requires
from placement.web.agreement.presenting import agreement_file, agreement_page
from placement.web.flashes import FlashKind, say
from placement.web.pictures import qr_code
from placement.web.placements.loading import load_placement_for_staff
from placement.web.placements.people_forms import AuthorityForm, GuardianForm, PaperForm
from placement.web.placements.routes import bp
from placement.web.session import db_session


@bp.route("/<int:placement_id>/authority", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def authority(placement_id: int) -> ResponseReturnValue:
    """Name who signs for the employment authority."""
    placement = load_placement_for_staff(placement_id, lock=request.method == "POST")
    party = party_of(placement, PartyRole.AUTHORITY)
    officers = staff_of_centre(db_session, current_staff.centre_id, with_role=Role.AUTHORITY)
    form = AuthorityForm(obj=party)
    form.offer_officers(officers)
    if not form.validate_on_submit():
        return render_template("placements/authority.html", form=form, placement=placement), _status()
    officer = next((one for one in officers if one.id == form.staff_id.data), None)
    if officer is not None:
        organisation = form.organisation.data
        values: dict[str, Any] = {
            "name": officer.display_name,
            "organisation": organisation,
            "email": officer.email,
            "channel": Channel.EMAIL,
            "language": officer.language,
            "staff_id": officer.id,
        }
    else:
        values = {"name": form.name.data, "organisation": form.organisation.data, "language": "fi"}
    set_party(db_session, placement, PartyRole.AUTHORITY, actor=current_actor(), **values)
    return _back(placement, _("Saved."))


@bp.route("/<int:placement_id>/guardian", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def guardian(placement_id: int) -> ResponseReturnValue:
    """Name the guardian who signs for a person under 18."""
    placement = load_placement_for_staff(placement_id, lock=request.method == "POST")
    form = GuardianForm(obj=party_of(placement, PartyRole.GUARDIAN))
    if not form.validate_on_submit():
        return render_template("placements/guardian.html", form=form, placement=placement), _status()
    set_party(db_session, placement, PartyRole.GUARDIAN, actor=current_actor(), **form.values())
    return _back(placement, _("Saved."))


@bp.post("/<int:placement_id>/send")
@requires(Permission.PLACEMENT_EDIT)
def send(placement_id: int) -> ResponseReturnValue:
    """Send the agreement to everybody who has not signed it, the first time or as a reminder."""
    placement = load_placement_for_staff(placement_id, lock=True)
    in_person = agreements.send_agreement(db_session, placement, actor=current_actor())
    if in_person:
        names = ", ".join(party.name for party in in_person)
        text = ngettext(
            "Sent. %(names)s gets no messages: show a QR code, or record a signature on paper.",
            "Sent. %(names)s get no messages: show a QR code, or record a signature on paper.",
            len(in_person),
            names=names,
        )
        say(text, FlashKind.WARNING)
    else:
        say(_("Sent to those who have not signed yet."))
    return _to_page(placement)


@bp.post("/<int:placement_id>/parties/<int:party_id>/remind")
@requires(Permission.PLACEMENT_EDIT)
def remind(placement_id: int, party_id: int) -> ResponseReturnValue:
    """Remind one who has not signed, with the link."""
    placement, party = _loaded(placement_id, party_id)
    if agreements.ask_to_sign(db_session, placement, party, actor=current_actor()):
        return _back(placement, _("%(name)s gets the link again.", name=party.name))
    say(
        _("%(name)s gets no messages: show a QR code, or record a signature on paper.", name=party.name),
        FlashKind.WARNING,
    )
    return _to_page(placement)


@bp.post("/<int:placement_id>/parties/<int:party_id>/link")
@requires(Permission.PLACEMENT_EDIT)
def show_link(placement_id: int, party_id: int) -> ResponseReturnValue:
    """Show the link of one who is here as a picture for their phone; it is shown once."""
    placement, party = _loaded(placement_id, party_id)
    token = agreements.make_signing_link(db_session, placement, party, actor=current_actor())
    address = page_address("agreement.show", token=token)
    return render_template(
        "placements/link.html", placement=placement, party=party, address=address, picture=qr_code(address)
    )


@bp.post("/<int:placement_id>/parties/<int:party_id>/end-links")
@requires(Permission.PLACEMENT_EDIT)
def end_links(placement_id: int, party_id: int) -> ResponseReturnValue:
    """End every link of one party at once."""
    placement, party = _loaded(placement_id, party_id)
    revoke_links(db_session, party, actor=current_actor(), placement=placement)
    return _back(placement, _("The links of %(name)s do not work any more.", name=party.name))


@bp.route("/<int:placement_id>/parties/<int:party_id>/paper", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def paper(placement_id: int, party_id: int) -> ResponseReturnValue:
    """Record a signature on paper: who, when, where."""
    placement, party = _loaded(placement_id, party_id, lock=request.method == "POST")
    text = latest_text(placement)
    if text is None:
        abort(404)
    data = {"name": party.name, "signed_on": today_in_helsinki(), "text_hash": text.text_hash}
    form = PaperForm(data=data)
    if not form.validate_on_submit():
        values = {"form": form, "placement": placement, "party": party, "text": text}
        return render_template("placements/paper.html", **values), _status()
    agreements.sign_on_paper(
        db_session,
        placement,
        party,
        name=form.name.data,
        signed_on=form["signed_on"].data,
        signed_where=form.signed_where.data,
        text_hash=form.text_hash.data,
        actor=current_actor(),
    )
    return _back(placement, _("The signature is recorded."))


@bp.get("/<int:placement_id>/agreement")
@requires(Permission.PLACEMENT_VIEW)
def agreement(placement_id: int) -> ResponseReturnValue:
    """Read the agreement as a page to print, in any language."""
    placement = _with_agreement(placement_id)
    return agreement_page(
        placement,
        address=lambda language: url_for("placements.agreement", placement_id=placement_id, language=language),
        pdf_address=lambda language: url_for("placements.pdf", placement_id=placement_id, language=language),
        back=url_for("placements.show", placement_id=placement_id),
    )


@bp.get("/<int:placement_id>/agreement.pdf")
@requires(Permission.PLACEMENT_VIEW)
def pdf(placement_id: int) -> ResponseReturnValue:
    """Take the agreement as PDF."""
    placement = _with_agreement(placement_id)
    return agreement_file(
        placement,
        print_address=lambda language: url_for("placements.agreement", placement_id=placement_id, language=language),
    )


def _with_agreement(placement_id: int) -> Placement:
    placement = load_placement_for_staff(placement_id)
    if placement.kind not in HAS_AGREEMENT:
        abort(404)
    return placement


def _loaded(placement_id: int, party_id: int, *, lock: bool = True) -> tuple[Placement, PlacementParty]:
    placement = load_placement_for_staff(placement_id, lock=lock)
    return placement, get_party(placement, party_id) or abort(404)


def _back(placement: Placement, sentence: str) -> ResponseReturnValue:
    say(sentence)
    return _to_page(placement)


def _to_page(placement: Placement) -> ResponseReturnValue:
    return redirect(url_for("placements.show", placement_id=placement.id), code=303)


def _status() -> int:
    return 422 if request.method == "POST" else 200
