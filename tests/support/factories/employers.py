"""Employers, contact people, talks, leads and offers for the tests."""

import itertools
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from placement.accounts.models import Centre, Staff
from placement.audit.services import Actor
from placement.clock import today_in_helsinki, utcnow
from placement.employers.hidden_jobs.models import EmployerTalk, Lead, NeedPrompt, PromisedBy, TalkChannel
from placement.employers.hidden_jobs.states import LeadState
from placement.employers.merging.models import EmployerMerge
from placement.employers.merging.services import merge_employers
from placement.employers.models import Employer, EmployerContact
from placement.i18n import sort_key
from placement.notifications.models import Channel
from placement.offers.models import GuideTime, Offer, OfferKind, OfferOrigin, Visibility
from placement.offers.states import OfferState

_numbers = itertools.count(1)


def make_employer(session: Session, centre: Centre, *, name: str = "Kahvila Aamu", **values: Any) -> Employer:
    """An employer of the centre."""
    employer = Employer(centre_id=centre.id, name=name, sort_name=sort_key(name), municipality_code="698", **values)
    session.add(employer)
    session.flush()
    return employer


def make_contact(session: Session, employer: Employer, **values: Any) -> EmployerContact:
    """A contact person of the employer, reached by e-mail in English."""
    given = {
        "name": "Henna Aalto",
        "email": f"henna{next(_numbers)}@example.fi",
        "language": "en",
        "channel": Channel.EMAIL,
    } | values
    contact = EmployerContact(centre_id=employer.centre_id, employer_id=employer.id, **given)
    session.add(contact)
    session.flush()
    return contact


def make_merge(session: Session, kept: Employer, merged: Employer, staff: Staff) -> EmployerMerge:
    """The second employer taken into the first by the worker."""
    merge = merge_employers(
        session, kept=kept, merged=merged, versions=(kept.version, merged.version), actor=Actor.staff(staff)
    )
    session.flush()
    return merge


def make_talk(session: Session, employer: Employer, staff: Staff, **values: Any) -> EmployerTalk:
    """A visit of today to the employer, without a promise unless one is given."""
    given: dict[str, Any] = {
        "held_on": today_in_helsinki(),
        "channel": TalkChannel.VISIT,
        "promise": "",
        "next_on": None,
        "created_at": utcnow(),
    } | values
    given.setdefault("promised_by", PromisedBy.US if given["promise"] else None)
    given.setdefault("next_owner_id", staff.id if given["next_on"] else None)
    talk = EmployerTalk(centre_id=employer.centre_id, employer_id=employer.id, staff_id=staff.id, **given)
    session.add(talk)
    session.flush()
    return talk


def make_lead(session: Session, employer: Employer, staff: Staff, **values: Any) -> Lead:
    """A need told in a visit of today, of the given worker, to be looked at in a fortnight."""
    given: dict[str, Any] = {
        "need": "The shelves are never filled on Fridays.",
        "prompt": NeedPrompt.UNDONE,
        "task_family": "T02",
        "state": LeadState.NOTED,
        "state_since": utcnow(),
        "next_on": today_in_helsinki() + timedelta(days=14),
    } | values
    if "talk_id" not in given:
        given["talk_id"] = make_talk(session, employer, staff).id
    lead = Lead(centre_id=employer.centre_id, employer_id=employer.id, owner_id=staff.id, **given)
    session.add(lead)
    session.flush()
    return lead


def make_offer(session: Session, employer: Employer, *, state: OfferState = OfferState.LIVE, **values: Any) -> Offer:
    """A café work trial of the employer, live unless said otherwise."""
    now = utcnow()
    given: dict[str, Any] = {
        "kind": OfferKind.WORK_TRIAL,
        "visibility": Visibility.SELECTED,
        "origin": OfferOrigin.STAFF,
        "language": "fi",
        "title": "Kahvila-apulainen",
        "tasks": "Keität kahvia, palvelet asiakkaita ja siivoat pöydät.",
        "task_family": "T11",
        "municipality_code": "698",
        "hours_per_day": Decimal(5),
        "days_per_week": Decimal(5),
        "hours_per_week": Decimal(25),
        "day_parts": ["morning"],
        "guide_time": GuideTime.WHOLE_DAY,
        "guide_name": "Henna",
        "confirmed_on": today_in_helsinki(),
    } | values
    given.setdefault("submitted_at", None if state is OfferState.DRAFT else now)
    is_published = state in {OfferState.LIVE, OfferState.MATCHED, OfferState.FILLED, OfferState.EXPIRED}
    given.setdefault("checked_at", now if is_published or state is OfferState.CHECKED else None)
    given.setdefault("live_at", now if is_published else None)
    is_over = state in {OfferState.FILLED, OfferState.WITHDRAWN, OfferState.EXPIRED, OfferState.REJECTED}
    given.setdefault("ended_at", now if is_over else None)
    offer = Offer(centre_id=employer.centre_id, employer_id=employer.id, state=state, **given)
    session.add(offer)
    session.flush()
    return offer
