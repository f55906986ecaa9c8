"""Units, contact people and personal links of an employer, on the same blueprint."""

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.clock import utcnow
from placement.employers.models import EmployerContact
from placement.employers.queries import find_contact, find_contact_link, find_unit
from placement.employers.services import (
    add_contact,
    add_unit,
    edit_contact,
    edit_unit,
    give_contact_link,
    withdraw_contact_link,
)
from placement.i18n import gettext as _
from placement.i18n import in_language
from placement.links import page_address
from placement.notifications.models import Channel
from placement.web.access import current_actor, current_staff, requires
from placement.web.employers.forms import ContactForm, EditContactForm, GiveLinkForm, UnitForm
from placement.web.employers.routes import asked_employer, bp
from placement.web.flashes import say
from placement.web.forms import Form
from placement.web.pictures import qr_code
from placement.web.session import db_session

SHOWN_LINK = "shown_link"
SHOWN_SECONDS = 600


def _asked_contact(employer_id: int, contact_id: int) -> EmployerContact:
    contact = find_contact(db_session, contact_id, current_staff.centre_id)
    if contact is None or contact.employer_id != employer_id:
        abort(404)
    return contact


def _status() -> int:
    return 422 if request.method == "POST" else 200


def _to_employer(employer_id: int) -> ResponseReturnValue:
    return redirect(url_for("employers.show", employer_id=employer_id), code=303)


@bp.route("/<int:employer_id>/units/new", methods=["GET", "POST"], endpoint="add_unit")
@requires(Permission.EMPLOYER_EDIT)
def add_unit_page(employer_id: int) -> ResponseReturnValue:
    """Add a place of business."""
    employer = asked_employer(employer_id)
    form = UnitForm()
    if request.method == "GET":
        form.municipality_code.data = employer.municipality_code or ""
    if not form.validate_on_submit():
        return render_template("employers/unit.html", form=form, employer=employer, unit=None), _status()
    unit = add_unit(db_session, employer=employer, actor=current_actor(), **form.values())
    say(_("%(name)s is added.", name=unit.name))
    return _to_employer(employer.id)


@bp.route("/<int:employer_id>/units/<int:unit_id>/edit", methods=["GET", "POST"], endpoint="edit_unit")
@requires(Permission.EMPLOYER_EDIT)
def edit_unit_page(employer_id: int, unit_id: int) -> ResponseReturnValue:
    """Change a place of business."""
    unit = find_unit(db_session, unit_id, current_staff.centre_id)
    if unit is None or unit.employer_id != employer_id:
        abort(404)
    form = UnitForm(obj=unit)
    if not form.validate_on_submit():
        return render_template("employers/unit.html", form=form, employer=unit.employer, unit=unit), _status()
    edit_unit(db_session, unit=unit, actor=current_actor(), **form.values())
    say(_("The changes are saved."))
    return _to_employer(employer_id)


@bp.route("/<int:employer_id>/contacts/new", methods=["GET", "POST"], endpoint="add_contact")
@requires(Permission.EMPLOYER_EDIT)
def add_contact_page(employer_id: int) -> ResponseReturnValue:
    """Add a contact person."""
    employer = asked_employer(employer_id)
    form = ContactForm()
    if not form.validate_on_submit():
        return render_template("employers/contact.html", form=form, employer=employer, contact=None), _status()
    contact = add_contact(db_session, employer=employer, actor=current_actor(), **form.values())
    say(_("%(name)s is added.", name=contact.name))
    return _to_employer(employer.id)


@bp.route("/<int:employer_id>/contacts/<int:contact_id>/edit", methods=["GET", "POST"], endpoint="edit_contact")
@requires(Permission.EMPLOYER_EDIT)
def edit_contact_page(employer_id: int, contact_id: int) -> ResponseReturnValue:
    """Change a contact person, or note that they have stopped."""
    contact = _asked_contact(employer_id, contact_id)
    form = EditContactForm(obj=contact)
    if not form.validate_on_submit():
        return render_template(
            "employers/contact.html", form=form, employer=contact.employer, contact=contact
        ), _status()
    edit_contact(db_session, contact=contact, actor=current_actor(), **form.values())
    say(_("The changes are saved."))
    return _to_employer(employer_id)


