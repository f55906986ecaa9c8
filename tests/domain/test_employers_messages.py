"""The messages to employers: each language, each channel, one promise each."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.audit.services import Actor
from placement.employers.services import edit_contact, give_contact_link, renew_contact_link
from placement.errors import DomainError
from placement.notifications.delivery import claim
from placement.notifications.models import Channel, Message
from placement.offers.messages import employer_offer_received
from placement.offers.models import OfferOrigin
from placement.offers.services import return_offer
from placement.offers.states import OfferState
from tests.support.factories.centres import make_centre
from tests.support.factories.employers import make_contact, make_employer, make_offer


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
def test_each_message_is_written_in_the_language_and_for_the_channel_of_the_receiver(
    session: Session, language: str, channel: Channel
) -> None:
    centre = make_centre(session)
    centre.phone = "016 123 456"
    contact = make_contact(
        session, make_employer(session, centre), language=language, channel=channel, phone="+358401234567"
    )
    offer = make_offer(
        session,
        make_employer(session, centre),
        title="Grill & <café>",
        state=OfferState.SUBMITTED,
        origin=OfferOrigin.EMPLOYER_LINK,
        contact_id=contact.id,
    )
    actor = Actor.system(centre.id)
    token = give_contact_link(session, contact=contact, actor=actor, send=True)
    employer_offer_received(session, offer=offer, contact=contact, event_id=1)
    employer_offer_received(session, offer=offer, contact=contact, event_id=1)
    return_offer(session, offer=offer, actor=actor, reason="Milloin?")
    messages = {message.name: message for message in session.scalars(select(Message))}
    assert set(messages) == {"employer_link", "employer_offer_received", "offer_returned"}
    assert f"/e/{token}" in messages["employer_link"].text
    for message in messages.values():
        assert message.language == language
        assert "{{" not in message.text
        assert "\n" not in message.subject
        if channel is Channel.SMS:
            assert "\n" not in message.text
            assert message.html == ""
        else:
            assert "016 123 456" in message.text
            assert "<café>" not in message.html
    assert "Grill & <café>" in messages["offer_returned"].text


def test_a_contact_person_without_a_channel_gets_no_message(session: Session) -> None:
    contact = make_contact(session, make_employer(session, make_centre(session)), channel=Channel.NONE)
    give_contact_link(session, contact=contact, actor=Actor.system(), send=True)
    assert session.scalars(select(Message)).all() == []


def test_a_person_who_has_stopped_gets_no_link_and_loses_the_old_ones(session: Session) -> None:
    contact = make_contact(session, make_employer(session, make_centre(session)))
    token = give_contact_link(session, contact=contact, actor=Actor.system())
    edit_contact(session, contact=contact, actor=Actor.system(), is_active=False)
    with pytest.raises(DomainError):
        give_contact_link(session, contact=contact, actor=Actor.system())
    renew_contact_link(session, token=token)
    assert session.scalars(select(Message)).all() == []


def test_a_link_on_its_way_follows_the_address_and_stops_with_the_person(session: Session) -> None:
    contact = make_contact(session, make_employer(session, make_centre(session)))
    for number in range(2):
        give_contact_link(session, contact=contact, actor=Actor.system(), send=True)
        fields = {"email": "right@example.fi"} if number == 0 else {"is_active": False}
        edit_contact(session, contact=contact, actor=Actor.system(), **fields)
        session.flush()
        claimed = claim(session, owner="test", channels=[Channel.EMAIL]) or []
        assert [session.get_one(Message, one).address for one in claimed] == ["right@example.fi"] * (1 - number)
