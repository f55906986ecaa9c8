"""What a young person sees and does through a personal link."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import LinkPurpose, PersonalLink
from placement.accounts.personal_links import make_link
from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.jobseekers.models import OwnWords
from placement.notifications.models import Message
from placement.offers.models import OfferKind
from placement.offers.states import OfferState
from placement.suggestions.models import Suggestion, SuggestionEvent
from placement.suggestions.states import SuggestionState
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient


@pytest.fixture
def suggestion(session: Session) -> Suggestion:
    return make_suggestion(session)


def _place(session: Session, suggestion: Suggestion) -> str:
    token = make_link(
        session,
        centre_id=suggestion.centre_id,
        purpose=LinkPurpose.SUGGESTION,
        youth_id=suggestion.youth_id,
        object_id=suggestion.id,
    )
    return f"/me/place/{token}"


def _own_page(session: Session, suggestion: Suggestion) -> str:
    token = make_link(
        session, centre_id=suggestion.centre_id, purpose=LinkPurpose.MY_PAGE, youth_id=suggestion.youth_id
    )
    return f"/me/{token}"


def test_a_suggestion_tells_what_when_where_and_why(page: PageClient, session: Session, suggestion: Suggestion):
    suggestion.note = "I thought of you at once"
    opened = page.get(_place(session, suggestion))
    assert opened.heading == "A place for you?"
    assert "From Sari" in opened.text
    for words in (
        "Kahvila-apulainen",
        "Kahvila Aamu",
        "25 h a week",
        "in the same municipality, Rovaniemi",
        "No pay. If you get an unemployment benefit, it goes on, and you may get 9 € a day",
        "Henna, there the whole day",
        "You said: “I get along with different people”",
        "hygiene pass by the third month",
        "I thought of you at once",
        "Nothing about you is told to the employer without your yes.",
    ):
        assert words in opened.text
    assert " km" not in opened.text


def test_a_guessed_way_kept_with_an_old_suggestion_is_not_told(
    page: PageClient, session: Session, suggestion: Suggestion
):
    slots = {"minutes": 21, "kilometres": 5, "mode": "bicycle"}
    suggestion.reasons = [{"code": "close_by", "slots": slots}]
    opened = page.get(_place(session, suggestion))
    assert "Close by: in the same municipality" in opened.text
    assert "21" not in opened.text.partition("Why this one")[2].partition("Questions?")[0]


def test_a_yes_promises_only_a_talk_with_the_own_adult(page: PageClient, session: Session, suggestion: Suggestion):
    page.get(_place(session, suggestion))
    thanks = page.submit("I want to hear more").text
    promise = "Your own adult talks with you first. Nothing about you is told to the employer without your yes."
    assert thanks.count(promise) == 1


def test_opening_changes_nothing(page: PageClient, session: Session, suggestion: Suggestion):
    address = _place(session, suggestion)
    page.get(address)
    page.client.head(address)
    session.expire_all()
    assert suggestion.state is SuggestionState.SENT
    assert session.scalars(select(SuggestionEvent)).all() == []


@pytest.mark.parametrize(
    ("button", "state"),
    [
        ("I want to hear more", SuggestionState.INTERESTED),
        ("Not now", SuggestionState.NOT_NOW),
        ("Not for me", SuggestionState.NOT_FOR_ME),
    ],
)
def test_each_answer_is_kept_and_thanked(
    page: PageClient, session: Session, suggestion: Suggestion, button: str, state: SuggestionState
):
    page.get(_place(session, suggestion))
    thanks = page.submit(button)
    assert thanks.heading == "Thank you for your answer"
    assert suggestion.state is state
    assert "Did you change your mind?" in thanks.text


def test_a_change_of_mind_is_possible_and_the_last_answer_counts(
    page: PageClient, session: Session, suggestion: Suggestion
):
    page.get(_place(session, suggestion))
    page.submit("Not for me")
    page.submit("I want to hear more")
    assert suggestion.state is SuggestionState.INTERESTED


def test_two_answers_from_two_open_pages_do_not_clash(page: PageClient, session: Session, suggestion: Suggestion):
    address = _place(session, suggestion)
    first, second = page.get(address), page.get(address)
    page.page = first
    page.submit("Not now")
    page.page = second
    page.submit("I want to hear more")
    assert suggestion.state is SuggestionState.INTERESTED


def test_the_same_answer_sent_twice_acts_once(page: PageClient, session: Session, suggestion: Suggestion):
    opened = page.get(_place(session, suggestion))
    page.submit("Not now")
    page.page = opened
    page.submit("Not now")
    assert len(session.scalars(select(SuggestionEvent)).all()) == 1


def test_a_reason_is_optional_and_kept(page: PageClient, session: Session, suggestion: Suggestion):
    page.get(_place(session, suggestion))
    page.submit("Not for me")
    told = page.submit("Tell", reason="I do not like coffee")
    assert suggestion.answer_reason == "I do not like coffee"
    assert "Thank you for telling why." in told.flashes[0]
    assert "You told why: “I do not like coffee”" in told.text
    refused = page.submit("Tell", status=422, reason="131052-308T")
    assert refused.select("#reason-error")
    empty = page.submit("Tell", status=422, reason=" ")
    assert "Write a few words, or leave it." in empty.select("#reason-error")[0].get_text()
    assert not empty.select(".error-summary")
    assert suggestion.answer_reason == "I do not like coffee"


def test_a_place_that_has_gone_is_told_kindly(page: PageClient, session: Session, suggestion: Suggestion):
    opened = page.get(_place(session, suggestion))
    suggestion.offer.state = OfferState.WITHDRAWN
    suggestion.offer.ended_at = utcnow()
    page.page = opened
    gone = page.submit("I want to hear more")
    assert gone.heading == "This place has gone"
    assert "not because of you" in gone.text
    assert suggestion.state is SuggestionState.SENT


def test_a_withdrawn_suggestion_is_told_kindly(page: PageClient, session: Session):
    suggestion = make_suggestion(session, state=SuggestionState.WITHDRAWN)
    assert page.get(_place(session, suggestion)).heading == "This place has gone"


def test_a_veiled_employer_is_not_named(page: PageClient, session: Session, suggestion: Suggestion):
    suggestion.offer.employer_name_hidden = True
    suggestion.offer.street_area = "Kahvila Aamun talo"
    opened = page.get(_place(session, suggestion))
    assert "Kahvila Aamu" not in opened.text
    assert "Henna," not in opened.text


def test_protected_contact_sees_no_distance(page: PageClient, session: Session, suggestion: Suggestion):
    suggestion.youth.protected_contact = True
    assert " km" not in page.get(_place(session, suggestion)).text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (OfferKind.WORKSHOP_PLACE, "Ask us what you can get"),
        (OfferKind.VISIT, "a short visit"),
        (OfferKind.OPEN_JOB, "You get a wage."),
    ],
)
def test_the_money_is_told_plainly_for_each_kind(
    page: PageClient, session: Session, suggestion: Suggestion, kind: OfferKind, words: str
):
    suggestion.offer.kind = kind
    assert words in page.get(_place(session, suggestion)).text


def test_the_page_speaks_the_language_of_the_young_person(page: PageClient, session: Session, suggestion: Suggestion):
    suggestion.youth.language = "sv"
    assert page.get(_place(session, suggestion)).select("html")[0]["lang"] == "sv"


def test_the_own_page_gathers_what_is_mine(page: PageClient, session: Session, suggestion: Suggestion):
    youth = suggestion.youth
    suggestion.made_by.phone = "+358 40 765 4321"
    session.add(OwnWords(youth_id=youth.id, text="I bake buns", language="en", card_ids=["FOO02"]))
    session.add(OwnWords(youth_id=youth.id, text="I do not like cleaning", language="en"))
    actor = Actor.staff(suggestion.made_by)
    for action in ("youth.viewed", "youth.cards_answered", "suggestion.sent", "youth.something_new"):
        record(session, actor=actor, action=action, about=youth, youth_id=youth.id)
    opened = page.get(_own_page(session, suggestion))
    assert opened.heading == "Hi Aino!"
    for words in ("Kahvila-apulainen", "Waits for your answer", "I bake buns", "Sari", "+358 40 765 4321"):
        assert words in opened.text
    assert "“I do not like cleaning” not linked to a card yet" in opened.text
    assert "“I bake buns” not linked" not in opened.text
    looks = opened.text.partition("Who has looked at my data")[2]
    assert looks.endswith(
        "Sari Lahtinen · suggested a place Sari Lahtinen · changed your strengths or wishes "
        "Sari Lahtinen · looked at your page"
    )


def test_looks_stand_under_their_day_newest_first(page: PageClient, session: Session, suggestion: Suggestion):
    youth, actor = suggestion.youth, Actor.staff(suggestion.made_by)
    with time_machine.travel(datetime(2026, 11, 19, 10, 0, tzinfo=UTC)):
        record(session, actor=actor, action="youth.viewed", about=youth, youth_id=youth.id)
    with time_machine.travel(datetime(2026, 11, 20, 10, 0, tzinfo=UTC)):
        record(session, actor=actor, action="youth.viewed", about=youth, youth_id=youth.id)
    opened = page.get(_own_page(session, suggestion))
    days = [day.get_text() for day in opened.select("main h3.small")]
    assert days == ["Friday 20.11.2026", "Thursday 19.11.2026"]


def test_a_suggestion_can_be_answered_from_the_own_page(page: PageClient, session: Session, suggestion: Suggestion):
    opened = page.get(_own_page(session, suggestion))
    page.get(next(link for link in opened.links() if "/places/" in link))
    thanks = page.submit("I want to hear more")
    assert suggestion.state is SuggestionState.INTERESTED
    assert thanks.select(".back-link")
    page.submit("Tell", reason="because")
    assert suggestion.answer_reason == "because"


def test_anothers_suggestion_is_not_found_from_the_own_page(page: PageClient, session: Session, suggestion: Suggestion):
    other = make_suggestion(session, youth=make_youth(session, suggestion.made_by), made_by=suggestion.made_by)
    page.get(f"{_own_page(session, suggestion)}/places/{other.id}", status=404)


def test_a_link_opens_only_what_it_was_made_for(page: PageClient, session: Session, suggestion: Suggestion):
    own, place = _own_page(session, suggestion), _place(session, suggestion)
    page.get(own.replace("/me/", "/me/place/"), status=404)
    page.get(place.replace("/me/place/", "/me/"), status=404)


def test_nonsense_instead_of_an_answer_changes_nothing(page: PageClient, session: Session, suggestion: Suggestion):
    address = _place(session, suggestion)
    page.get(address)
    form, _button = page._find_form("Not now", None)
    token = form.find("input", attrs={"name": "csrf_token"})["value"]
    for answer in ("withdraw", "nonsense", ""):
        response = page.client.post(f"{address}/answer", data={"csrf_token": token, "answer": answer})
        assert response.status_code == 400
    session.expire_all()
    assert suggestion.state is SuggestionState.SENT


def test_an_old_link_offers_a_new_one_to_the_known_address(page: PageClient, session: Session, suggestion: Suggestion):
    address, phone = _place(session, suggestion), suggestion.youth.phone
    session.flush()
    link = session.scalars(select(PersonalLink)).one()
    link.created_at, link.expires_at = utcnow() - timedelta(days=40), utcnow() - timedelta(days=1)
    over = page.get(address, status=404)
    assert "does not work any more" in over.heading
    sent = page.submit("Send me a new link")
    assert sent.heading == "Look at your messages"
    message = session.scalars(select(Message)).one()
    assert message.address == phone
    assert len(message.text) <= 160
    new_address = next(word for word in message.text.split() if word.startswith("http://sauma.test"))
    assert page.get(new_address.removeprefix("http://sauma.test")).heading == "A place for you?"


def test_the_answer_is_the_same_for_an_unknown_link(page: PageClient, session: Session):
    page.get("/me/place/abcdefghijklmnopqrstuv", status=404)
    assert page.submit("Send me a new link").heading == "Look at your messages"
    assert session.scalars(select(Message)).all() == []


def test_a_link_taken_back_by_a_worker_stays_closed(page: PageClient, session: Session, suggestion: Suggestion):
    address = _own_page(session, suggestion)
    session.flush()
    session.scalars(select(PersonalLink)).one().revoked_at = utcnow()
    page.get(address, status=404)
    page.submit("Send me a new link")
    assert session.scalars(select(Message)).all() == []


def test_only_one_new_link_an_hour_is_sent(page: PageClient, session: Session, suggestion: Suggestion):
    address = _own_page(session, suggestion)
    session.flush()
    session.scalars(select(PersonalLink)).one().expires_at = utcnow() + timedelta(microseconds=1)
    for _time in range(2):
        page.get(address, status=404)
        page.submit("Send me a new link")
    assert len(session.scalars(select(Message)).all()) == 1


def test_the_language_switch_keeps_the_reason(page: PageClient, session: Session, suggestion: Suggestion):
    page.get(_place(session, suggestion))
    page.submit("Not for me")
    switched = page.submit("FI Suomi", status=422, reason="Too far")
    assert switched.select("html")[0]["lang"] == "fi"
    assert switched.select("#reason")[0]["value"] == "Too far"
    assert suggestion.answer_reason == ""
