"""From one's own page onward to a placement and a recruitment day, and what a worker sees of the evidence."""

import pytest
from sqlalchemy.orm import Session

from placement.accounts.models import LinkPurpose, Staff
from placement.accounts.personal_links import make_link
from placement.audit.services import Actor
from placement.jobseekers.evidence import add_evidence
from placement.jobseekers.models import EvidencePlace, Youth
from tests.support.factories.centres import make_staff
from tests.support.factories.days import invite, make_open_day
from tests.support.factories.placements import make_placement, sent_placement
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.requests import form_token


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def aino(session: Session, sari: Staff) -> Youth:
    return make_youth(session, sari, cards={"PEO01": "yes"})


def _own_page(session: Session, youth: Youth) -> str:
    return "/me/" + make_link(session, centre_id=youth.centre_id, purpose=LinkPurpose.MY_PAGE, youth_id=youth.id)


def test_own_page_leads_to_the_agreement_and_to_the_day_but_never_to_those_of_others(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    sent_placement(session, sari, youth=aino)
    planned = make_placement(session, sari, youth=aino)
    other = make_youth(session, sari, first_name="Onni")
    foreign = sent_placement(session, sari, youth=other)
    mine, theirs = invite(session, make_open_day(session, sari), aino, other, by=sari)
    address = _own_page(session, aino)
    shown = page.get(address)
    assert len(shown.select("#placements form")) == 1, "what is only planned has nothing to read yet"
    assert page.submit("Read the agreement").heading.startswith("Agreement")
    page.get(address)
    assert page.submit("See and answer").status == 200
    shown = page.get(address)
    token = form_token(page)
    for path in (f"placements/{foreign.id}", f"placements/{planned.id}", f"days/{theirs.id}", f"days/{mine.id + 99}"):
        assert page.client.post(f"{address}/{path}", data={"csrf_token": token}).status_code == 404


def test_workers_see_where_strengths_have_shown(page: PageClient, session: Session, sari: Staff, aino: Youth) -> None:
    add_evidence(
        session,
        aino,
        card_id="PEO01",
        place=EvidencePlace.HOBBY,
        told="I coach the juniors",
        seen_by="coach, Mika",
        actor=Actor.youth(aino.id, aino.centre_id),
    )
    page.sign_in(sari)
    for path in ("", "/strengths"):
        shown = page.get(f"/young-people/{aino.id}{path}").text
        assert "Where they have shown" in shown
        assert "I coach the juniors" in shown
        assert "seen by coach, Mika" in shown