def _ways(contact: EmployerContact) -> list[tuple[str, str]]:
    ways = [("show", _("I show it or say it: the address and a picture for the phone"))]
    if contact.channel is Channel.EMAIL:
        ways.insert(0, ("send", _("Send it by e-mail to %(address)s", address=contact.email)))
    elif contact.channel is Channel.SMS:
        ways.insert(0, ("send", _("Send it by text message to %(address)s", address=contact.phone)))
    return ways


@bp.route("/<int:employer_id>/contacts/<int:contact_id>/link", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_LINK)
def give_link(employer_id: int, contact_id: int) -> ResponseReturnValue:
    """Give a contact person a link to the employer's own page."""
    contact = _asked_contact(employer_id, contact_id)
    form = GiveLinkForm()
    form.way.choices = _ways(contact)
    if request.method == "GET":
        form.way.data = form.way.choices[0][0]
    if not form.validate_on_submit():
        return render_template("employers/give_link.html", form=form, contact=contact), _status()
    is_sent = form.way.data == "send"
    token = give_contact_link(db_session, contact=contact, actor=current_actor(), send=is_sent)
    session[SHOWN_LINK] = {"contact_id": contact.id, "token": token, "at": int(utcnow().timestamp())}
    say(_("The link is made and on its way.") if is_sent else _("The link is made."))
    return redirect(url_for("employers.given_link", employer_id=employer_id, contact_id=contact_id), code=303)


def _just_given(contact: EmployerContact) -> str:
    """Return the address just made for a contact person; minutes later nobody can see it, as only its hash is kept."""
    shown = session.get(SHOWN_LINK)
    if shown and shown["contact_id"] == contact.id and utcnow().timestamp() - shown["at"] < SHOWN_SECONDS:
        return page_address("employer.home", token=shown["token"])
    session.pop(SHOWN_LINK, None)
    return ""


@bp.get("/<int:employer_id>/contacts/<int:contact_id>/link/given")
@requires(Permission.EMPLOYER_LINK)
def given_link(employer_id: int, contact_id: int) -> ResponseReturnValue:
    """Show the address just made, to be copied, read with a phone or printed."""
    contact = _asked_contact(employer_id, contact_id)
    address = _just_given(contact)
    picture = qr_code(address) if address else None
    return render_template("employers/given_link.html", contact=contact, address=address, picture=picture)


@bp.get("/<int:employer_id>/contacts/<int:contact_id>/link/print")
@requires(Permission.EMPLOYER_LINK)
def print_link(employer_id: int, contact_id: int) -> ResponseReturnValue:
    """Print the address just made for the contact person to take along, in their language."""
    contact = _asked_contact(employer_id, contact_id)
    address = _just_given(contact)
    if not address:
        return redirect(url_for("employers.given_link", employer_id=employer_id, contact_id=contact_id), code=303)
    with in_language(contact.language):
        return render_template(
            "employers/print_link.html",
            contact=contact,
            centre=current_staff.centre,
            owner=contact.employer.owner,
            address=address,
            picture=qr_code(address),
        )


@bp.route("/<int:employer_id>/links/<int:link_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_LINK)
def withdraw_link(employer_id: int, link_id: int) -> ResponseReturnValue:
    """End a link at once."""
    link = find_contact_link(db_session, link_id, current_staff.centre_id)
    contact = _asked_contact(employer_id, link.employer_contact_id or 0) if link is not None else None
    if link is None or contact is None:
        abort(404)
    form = Form()
    if not form.validate_on_submit():
        return render_template("employers/withdraw_link.html", form=form, contact=contact, link=link), _status()
    withdraw_contact_link(db_session, link=link, actor=current_actor())
    say(_("The link no longer works."))
    return _to_employer(employer_id)
