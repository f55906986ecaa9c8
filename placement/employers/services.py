"""Verbs that change employers, their units, contact people and personal links."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.accounts.models import LinkPurpose, PersonalLink, Staff
from placement.accounts.personal_links import find_link, links_of_contact, make_link, withdraw_link
from placement.audit.services import Actor, diff, record
from placement.clock import utcnow
from placement.employers.hidden_jobs.services import steps_and_leads_go_to
from placement.employers.merging.services import refuse_merged_away
from placement.employers.messages import employer_link
from placement.employers.models import Employer, EmployerContact, EmployerForm, EmployerUnit
from placement.employers.queries import find_employer_by_business_id
from placement.errors import ChangedMeanwhile, DomainError
from placement.i18n import lazy_gettext as _l
from placement.i18n import sort_key
from placement.notifications.models import Channel

MOST_CONTACTS = 10
ONE_RENEWAL_IN = timedelta(minutes=10)


class DuplicateBusinessId(DomainError):
    """The centre already knows an employer with this business id."""

    code = "duplicate_business_id"


def add_employer(
    session: Session,
    *,
    centre_id: int,
    name: str,
    actor: Actor,
    business_id: str | None = None,
    form: EmployerForm = EmployerForm.COMPANY,
    municipality_code: str | None = None,
    industry: str = "",
    phone: str = "",
    website: str = "",
    notes: str = "",
    owner_id: int | None = None,
    **more: Any,
) -> Employer:
    """Add an employer; raise DuplicateBusinessId when the centre has one with the same business id.

    ``more`` are further columns of the employer, such as what the company register told.
    """
    _refuse_duplicate(session, centre_id=centre_id, business_id=business_id)
    employer = Employer(
        centre_id=centre_id,
        name=name,
        sort_name=sort_key(name),
        business_id=business_id or None,
        form=form,
        municipality_code=municipality_code or None,
        industry=industry,
        phone=phone,
        website=website,
        notes=notes,
        owner_id=owner_id,
        **more,
    )
    session.add(employer)
    record(session, actor=actor, action="employer.added", about=employer)
    return employer


def edit_employer(session: Session, *, employer: Employer, version: int, actor: Actor, **fields: Any) -> Employer:
    """Change an employer; raise ChangedMeanwhile or DuplicateBusinessId."""
    if employer.version != version:
        raise ChangedMeanwhile(_l("Somebody else has changed this employer. Open it again and look first."))
    if "business_id" in fields:
        fields["business_id"] = fields["business_id"] or None
        _refuse_duplicate(
            session, centre_id=employer.centre_id, business_id=fields["business_id"], except_id=employer.id
        )
    for name, value in fields.items():
        setattr(employer, name, value)
    employer.sort_name = sort_key(employer.name)
    employer.municipality_code = employer.municipality_code or None
    _record_change(session, actor=actor, action="employer.changed", row=employer)
    return employer


def hand_over_employer(session: Session, *, employer: Employer, version: int, to: Staff, actor: Actor) -> Employer:
    """Make another worker the contact of an employer; what the former one had agreed goes along.

    Raises ChangedMeanwhile when the employer is not as the worker saw it.
    """
    if employer.version != version:
        raise ChangedMeanwhile(_l("Somebody else has changed this employer. Open it again and look first."))
    former = employer.owner_id
    employer.owner_id = to.id
    _record_change(session, actor=actor, action="employer.handed_over", row=employer)
    if former is not None:
        steps_and_leads_go_to(session, employer_id=employer.id, former_id=former, next_id=to.id)
    return employer


def ask_again_on(session: Session, *, employer: Employer, on: date | None, actor: Actor) -> Employer:
    """Note the day before which an employer does not want to be asked; None when they can be asked at once."""
    if employer.asks_again_on != on:
        employer.asks_again_on = on
        _record_change(session, actor=actor, action="employer.asked_to_wait", row=employer)
    return employer


def add_unit(
    session: Session,
    *,
    employer: Employer,
    name: str,
    actor: Actor,
    street_address: str = "",
    municipality_code: str | None = None,
    access_notes: str = "",
) -> EmployerUnit:
    """Add a place of business."""
    refuse_merged_away(session, employer.id)
    unit = EmployerUnit(
        employer_id=employer.id,
        name=name,
        street_address=street_address,
        municipality_code=municipality_code or None,
        access_notes=access_notes,
    )
    session.add(unit)
    record(session, actor=actor, action="employer.unit_added", about=unit)
    return unit


def edit_unit(session: Session, *, unit: EmployerUnit, actor: Actor, **fields: Any) -> EmployerUnit:
    """Change a place of business."""
    for name, value in fields.items():
        setattr(unit, name, value)
    unit.municipality_code = unit.municipality_code or None
    _record_change(session, actor=actor, action="employer.unit_changed", row=unit)
    return unit


def add_contact(
    session: Session,
    *,
    employer: Employer,
    name: str,
    actor: Actor,
    title: str = "",
    email: str = "",
    phone: str = "",
    language: str = "fi",
    channel: Channel = Channel.EMAIL,
) -> EmployerContact:
    """Add a contact person; the caller has made sure that the channel has its address."""
    refuse_merged_away(session, employer.id)
    contact = EmployerContact(
        centre_id=employer.centre_id,
        employer_id=employer.id,
        name=name,
        title=title,
        email=email,
        phone=phone,
        language=language,
        channel=channel,
    )
    session.add(contact)
    record(session, actor=actor, action="employer.contact_added", about=contact)
    return contact


def add_contact_as_employer(
    session: Session, *, by: EmployerContact, name: str, email: str, phone: str, language: str, channel: Channel
) -> EmployerContact:
    """Add a colleague of a contact person, who gets a link of their own by the channel given.

    Raises DomainError when an employer has as many contact people as it can use.
    """
    actor = Actor.employer(by.id, by.centre_id)
    employer = session.get_one(Employer, by.employer_id)
    query = select(func.count()).where(EmployerContact.employer_id == employer.id, EmployerContact.is_active)
    if (session.scalar(query) or 0) >= MOST_CONTACTS:
        raise DomainError(_l("There are already many contact people. Remove one first."), code="many_contacts")
    contact = add_contact(
        session,
        employer=employer,
        name=name,
        actor=actor,
        email=email,
        phone=phone,
        language=language,
        channel=channel,
    )
    give_contact_link(session, contact=contact, actor=actor, send=True)
    return contact


def edit_contact(session: Session, *, contact: EmployerContact, actor: Actor, **fields: Any) -> EmployerContact:
    """Change a contact person; one who is no longer active loses their links at once."""
    for name, value in fields.items():
        setattr(contact, name, value)
    _record_change(session, actor=actor, action="employer.contact_changed", row=contact)
    if not contact.is_active:
        for link in links_of_contact(session, contact.id):
            withdraw_link(link)
    return contact


def give_contact_link(session: Session, *, contact: EmployerContact, actor: Actor, send: bool = False) -> str:
    """Make a link to the employer's own page and return its token; on request send it to the contact person."""
    if not contact.is_active:
        raise DomainError(_l("This person is no longer a contact person."), code="contact_not_active")
    token = make_link(
        session,
        centre_id=contact.centre_id,
        purpose=LinkPurpose.EMPLOYER_PAGE,
        employer_contact_id=contact.id,
        made_by_id=actor.staff_id,
    )
    record(session, actor=actor, action="employer.link_given", about=contact)
    if send:
        employer_link(session, contact=contact, token=token)
    return token


