"""The papers of a placement: each file holds what the page to print holds, and a screen reader finds its way in it."""

import sys
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy.orm import Session

from placement.audit.services import Actor
from placement.placements.attendance.models import DayMark
from placement.placements.attendance.services import mark_day
from placement.placements.closing.models import ClosingView
from placement.placements.kinds import PartyRole, PlacementKind
from placement.placements.packs.services import begin_pack
from placement.placements.states import PlacementState
from tests.support.factories.centres import make_staff
from tests.support.factories.placements import make_placement, whole_placement
from tests.support.factories.support import link_of, set_state
from tests.support.page import PageClient
from tests.support.pdfs import ReadPdf

pytestmark = pytest.mark.database


@pytest.fixture
def papers(session: Session):
    """The addresses of a job whose month, pack and certificate have something in them."""
    with time_machine.travel(datetime(2026, 11, 25, 10, tzinfo=UTC), tick=False):
        sari = make_staff(session)
        job = make_placement(
            session, sari, starts_on=date(2026, 9, 28), kind=PlacementKind.WAGE_SUBSIDY_JOB, tasks="Pyöriä, å ä ö"
        )
        begin_pack(session, job, actor=Actor.staff(sari))
        whole = whole_placement(session, set_state(session, job, PlacementState.RUNNING))
        mark_day(session, whole, on=date(2026, 11, 24), mark=DayMark.ABSENT, actor=Actor.staff(sari))
        session.add(
            ClosingView(
                placement_id=job.id,
                role=PartyRole.ORGANISER,
                card_ids=["CAR03"],
                given_at=datetime(2026, 11, 25, tzinfo=UTC),
                given_by="employer",
            )
        )
        session.flush()
        staff, own = f"/placements/{job.id}", f"/at-work/{link_of(session, job, PartyRole.PARTICIPANT)}"
        yield {
            "pack": (sari, f"{staff}/pack/print", f"{staff}/pack.pdf"),
            "month": (sari, f"{staff}/attendance/print", f"{staff}/attendance.pdf"),
            "certificate": (sari, f"{staff}/certificate", f"{staff}/certificate.pdf"),
            "own month": (None, f"{own}/days", f"{own}/days.pdf"),
            "own certificate": (None, f"{own}/certificate", f"{own}/certificate.pdf"),
        }


def test_every_file_says_what_its_page_says_in_the_language_asked_for(page: PageClient, papers):
    for name, (staff, print_address, address) in papers.items():
        if staff is not None:
            page.sign_in(staff)
        language = "sv" if name == "month" else "fi"
        page.speak(language)
        shown = page.get(print_address)
        told = [line for part in shown.select("section.sheet") for line in part.stripped_strings]
        response = page.client.get(f"{address}?language={language}")
        assert response.mimetype == "application/pdf", name
        read = ReadPdf(response.data)
        assert (read.language, read.is_accessible, read.tags.count("/H1")) == (language, True, 1), name
        assert read.title
        assert [line for line in told if " ".join(line.split()) not in read.text] == [], name
        if "month" in name:
            assert "/TH" in read.tags


def test_where_no_file_can_be_drawn_the_page_to_print_is_offered(
    page: PageClient, papers, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    staff, print_address, address = papers["month"]
    page.sign_in(staff).get(address, follow=True)
    assert "PDF files cannot be made on this machine" in page.page.text
    assert page.client.get(address).headers["Location"].startswith(print_address)
