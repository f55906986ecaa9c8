"""Sending, answering and withdrawing suggestions."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import LinkPurpose, PersonalLink
from placement.audit.models import AuditEntry
from placement.audit.services import Actor
from placement.clock import today_in_helsinki
from placement.errors import DomainError, TransitionNotAllowed
from placement.jobseekers.models import Youth
from placement.jobseekers.queries import get_youth_with_profile
from placement.notifications.delivery import begin_try, claim
from placement.notifications.models import Channel, Message, MessageState
from placement.notifications.sms_text import shortened
from placement.offers.models import Offer
from placement.offers.states import OfferState
from placement.suggestions.adapter import OneFit, fit_of
from placement.suggestions.messages import LONGEST_SMS_NAME, suggestion_sent
from placement.suggestions.models import Suggestion, SuggestionEvent
from placement.suggestions.services import (
    SentSuggestion,
    answer_suggestion,
    close_suggestion,
    explain_answer,
    follow_up_suggestion,
    send_suggestion,
    undo_answer,
    withdraw_suggestion,
)
from placement.suggestions.states import SuggestionAction, SuggestionState
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_employer, make_offer
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth

S, A = SuggestionState, SuggestionAction
# Written by hand from the description of the life of a suggestion, not read from the table of the code.
EXPECTED = {
    (S.SENT, A.HEAR_MORE): S.INTERESTED,
    (S.SENT, A.NOT_NOW): S.NOT_NOW,
    (S.SENT, A.NOT_FOR_ME): S.NOT_FOR_ME,
    (S.SENT, A.WITHDRAW): S.WITHDRAWN,
    (S.INTERESTED, A.HEAR_MORE): S.INTERESTED,
    (S.INTERESTED, A.NOT_NOW): S.NOT_NOW,
    (S.INTERESTED, A.NOT_FOR_ME): S.NOT_FOR_ME,
    (S.INTERESTED, A.WITHDRAW): None,
    (S.NOT_NOW, A.HEAR_MORE): S.INTERESTED,
    (S.NOT_NOW, A.NOT_NOW): S.NOT_NOW,
    (S.NOT_NOW, A.NOT_FOR_ME): S.NOT_FOR_ME,
    (S.NOT_NOW, A.WITHDRAW): S.WITHDRAWN,
    (S.NOT_FOR_ME, A.HEAR_MORE): S.INTERESTED,
    (S.NOT_FOR_ME, A.NOT_NOW): S.NOT_NOW,
    (S.NOT_FOR_ME, A.NOT_FOR_ME): S.NOT_FOR_ME,
    (S.NOT_FOR_ME, A.WITHDRAW): None,
    (S.WITHDRAWN, A.HEAR_MORE): None,
    (S.WITHDRAWN, A.NOT_NOW): None,
    (S.WITHDRAWN, A.NOT_FOR_ME): None,
    (S.WITHDRAWN, A.WITHDRAW): None,
    (S.SENT, A.CLOSE): S.WITHDRAWN,
    (S.INTERESTED, A.CLOSE): S.WITHDRAWN,
    (S.NOT_NOW, A.CLOSE): S.WITHDRAWN,
    (S.NOT_FOR_ME, A.CLOSE): None,
    (S.WITHDRAWN, A.CLOSE): None,
    (S.SENT, A.UNDO): None,
    (S.INTERESTED, A.UNDO): S.SENT,
    (S.NOT_NOW, A.UNDO): S.SENT,
    (S.NOT_FOR_ME, A.UNDO): S.SENT,
    (S.WITHDRAWN, A.UNDO): None,
}


def _fit_of(session: Session, youth: Youth, offer: Offer) -> OneFit:
    get_youth_with_profile(session, youth.id, youth.centre_id)
    found = fit_of(session, youth, offer)
    assert found is not None
    return found


def _take(session: Session, suggestion: Suggestion, action: SuggestionAction) -> None:
    if action is A.WITHDRAW:
        withdraw_suggestion(session, suggestion, actor=Actor.staff(suggestion.made_by))
    elif action is A.CLOSE:
        close_suggestion(session, suggestion, actor=Actor.staff(suggestion.made_by))
    elif action is A.UNDO:
        undo_answer(session, suggestion, actor=Actor.youth(suggestion.youth_id, suggestion.centre_id))
    else:
        answer_suggestion(session, suggestion, action, actor=Actor.youth(suggestion.youth_id, suggestion.centre_id))


def _send(session: Session, **values: object) -> SentSuggestion:
    sari = make_staff(session)
    youth = make_youth(session, sari, **values)
    offer = make_offer(session, make_employer(session, sari.centre))
    found = _fit_of(session, youth, offer)
    assert found.fit is not None
    return send_suggestion(
        session,
        youth=youth,
        offer=offer,
        fit=found.fit,
        considered=found.considered,
        versions=found.versions,
        note="Think about it",
        sender=sari,
        actor=Actor.staff(sari),
    )


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("action", list(A))
def test_every_step_from_every_state(session: Session, state: SuggestionState, action: SuggestionAction):
    suggestion = make_suggestion(session, state=state)
    target = EXPECTED[state, action]
    if target is None:
        with pytest.raises(TransitionNotAllowed):
            _take(session, suggestion, action)
        target = state
    else:
        _take(session, suggestion, action)
    session.flush()
    assert suggestion.state is target
    events = session.scalars(select(SuggestionEvent)).all()
    assert len(events) == (0 if target is state else 1)


def test_sending_keeps_the_reasons_and_tells_the_young_person(session: Session):
    sent = _send(session, cards={"FOO01": "yes"})
    assert sent.is_on_its_way
    assert sent.suggestion.state is S.SENT
    assert sent.suggestion.checks
    assert set(sent.suggestion.versions) == {"engine", "weights", "vocabulary", "rules"}
    message = session.scalars(select(Message)).one()
    assert sent.address in message.text
    assert message.channel is Channel.SMS
    link = session.scalars(select(PersonalLink)).one()
    assert (link.purpose, link.object_id) == (LinkPurpose.SUGGESTION, sent.suggestion.id)
    actions = set(session.scalars(select(AuditEntry.action)))
    assert actions == {"suggestion.sent", "suggestion.link_made"}


def test_without_a_channel_no_message_goes_out(session: Session):
    sent = _send(session, channel=Channel.NONE, phone="")
    assert not sent.is_on_its_way
    assert session.scalars(select(Message)).all() == []


def test_the_text_message_fits_in_one_part(session: Session):
    sari = make_staff(session, first_name="Żółć-Maximiliana Alexandra")
    youth = make_youth(session, sari)
    address = "https://sauma.kivilampi-kaupunki.example.fi/me/place/" + "x" * 22
    for language in ("fi", "sv", "en"):
        youth.language = language
        message = suggestion_sent(
            session, youth=youth, suggestion_id=len(language), title="Café", sender=sari.first_name, address=address
        )
        assert message is not None
        assert len(message.text) <= 160
        assert address in message.text
        break_words = message.text.replace(address, "").replace("ä", "a").replace("ö", "o").replace("å", "a")
        assert break_words.isascii(), break_words


def test_a_name_for_a_text_message_is_short_and_plain():
    assert shortened("Żaneta", LONGEST_SMS_NAME) == "Zaneta"
    assert shortened("Päivi", LONGEST_SMS_NAME) == "Päivi"
    assert len(shortened("Maximiliana-Alexandrina", LONGEST_SMS_NAME)) <= LONGEST_SMS_NAME


@pytest.mark.parametrize("state", [OfferState.SUBMITTED, OfferState.FILLED, OfferState.WITHDRAWN, OfferState.EXPIRED])
def test_an_offer_that_is_not_open_cannot_be_suggested(session: Session, state: OfferState):
    sari = make_staff(session)
    youth = make_youth(session, sari)
    employer = make_employer(session, sari.centre)
    found = _fit_of(session, youth, make_offer(session, employer))
    assert found.fit is not None
    with pytest.raises(DomainError, match="offer_not_open"):
        send_suggestion(
            session,
            youth=youth,
            offer=make_offer(session, employer, state=state),
            fit=found.fit,
            considered=found.considered,
            versions=found.versions,
            note="",
            sender=sari,
            actor=Actor.staff(sari),
        )


def test_the_same_place_is_suggested_once(session: Session):
    earlier = make_suggestion(session)
    found = _fit_of(session, earlier.youth, earlier.offer)
    assert found.fit is not None
    with pytest.raises(DomainError, match="suggested_before"):
        send_suggestion(
            session,
            youth=earlier.youth,
            offer=earlier.offer,
            fit=found.fit,
            considered=found.considered,
            versions=found.versions,
            note="",
            sender=earlier.made_by,
            actor=Actor.staff(earlier.made_by),
        )


def test_no_more_people_in_talks_than_agreed(session: Session):
    earlier = make_suggestion(session, state=S.INTERESTED)
    youth = make_youth(session, earlier.made_by, first_name="Eero")
    found = _fit_of(session, youth, earlier.offer)
    assert found.fit is not None
    earlier.offer.talks_cap = 1
    with pytest.raises(DomainError, match="talks_full"):
        send_suggestion(
            session,
            youth=youth,
            offer=earlier.offer,
            fit=found.fit,
            considered=found.considered,
            versions=found.versions,
            note="",
            sender=earlier.made_by,
            actor=Actor.staff(earlier.made_by),
        )


def test_the_same_answer_twice_is_one_step(session: Session):
    suggestion = make_suggestion(session)
    for _time in range(2):
        _take(session, suggestion, A.HEAR_MORE)
    assert len(session.scalars(select(SuggestionEvent)).all()) == 1


def test_a_reason_is_kept_and_forgotten_with_another_answer(session: Session):
    suggestion = make_suggestion(session)
    actor = Actor.youth(suggestion.youth_id, suggestion.centre_id)
    answer_suggestion(session, suggestion, A.NOT_FOR_ME, actor=actor, reason="too far")
    assert suggestion.answer_reason == "too far"
    answer_suggestion(session, suggestion, A.HEAR_MORE, actor=actor)
    assert suggestion.answer_reason == ""


def test_a_reason_needs_an_answer_first(session: Session):
    suggestion = make_suggestion(session)
    with pytest.raises(TransitionNotAllowed):
        explain_answer(session, suggestion, reason="x", actor=Actor.youth(suggestion.youth_id, suggestion.centre_id))


def test_a_place_that_has_gone_cannot_be_answered(session: Session):
    suggestion = make_suggestion(session)
    suggestion.offer.state = OfferState.WITHDRAWN
    with pytest.raises(TransitionNotAllowed):
        _take(session, suggestion, A.HEAR_MORE)


def test_withdrawing_leaves_a_waiting_message_unsent(session: Session):
    sent = _send(session)
    withdraw_suggestion(session, sent.suggestion, actor=Actor.system(sent.suggestion.centre_id))
    session.expire_all()
    assert session.scalars(select(Message)).one().state is MessageState.SUPERSEDED


def test_withdrawing_stops_a_message_that_is_taken_but_not_yet_on_its_way(session: Session):
    sent = _send(session)
    session.flush()
    [taken] = claim(session, owner="test", channels=[Channel.SMS]) or []
    session.flush()
    withdraw_suggestion(session, sent.suggestion, actor=Actor.system(sent.suggestion.centre_id))
    session.flush()
    assert begin_try(session, message_id=taken, owner="test") is None
    assert session.get_one(Message, taken).state is MessageState.SUPERSEDED


def test_a_link_goes_to_the_number_known_when_it_leaves(session: Session):
    sent = _send(session)
    youth = session.get_one(Youth, sent.suggestion.youth_id)
    youth.phone = "+358409999999"
    session.flush()
    [taken] = claim(session, owner="test", channels=[Channel.SMS]) or []
    assert session.get_one(Message, taken).address == "+358409999999"


def test_a_link_does_not_go_to_one_who_wants_no_messages_any_more(session: Session):
    sent = _send(session)
    session.get_one(Youth, sent.suggestion.youth_id).channel = Channel.NONE
    session.flush()
    assert claim(session, owner="test", channels=[Channel.SMS]) == []


def test_a_follow_up_sets_the_next_step_and_a_new_answer_asks_for_another(session: Session):
    suggestion = make_suggestion(session, state=S.INTERESTED)
    on = today_in_helsinki() + timedelta(days=3)
    actor = Actor.staff(suggestion.made_by)
    follow_up_suggestion(session, suggestion, next_step="Visit together", next_on=on, actor=actor)
    assert (suggestion.youth.next_step, suggestion.youth.next_on) == ("Visit together", on)
    assert suggestion.followed_up_at is not None
    _take(session, suggestion, A.NOT_NOW)
    _take(session, suggestion, A.HEAR_MORE)
    assert suggestion.followed_up_at is None


def test_only_a_yes_can_be_followed_up(session: Session):
    suggestion = make_suggestion(session)
    with pytest.raises(TransitionNotAllowed):
        follow_up_suggestion(session, suggestion, next_step="x", next_on=None, actor=Actor.staff(suggestion.made_by))


def test_an_offer_of_another_centre_cannot_be_suggested(session: Session):
    suggestion = make_suggestion(session)
    other = make_offer(session, make_employer(session, make_centre(session)))
    found = _fit_of(session, suggestion.youth, suggestion.offer)
    assert found.fit is not None
    with pytest.raises(DomainError, match="offer_not_open"):
        send_suggestion(
            session,
            youth=suggestion.youth,
            offer=other,
            fit=found.fit,
            considered=found.considered,
            versions=found.versions,
            note="",
            sender=suggestion.made_by,
            actor=Actor.staff(suggestion.made_by),
        )
