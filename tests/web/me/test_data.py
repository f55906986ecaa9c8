"""A young person's own data and choices through their link, and what the worker does with what they ask."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import LinkPurpose, Staff
from placement.accounts.personal_links import make_link
from placement.jobseekers.models import Consent, OwnWords, RequestKind, StrengthEvidence, Youth, YouthRequest
from placement.jobseekers.states import ConsentState, RequestState
from placement.notifications.models import Channel
from tests.support.factories.centres import make_staff
from tests.support.factories.messages import make_message
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient

pytestmark = pytest.mark.database


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def aino(session: Session, sari: Staff) -> Youth:
    return make_youth(session, sari, cards={"FOO01": "yes", "ENV02": "cannot"})


@pytest.fixture
def own(session: Session, aino: Youth) -> str:
    token = make_link(session, centre_id=aino.centre_id, purpose=LinkPurpose.MY_PAGE, youth_id=aino.id)
    return f"/me/{token}"


def test_the_own_page_tells_when_my_adult_can_be_called(page: PageClient, sari: Staff, own: str) -> None:
    sari.phone = "+358 40 765 4321"
    page.sign_in(sari).get("/account")
    page.submit(form="main-form", phone_hours="Mon–Thu 9–15")
    assert "+358 40 765 4321 Mon–Thu 9–15" in page.sign_out().get(own).text


def test_a_permission_is_asked_answered_and_taken_back(
    page: PageClient, session: Session, sari: Staff, aino: Youth, own: str
) -> None:
    page.sign_in(sari).get(f"/young-people/{aino.id}/consents")
    refused = page.submit("Ask the young person", status=422, to_whom="", why="", until="1.1.2020")
    assert len(refused.errors) == 4
    page.submit(
        "Ask the young person", items=["name", "strengths"], to_whom="School", why="To plan studies", until="1.6.2199"
    )
    assert "Ohjaamo asks for your permission" in page.sign_out().get(own).text
    shown = page.get(f"{own}/data")
    assert "Ohjaamo may tell School about me: name, strengths and wishes." in shown.text
    page.submit("Yes, you may")
    page.submit("Take it back")
    consent = session.scalars(select(Consent)).one()
    assert consent.state is ConsentState.WITHDRAWN
    assert consent.withdrawn_at is not None
    assert "Taken back" in page.sign_in(sari).get(f"/young-people/{aino.id}/consents").text


def test_a_made_up_step_is_refused(page: PageClient, session: Session, sari: Staff, aino: Youth, own: str) -> None:
    test_a_permission_is_asked_answered_and_taken_back(page, session, sari, aino, own)
    consent = session.scalars(select(Consent)).one()
    page.sign_out().get(f"{own}/data")
    form, _button = page._find_form("Save", None)
    token = form.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    for step, status in {"steal": 400, "give": 303}.items():
        response = page.client.post(f"{own}/consents/{consent.id}", data={"csrf_token": token, "step": step})
        assert response.status_code == status
    session.expire_all()
    assert consent.state is ConsentState.WITHDRAWN
    assert page.client.post(f"{own}/consents/99999", data={"csrf_token": token, "step": "give"}).status_code == 404


def test_language_channel_and_break_are_my_choice(page: PageClient, session: Session, aino: Youth, own: str) -> None:
    shown = page.get(f"{own}/data")
    offered = [option["value"] for option in shown.select("#channel option")]
    assert offered == ["sms", "none"], "no e-mail is known"
    page.submit(form="messages-form", language="sv", channel="none")
    assert (aino.language, aino.channel) == ("sv", Channel.NONE)
    page.speak("en").get(f"{own}/data")
    page.submit("Take a break from suggestions")
    assert aino.paused_on is not None
    assert "You have a break from suggestions." in page.get(own).text
    page.submit("End the break")
    assert aino.paused_on is None


def test_everything_can_be_read_and_taken_as_a_file(page: PageClient, session: Session, aino: Youth, own: str) -> None:
    link = "http://sauma.test/me/place/abcdefghijklmnopqrstuvwx"
    make_message(session, centre_id=aino.centre_id, youth_id=aino.id, subject="", text=f"Look: {link}")
    for address in ("my-data", "messages"):
        shown = page.get(f"{own}/{address}")
        assert "Look: http://sauma.test/me/place/…" in shown.text
        assert "abcdefghijklmnopqrstuvwx" not in shown.html
    assert "I cook" in page.get(f"{own}/my-data").text
    response = page.client.get(f"{own}/my-data.json")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Cache-Control"] == "no-store"
    tables = json.loads(response.text)["tables"]
    assert tables["youth"][0]["first_name"] == "Aino"
    assert {row["card_id"] for row in tables["strength_answer"]} == {"FOO01", "ENV02"}


def test_own_words_are_understood_and_corrected(page: PageClient, session: Session, own: str) -> None:
    page.get(f"{own}/strengths")
    meaning = page.submit("Add own words", text="I bake cakes for my friends")
    assert "I bake" in meaning.text
    page.submit("That is right", linked=[])
    assert session.scalars(select(OwnWords)).one().card_ids == []
    assert "not linked to a card yet" in page.get(f"{own}/strengths").text
    page.get(page.page.links()[-1] if page.page else "")
    page.submit("Remove these words")
    assert session.scalars(select(OwnWords)).all() == []


@pytest.mark.parametrize("text", ["My code is 131052-308T", "Pay to FI21 1234 5600 0007 85"])
def test_identity_codes_and_accounts_are_refused_in_every_free_text(
    page: PageClient, session: Session, own: str, text: str
) -> None:
    page.get(f"{own}/strengths")
    assert "is not kept here" in page.submit("Add own words", status=422, text=text).text
    page.get(f"{own}/strengths")
    assert "is not kept here" in page.submit("Add", status=422, place="home", told=text, seen_by=text).text
    page.get(f"{own}/data")
    assert "is not kept here" in page.submit(form="correct-form", status=422, correction=text).text
    assert session.scalars(select(StrengthEvidence)).all() == []


def test_a_strength_tells_where_it_showed_and_who_saw_it(page: PageClient, session: Session, own: str) -> None:
    shown = page.get(f"{own}/strengths")
    assert [option["value"] for option in shown.select("#card_id option")] == ["FOO01"], "a wish has no evidence"
    told = page.submit("Add", place="military", told="Field kitchen", seen_by="Lieutenant")
    assert "Military or civilian service Field kitchen seen by Lieutenant" in told.text
    page.submit("Remove")
    assert session.scalars(select(StrengthEvidence)).all() == []


def test_a_correction_reaches_the_worker_and_the_answer_comes_back(
    page: PageClient, session: Session, sari: Staff, own: str
) -> None:
    page.get(f"{own}/data")
    page.submit(form="correct-form", correction="My number is new")
    today = page.sign_in(sari).get("/today")
    assert "Aino K. asks: Correct something" in today.text
    page.get(next(link for link in today.links() if "/requests/" in link))
    page.submit("It is corrected", answer="Changed, thank you!")
    assert "Changed, thank you!" in page.sign_out().get(f"{own}/data").text
    assert session.scalars(select(YouthRequest.state)).one() is RequestState.DONE


def test_deletion_is_asked_done_by_a_worker_and_the_link_closes(
    page: PageClient, session: Session, sari: Staff, aino: Youth, own: str
) -> None:
    number = aino.id
    page.get(f"{own}/data")
    page.submit(form="erase-form", status=422)
    page.get(f"{own}/data")
    page.submit(form="erase-form", understood="y")
    today = page.sign_in(sari).get("/today")
    page.get(next(link for link in today.links() if "/requests/" in link))
    page.get(page.page.links()[1] if page.page else "")
    page.submit("Erase everything for good", status=422)
    done = page.submit("Erase everything for good", sure="y")
    assert done.flashes == ["Done: Everything was erased."]
    page.get(f"/young-people/{number}", status=404)
    page.sign_out().get(own, status=404)
    assert session.get_one(Youth, number).erased_at is not None


def test_a_request_can_be_taken_back(page: PageClient, session: Session, own: str) -> None:
    page.get(f"{own}/data")
    page.submit(form="erase-form", understood="y")
    page.submit("Take it back")
    asked = session.scalars(select(YouthRequest)).one()
    assert (asked.kind, asked.state) == (RequestKind.ERASE, RequestState.TAKEN_BACK)


def test_only_a_named_worker_may_ask_answer_or_erase(
    page: PageClient, session: Session, sari: Staff, aino: Youth, own: str
) -> None:
    page.get(f"{own}/data")
    page.submit(form="erase-form", understood="y")
    other = make_staff(session, sari.centre)
    asked = session.scalars(select(YouthRequest)).one()
    page.sign_in(other)
    for path in ("consents", f"requests/{asked.id}", f"requests/{asked.id}/erase"):
        response = page.client.get(f"/young-people/{aino.id}/{path}")
        assert response.status_code in {303, 403}, path
