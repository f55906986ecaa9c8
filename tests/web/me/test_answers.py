"""Answering: undo for a while, a reason in one tap, three places at a time, and what a reason does later."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from placement.accounts.models import LinkPurpose
from placement.accounts.personal_links import make_link
from placement.clock import utcnow
from placement.jobseekers.models import Youth
from placement.suggestions.heard import heard_before
from placement.suggestions.models import AnswerReason, Suggestion
from placement.suggestions.queries import suggestions_of_youth
from placement.suggestions.states import SuggestionState
from tests.support.factories.employers import make_employer, make_offer
from tests.support.factories.suggestions import make_suggestion
from tests.support.page import PageClient

pytestmark = pytest.mark.database


@pytest.fixture
def suggestion(session: Session) -> Suggestion:
    return make_suggestion(session)


def my_page(session: Session, youth: Youth) -> str:
    token = make_link(session, centre_id=youth.centre_id, purpose=LinkPurpose.MY_PAGE, youth_id=youth.id)
    return f"/me/{token}"


def place(session: Session, suggestion: Suggestion) -> str:
    return f"{my_page(session, suggestion.youth)}/places/{suggestion.id}"


@pytest.mark.parametrize("answer", ["I want to hear more", "Not now", "Not for me"])
def test_every_answer_can_be_undone_for_a_while(
    page: PageClient, session: Session, suggestion: Suggestion, answer: str
) -> None:
    page.get(place(session, suggestion))
    page.submit(answer)
    undone = page.submit("Undo")
    assert undone.heading == "A place for you?"
    assert undone.flashes == ["Done: Your answer was taken back."]
    assert (suggestion.state, suggestion.answered_at) == (SuggestionState.SENT, None)


def test_undo_is_gone_after_half_an_hour_but_the_answer_can_change(
    page: PageClient, session: Session, suggestion: Suggestion
) -> None:
    address = place(session, suggestion)
    page.get(address)
    fresh = page.submit("Not for me")
    with time_machine.travel(utcnow() + timedelta(minutes=31), tick=False):
        page.page = fresh
        late = page.submit("Undo")
        assert "too late to undo" in late.flashes[0]
        assert not [button for button in late.select("button") if button.get_text() == "Undo"]
        page.submit("I want to hear more")
    assert suggestion.state is SuggestionState.INTERESTED


def test_undo_is_gone_when_a_worker_has_acted(page: PageClient, session: Session, suggestion: Suggestion) -> None:
    address = place(session, suggestion)
    page.get(address)
    page.submit("I want to hear more")
    suggestion.followed_up_at = utcnow()
    shown = page.get(address)
    assert "Undo" not in shown.text


def test_two_taps_on_undo_take_back_one_answer(page: PageClient, session: Session, suggestion: Suggestion) -> None:
    page.get(place(session, suggestion))
    answered = page.submit("Not now")
    page.submit("Undo")
    page.page = answered
    page.submit("Undo")
    assert suggestion.state is SuggestionState.SENT


def test_a_reason_is_one_tap_and_only_after_a_no(page: PageClient, session: Session, suggestion: Suggestion) -> None:
    page.get(place(session, suggestion))
    yes = page.submit("I want to hear more")
    assert "Too far away" not in yes.text
    page.submit("Not now")
    told = page.submit("Too far away")
    assert suggestion.reason_code is AnswerReason.TOO_FAR
    assert "You told why: “Too far away”" in told.text
    page.submit("I want to hear more")
    assert suggestion.reason_code is None


def test_a_made_up_reason_is_refused(page: PageClient, session: Session, suggestion: Suggestion) -> None:
    address = place(session, suggestion)
    page.get(address)
    page.submit("Not now")
    form, _button = page._find_form("Too far away", None)
    token = form.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    response = page.client.post(f"{address}/reason", data={"csrf_token": token, "code": "lazy"})
    assert response.status_code == 400


def test_three_places_wait_at_a_time(page: PageClient, session: Session, suggestion: Suggestion) -> None:
    youth, employer = suggestion.youth, make_employer(session, suggestion.made_by.centre)
    for number in range(4):
        offer = make_offer(session, employer, title=f"Place {number}")
        make_suggestion(session, youth=youth, offer=offer, made_by=suggestion.made_by)
    shown = page.get(my_page(session, youth))
    assert shown.text.count("Waits for your answer") == 3
    assert "2 more come when you have answered these." in shown.text


@pytest.mark.parametrize(
    ("reason", "same", "other"),
    [
        (AnswerReason.TASKS, {"task_family": "T11"}, {"task_family": "T50"}),
        (AnswerReason.HOURS, {"day_parts": ["evening"]}, {"day_parts": ["morning"]}),
        (AnswerReason.TOO_FAR, {"municipality_code": "564"}, {"municipality_code": "698"}),
        (AnswerReason.SOMETHING_ELSE, None, {"task_family": "T11", "day_parts": ["evening"]}),
    ],
)
def test_a_reason_is_heard_beside_similar_places_only(
    session: Session, suggestion: Suggestion, reason: AnswerReason, same: dict[str, object], other: dict[str, object]
) -> None:
    first = suggestion.offer
    first.task_family, first.day_parts, first.municipality_code = "T11", ["evening"], "564"  # far from Rovaniemi
    suggestion.state, suggestion.answered_at = SuggestionState.NOT_NOW, utcnow()
    suggestion.reason_code = reason
    employer = make_employer(session, suggestion.made_by.centre, name="Another")
    offers = [
        make_offer(session, employer, title=f"{number}", **(values or {}))
        for number, values in enumerate((same, other))
        if values is not None
    ]
    session.flush()
    heard = heard_before(suggestion.youth, suggestions_of_youth(session, suggestion.youth_id), offers)
    assert set(heard) == ({offers[0].id} if same else set())


def test_the_worker_reads_the_reason_beside_similar_places(
    page: PageClient, session: Session, suggestion: Suggestion
) -> None:
    suggestion.offer.task_family = "T11"
    suggestion.state, suggestion.answered_at = SuggestionState.NOT_FOR_ME, utcnow()
    suggestion.reason_code = AnswerReason.TASKS
    make_offer(session, make_employer(session, suggestion.made_by.centre), title="Kahvilassa", task_family="T11")
    shown = page.sign_in(suggestion.made_by).get(f"/young-people/{suggestion.youth_id}/suggestions")
    assert "Aino said of “Kahvila-apulainen”: “The work is not for me”. Ask if it holds here too." in shown.text


def test_a_reason_moves_no_other_place(page: PageClient, session: Session, suggestion: Suggestion) -> None:
    employer = make_employer(session, suggestion.made_by.centre)
    for number in range(5):
        make_offer(session, employer, title=f"Kahvila {number}", task_family="T11")
    address = f"/young-people/{suggestion.youth_id}/suggestions"

    def order() -> list[str]:
        titles = [title.get_text() for title in page.sign_in(suggestion.made_by).get(address).select("article h3")]
        return [title for title in titles if title != suggestion.offer.title]

    before = order()
    suggestion.state, suggestion.answered_at = SuggestionState.NOT_NOW, utcnow()
    for reason in AnswerReason:
        suggestion.reason_code = reason
        session.flush()
        assert order() == before, reason
