"""Reading and signing an agreement by personal link, and the PDF read back."""

import re
import sys
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.audit.models import AuditEntry
from placement.clock import utcnow
from placement.notifications.models import Message
from placement.placements.kinds import PartyRole
from placement.placements.links import make_placement_link
from placement.placements.models import Placement, PlacementLink
from placement.placements.parties import party_of
from placement.placements.states import PlacementState
from tests.support.factories.centres import make_staff
from tests.support.factories.placements import sent_placement, sign_as
from tests.support.factories.youths import make_youth
from tests.support.page import Page, PageClient
from tests.support.pdfs import ReadPdf

pytestmark = pytest.mark.database
P = PartyRole


def link_of(session: Session, placement: Placement, role: PartyRole) -> str:
    party = party_of(placement, role)
    assert party is not None
    token = make_placement_link(session, party, made_by_id=None)
    session.flush()
    return f"/p/{token}"


def test_everybody_reads_signs_with_their_name_and_the_placement_is_ready(page: PageClient, session: Session):
    placement = sent_placement(session, make_staff(session))
    addresses = [link_of(session, placement, role) for role in (P.PARTICIPANT, P.ORGANISER, P.AUTHORITY)]
    for address in addresses:
        shown = page.sign_out().get(address)
        assert "I want to find out whether I like repairing all day." in shown.text
        page.submit("Sign the agreement", status=422)
        shown = page.submit("Sign the agreement", has_read="y", name="Kalle Äijälä")
        assert "You have signed" in shown.text
        assert "Kalle Äijälä, by personal link" in shown.text
    session.expire_all()
    assert session.get_one(Placement, placement.id).state is PlacementState.READY


def test_an_identity_code_is_no_name(page: PageClient, session: Session):
    placement = sent_placement(session, make_staff(session))
    page.get(link_of(session, placement, P.ORGANISER))
    shown = page.submit("Sign the agreement", status=422, has_read="y", name="010190-123A")
    assert "Remove the personal identity code." in shown.text


def test_a_text_that_changed_while_it_was_read_is_shown_again_with_what_changed(page: PageClient, session: Session):
    sari = make_staff(session)
    placement = sent_placement(session, sari)
    address = link_of(session, placement, P.ORGANISER)
    page.get(address)
    read = page.page
    page.sign_in(sari).get(f"/placements/{placement.id}/edit")
    page.submit("Save", tasks="Sell bicycles too.")
    page.page = read
    shown = page.submit("Sign the agreement", status=409, has_read="y", name="Jari Sato")
    assert "The agreement has changed since you opened it" in shown.text
    assert "Sell bicycles too." in shown.select("section[aria-labelledby=changes]")[0].get_text()
    shown = page.submit("Sign the agreement", has_read="y", name="Jari Sato")
    assert "You have signed" in shown.text


def test_a_link_that_ended_was_withdrawn_or_is_made_up_opens_nothing(page: PageClient, session: Session):
    placement = sent_placement(session, make_staff(session))
    address = link_of(session, placement, P.ORGANISER)
    link = session.scalars(select(PlacementLink).order_by(PlacementLink.id.desc())).first()
    assert link is not None
    link.created_at, link.expires_at = utcnow() - timedelta(days=2), utcnow() - timedelta(days=1)
    shown = page.get(address, status=404)
    assert "This link does not work any more" in shown.text
    party = party_of(placement, P.ORGANISER)
    assert party is not None
    party.asked_at = utcnow() - timedelta(hours=3)
    before = len(session.scalars(select(Message)).all())
    page.submit("Send me a new link")
    assert len(session.scalars(select(Message)).all()) == before + 1
    page.get(address, status=404)
    page.submit("Send me a new link")  # again within the hour: nothing more is sent
    link.revoked_at = utcnow()
    page.get(address, status=404)
    page.submit("Send me a new link")
    assert len(session.scalars(select(Message)).all()) == before + 1
    page.get("/p/made-up", status=404)


