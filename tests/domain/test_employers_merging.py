"""Two records of one employer become one with nothing lost, and the way back restores what was."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import Actor
from placement.employers.dedupe import SameBy, likely_pairs, same_employer_candidates
from placement.employers.merging.models import EmployerMerge
from placement.employers.merging.services import CannotMerge, merge_employers, undo_merge
from placement.employers.models import Employer, EmployerContact, EmployerUnit
from placement.employers.queries import find_employer_by_business_id, merged_into
from placement.employers.services import add_contact, add_unit
from placement.errors import ChangedMeanwhile, TransitionNotAllowed
from placement.models import Base
from tests.support.factories.centres import make_staff
from tests.support.factories.days import ask_employer, make_open_day
from tests.support.factories.employers import (
    make_contact,
    make_employer,
    make_lead,
    make_merge,
    make_offer,
    make_talk,
)

TECHNICAL = {"version", "updated_at", "undone_at", "undone_by_id"}


def rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the log and the record of merges."""
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name in {"audit_entry", "employer_merge"}:
            continue
        every = connection.execute(select(table).order_by(*table.primary_key)).mappings()
        found[table.name] = [{name: row[name] for name in row if name not in TECHNICAL} for row in every]
    return found


def two(session: Session, staff: Staff) -> tuple[Employer, Employer]:
    """A bare employer and a full one with everything that can belong to an employer."""
    kept = make_employer(session, staff.centre, name="Kahvila Aamu")
    other = make_employer(
        session,
        staff.centre,
        name="Kahvila Aamu Oy",
        business_id="0194099-3",
        phone="+358401234567",
        notes="Hosted two.",
        industry="Café",
        working_languages=["fi", "sv"],
        owner_id=staff.id,
    )
    session.add(EmployerUnit(employer_id=other.id, name="Kitchen"))
    contact = make_contact(session, other)
    make_talk(session, other, staff)
    make_offer(session, other, lead_id=make_lead(session, other, staff).id)
    ask_employer(session, make_open_day(session, staff), contact, by=staff)
    session.flush()
    return kept, other


def test_every_row_moves_and_empty_details_are_filled(session: Session) -> None:
    staff = make_staff(session)
    kept, other = two(session, staff)
    kept.notes = "Likes calls."
    session.flush()
    merge = make_merge(session, kept, other, staff)
    assert {place.split(".")[0] for place in merge.moved} == {
        "employer_unit",
        "employer_contact",
        "employer_talk",
        "lead",
        "offer",
        "day_employer",
    }
    for table in Base.metadata.sorted_tables:
        if "employer_id" in table.c:
            assert not session.execute(select(table).where(table.c.employer_id == other.id)).all(), table.name
    assert (kept.business_id, kept.industry, kept.working_languages) == ("0194099-3", "Café", ["fi", "sv"])
    assert kept.notes == "Likes calls.\nHosted two."
    assert merged_into(session, other.id, staff.centre_id) == kept.id
    assert find_employer_by_business_id(session, staff.centre_id, "0194099-3") == kept


def test_taking_it_back_restores_every_row_exactly(session: Session) -> None:
    staff = make_staff(session)
    kept, other = two(session, staff)
    before = rows(session.connection())
    merge = make_merge(session, kept, other, staff)
    assert rows(session.connection()) != before
    undo_merge(session, merge=merge, actor=Actor.staff(staff))
    session.flush()
    assert rows(session.connection()) == before


def test_what_came_after_the_merge_stays_when_it_is_taken_back(session: Session) -> None:
    staff = make_staff(session)
    kept, other = two(session, staff)
    merge = make_merge(session, kept, other, staff)
    kept.phone = "+358409999999"
    newer = make_contact(session, kept, name="Newer")
    undo_merge(session, merge=merge, actor=Actor.staff(staff))
    session.flush()
    assert newer.employer_id == kept.id
    assert (kept.phone, kept.business_id, other.business_id) == ("+358409999999", None, "0194099-3")
    with pytest.raises(TransitionNotAllowed):
        undo_merge(session, merge=merge, actor=Actor.staff(staff))


