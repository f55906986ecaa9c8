"""How a list came about: for the worker who saw it and for an auditor."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.audit.models import AuditEntry
from placement.jobseekers.models import Youth
from placement.offers.models import Offer
from placement.suggestions.decisions.models import ListRecord
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_employer, make_offer
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def aino(session: Session, sari: Staff) -> Youth:
    youth = make_youth(session, sari, cards={"FOO01": "yes", "PEO16": "yes"}, day_parts={"night": False})
    youth.one_adult = sari
    return youth


@pytest.fixture
def offers(session: Session, sari: Staff) -> list[Offer]:
    employer = make_employer(session, sari.centre)
    return [make_offer(session, employer, title="Café helper"), make_offer(session, employer, day_parts=["night"])]


def test_a_worker_sees_how_the_list_was_made_and_makes_it_again(
    page: PageClient, session: Session, sari: Staff, aino: Youth, offers: list[Offer]
):
    page.sign_in(sari)
    page.get(f"/young-people/{aino.id}/suggestions")
    opened = page.get(f"/young-people/{aino.id}/suggestions/how-made")
    assert "Café helper" in opened.text
    assert "Aino K." in opened.text
    assert "day-parts" in opened.text
    again = page.get(f"/young-people/{aino.id}/suggestions/how-made?again=1")
    assert "exactly the same list" in again.text


def test_there_is_nothing_to_see_before_a_list(page: PageClient, sari: Staff, aino: Youth):
    page.sign_in(sari)
    page.get(f"/young-people/{aino.id}/suggestions/how-made", status=404)


def test_an_auditor_sees_the_lists_without_names_and_the_look_is_logged(
    page: PageClient, session: Session, sari: Staff, aino: Youth, offers: list[Offer]
):
    page.sign_in(sari)
    page.get(f"/young-people/{aino.id}/suggestions")
    record = session.scalars(select(ListRecord)).one()
    page.sign_in(make_staff(session, sari.centre, Role.AUDITOR, first_name="Anneli"))
    listed = page.get("/service/lists")
    assert f"Young person {aino.id}" in listed.text
    opened = page.get(f"/service/lists/{record.id}?again=1")
    assert "exactly the same list" in opened.text
    assert "Aino" not in opened.text
    looks = session.scalars(select(AuditEntry).where(AuditEntry.action == "list.viewed")).all()
    assert [look.youth_id for look in looks] == [aino.id]


def test_others_may_not_and_another_centre_finds_nothing(
    page: PageClient, session: Session, sari: Staff, aino: Youth, offers: list[Offer]
):
    page.sign_in(sari)
    page.get(f"/young-people/{aino.id}/suggestions")
    record = session.scalars(select(ListRecord)).one()
    page.get("/service/lists", status=403)
    elsewhere = make_centre(session)
    page.sign_in(make_staff(session, elsewhere, Role.AUDITOR, first_name="Anneli"))
    page.get(f"/service/lists/{record.id}", status=404)
    assert "No list has been shown yet" in page.get("/service/lists").text