def test_the_employer_sees_only_the_agreed_placement_and_the_look_is_logged(page: PageClient, session: Session):
    sari = make_staff(session)
    youth = make_youth(session, sari, phone="+358405559871", email="quokka@example.fi", protected_contact=True)
    placement = sent_placement(session, sari, youth=youth)
    address = link_of(session, placement, P.ORGANISER)
    shown = page.get(address)
    assert "Aino Koskela" in shown.text
    for hidden in ("5559871", "quokka@", "4.5.2007", "2007", "Rovaniemi,"):
        assert hidden not in shown.html
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "placement.agreement_read")).one()
    assert (entry.youth_id, entry.changes) == (youth.id, {"role": "organiser"})


def test_a_link_opens_no_other_placement_and_no_staff_page(page: PageClient, session: Session):
    placement = sent_placement(session, make_staff(session))
    page.get(link_of(session, placement, P.ORGANISER))
    assert page.client.get(f"/placements/{placement.id}").status_code == 303


@pytest.mark.parametrize(("language", "words"), [("fi", "Sopimus: työkokeilu"), ("sv", "Avtal: arbetsprövning")])
def test_the_pdf_read_back_has_language_tags_headings_and_every_text(
    page: PageClient, session: Session, language: str, words: str
):
    sari = make_staff(session)
    terms = {"goal": "Haluan tietää, pidänkö pyöristä: å ä ö Å Ä Ö", "tasks": "Korjaat pyöriä.\nPalvelet väkeä."}
    placement = sent_placement(session, sari, **terms)
    sign_as(session, placement, P.PARTICIPANT)
    page.sign_in(sari)
    response = page.client.get(f"/placements/{placement.id}/agreement.pdf?language={language}")
    assert response.mimetype == "application/pdf"
    read = ReadPdf(response.data)
    assert (read.language, read.title) == (language, words)
    assert read.is_accessible
    assert read.tags.count("/H1") == 1
    assert read.tags.count("/H2") >= 8
    assert "/TH" in read.tags
    shown = page.get(f"/placements/{placement.id}/agreement?language={language}")
    told = [line for part in shown.select("section.agreement") for line in part.stripped_strings]
    missing = [line for line in told if " ".join(line.split()) not in read.text]
    assert missing == []
    for line in (words, *terms["goal"].splitlines(), *terms["tasks"].splitlines(), "Pyöräpaja Sato", "Jari Sato"):
        assert line in read.text


def test_without_the_drawing_library_the_page_to_print_is_offered(
    page: PageClient, session: Session, monkeypatch: pytest.MonkeyPatch
):
    sari = make_staff(session)
    placement = sent_placement(session, sari)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    shown = page.sign_in(sari).get(f"/placements/{placement.id}/agreement.pdf", follow=True)
    assert "PDF files cannot be made on this machine" in shown.text
    assert shown.select("table.sign")


def test_a_worker_shows_the_link_as_a_picture_and_ends_it(page: PageClient, session: Session):
    sari = make_staff(session)
    placement = sent_placement(session, sari)
    party = party_of(placement, P.PARTICIPANT)
    assert party is not None
    page.sign_in(sari).get(f"/placements/{placement.id}")
    shown = Page(page.client.post(f"/placements/{placement.id}/parties/{party.id}/link", data=_token(page)))
    found = re.search(r"/p/[\w-]{22}", shown.html)
    assert found is not None
    page.get(found.group())
    page.sign_in(sari).get(f"/placements/{placement.id}")
    page.client.post(f"/placements/{placement.id}/parties/{party.id}/end-links", data=_token(page))
    page.get(found.group(), status=404)


def _token(page: PageClient) -> dict[str, str]:
    assert page.page is not None
    return {"csrf_token": str(page.page.select("input[name=csrf_token]")[0]["value"])}


def test_paper_is_recorded_from_the_page_of_the_placement(page: PageClient, session: Session):
    sari = make_staff(session)
    placement = sent_placement(session, sari)
    party = party_of(placement, P.ORGANISER)
    assert party is not None
    page.sign_in(sari).get(f"/placements/{placement.id}/parties/{party.id}/paper")
    page.submit("Record the signature", status=422, signed_where="")
    shown = page.submit("Record the signature", signed_where="At the shop")
    assert "Jari Sato, on paper" in shown.text