def test_merges_in_a_row_are_taken_back_in_turn(session: Session) -> None:
    staff = make_staff(session)
    first, second, third = (make_employer(session, staff.centre, name=name) for name in ("A", "B", "C"))
    make_contact(session, first)
    inner = make_merge(session, second, first, staff)
    outer = make_merge(session, third, second, staff)
    assert merged_into(session, first.id, staff.centre_id) == third.id
    with pytest.raises(TransitionNotAllowed):
        undo_merge(session, merge=inner, actor=Actor.staff(staff))
    undo_merge(session, merge=outer, actor=Actor.staff(staff))
    undo_merge(session, merge=inner, actor=Actor.staff(staff))
    session.flush()
    assert session.scalars(select(EmployerContact.employer_id)).one() == first.id


def test_an_employer_that_changed_meanwhile_or_is_gone_is_not_merged(session: Session) -> None:
    staff = make_staff(session)
    kept, other = two(session, staff)
    actor = Actor.staff(staff)
    for versions in ((kept.version + 1, other.version), (kept.version, other.version + 1)):
        with pytest.raises(ChangedMeanwhile):
            merge_employers(session, kept=kept, merged=other, versions=versions, actor=actor)
    with pytest.raises(TransitionNotAllowed):
        merge_employers(session, kept=kept, merged=kept, versions=(1, 1), actor=actor)
    make_merge(session, kept, other, staff)
    third = make_employer(session, staff.centre, name="Third")
    for one, into in ((third, other), (other, third)):
        with pytest.raises(ChangedMeanwhile):
            merge_employers(session, kept=into, merged=one, versions=(into.version, one.version), actor=actor)
    for add in (add_unit, add_contact):
        with pytest.raises(ChangedMeanwhile):
            add(session, employer=other, name="Too late", actor=actor)


def test_two_answers_to_the_same_day_cannot_become_one_and_nothing_moves(session: Session) -> None:
    staff = make_staff(session)
    kept, other = two(session, staff)
    day = make_open_day(session, staff, title="Another day")
    for employer in (kept, other):
        ask_employer(session, day, make_contact(session, employer), by=staff)
    with pytest.raises(CannotMerge), session.begin_nested():
        merge_employers(
            session, kept=kept, merged=other, versions=(kept.version, other.version), actor=Actor.staff(staff)
        )
    assert session.scalars(select(EmployerMerge)).all() == []


def test_duplicates_are_told_by_name_phone_and_web_domain(app: Flask, session: Session) -> None:
    staff = make_staff(session)
    named = make_employer(session, staff.centre, name="Leipomo Rukiinen Oy")
    again = make_employer(session, staff.centre, name="Rukiinen leipomo")
    phone = make_employer(session, staff.centre, name="Konepaja Rauta", phone="+358401234567")
    called = make_employer(session, staff.centre, name="Rautatyöt Virta")
    make_contact(session, called, phone="+358401234567")
    site = make_employer(session, staff.centre, name="Hotelli Harju", website="https://www.harju.fi/yhteys")
    mail = make_employer(session, staff.centre, name="Ravintola Ranta")
    make_contact(session, mail, email="ravintola@harju.fi")
    found = {(pair.older.id, pair.newer.id): pair.same_by for pair in likely_pairs(session, staff.centre_id)}
    assert found == {
        (named.id, again.id): SameBy.NAME,
        (phone.id, called.id): SameBy.PHONE,
        (site.id, mail.id): SameBy.WEBSITE,
    }
    entered = same_employer_candidates(
        session,
        centre_id=staff.centre_id,
        name="Uusi nimi",
        business_id=None,
        municipality_code="698",
        phone="+358401234567",
        website="https://harju.fi",
    )
    assert [(one.employer.id, one.same_by) for one in entered] == [
        (phone.id, SameBy.PHONE),
        (called.id, SameBy.PHONE),
        (site.id, SameBy.WEBSITE),
        (mail.id, SameBy.WEBSITE),
    ]


def test_mail_that_everybody_uses_does_not_make_two_employers_one(session: Session) -> None:
    staff = make_staff(session)
    for name in ("Kahvila Aamu", "Rakennus Virtanen"):
        make_contact(session, make_employer(session, staff.centre, name=name), email=f"{name[:3]}@gmail.com")
    assert likely_pairs(session, staff.centre_id) == []