def withdraw_contact_link(session: Session, *, link: PersonalLink, actor: Actor) -> None:
    """End a link of a contact person at once."""
    withdraw_link(link)
    record(session, actor=actor, action="employer.link_withdrawn", about=link)


def renew_contact_link(session: Session, *, token: str) -> None:
    """Send a new link to the address known for an expired one.

    Nothing happens for a token that is unknown or withdrawn, and a second asking within minutes sends
    nothing more; the one who asks cannot tell the difference.
    """
    link = find_link(session, token, purpose=LinkPurpose.EMPLOYER_PAGE)
    if link is None or link.revoked_at is not None or link.employer_contact_id is None:
        return
    contact = session.get_one(EmployerContact, link.employer_contact_id)
    newest = links_of_contact(session, contact.id)[0]
    was_just_renewed = newest.id != link.id and newest.created_at > utcnow() - ONE_RENEWAL_IN
    if not contact.is_active or was_just_renewed:
        return
    give_contact_link(session, contact=contact, actor=Actor.employer(contact.id, contact.centre_id), send=True)


def _refuse_duplicate(
    session: Session, *, centre_id: int, business_id: str | None, except_id: int | None = None
) -> None:
    if not business_id:
        return
    known = find_employer_by_business_id(session, centre_id, business_id)
    if known is not None and known.id != except_id:
        raise DuplicateBusinessId(
            _l("%(name)s already has this business ID. Use that employer.", name=known.name),
        )


def _record_change(
    session: Session, *, actor: Actor, action: str, row: Employer | EmployerUnit | EmployerContact
) -> None:
    changes = diff(row)
    changes.pop("sort_name", None)
    if changes:
        record(session, actor=actor, action=action, about=row, changes=changes)
