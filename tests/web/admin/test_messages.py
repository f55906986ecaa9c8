"""Sent messages: who sees which, and how much of each."""

from datetime import timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from placement.accounts.permissions import Role
from placement.audit.models import AuditEntry
from placement.clock import utcnow
from placement.notifications.models import Channel, Message, MessageState, MessageTry, OutcomeKind
from placement.templating import template_folder
from placement.web.admin.message_words import WHY
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_contact, make_employer
from tests.support.factories.messages import make_message
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.queries import counted_queries

SECRET = "The café has a place for you"


def test_counsellor_sees_messages_to_those_they_serve_to_employers_and_to_themselves(
    page: PageClient, session: Session
) -> None:
    centre = make_centre(session)
    me, colleague = make_staff(session, centre), make_staff(session, centre)
    mine, theirs = make_youth(session, me, first_name="Aino"), make_youth(session, colleague, first_name="Veeti")
    contact = make_contact(session, make_employer(session, centre), name="Henna Aalto")
    make_message(session, centre_id=centre.id, youth_id=mine.id, subject="For Aino")
    make_message(session, centre_id=centre.id, youth_id=theirs.id, subject="For Veeti")
    make_message(session, centre_id=centre.id, employer_contact_id=contact.id, subject="For Henna")
    make_message(session, centre_id=centre.id, staff_id=me.id, subject="For me")
    make_message(session, centre_id=centre.id, staff_id=colleague.id, subject="For a colleague")
    shown = page.sign_in(me).get("/service/messages").text
    assert all(subject in shown for subject in ("For Aino", "For Henna", "For me"))
    assert "Veeti" not in shown
    assert "For a colleague" not in shown


def test_deputy_sees_messages_too(page: PageClient, session: Session) -> None:
    centre = make_centre(session)
    deputy = make_staff(session, centre)
    youth = make_youth(session, make_staff(session, centre), deputy_id=deputy.id)
    make_message(session, centre_id=centre.id, youth_id=youth.id, subject="For Aino")
    assert "For Aino" in page.sign_in(deputy).get("/service/messages").text


def test_lead_sees_that_a_message_went_to_a_young_person_but_not_what_or_to_whom(
    page: PageClient, session: Session
) -> None:
    centre = make_centre(session)
    lead = make_staff(session, centre, Role.LEAD)
    youth = make_youth(session, make_staff(session, centre), first_name="Aino", phone="+358401112233")
    message = make_message(
        session,
        centre_id=centre.id,
        youth_id=youth.id,
        subject=SECRET,
        text=SECRET,
        address="+358401112233",
        channel=Channel.SMS,
    )
    page.sign_in(lead)
    for address in ("/service/messages", f"/service/messages/{message.id}"):
        shown = page.get(address)
        assert "A young person" in shown.text
        for hidden in (SECRET, "Aino", "+358401112233"):
            assert hidden not in shown.html
    assert "No messages here" in page.get("/service/messages?words=café").text


def test_codes_and_account_links_are_shown_to_nobody(page: PageClient, session: Session) -> None:
    lead = make_staff(session, None, Role.LEAD, Role.COUNSELLOR)
    for name, text in (("sign_in_code", "Your code is 482913"), ("password_reset", "Open /forgotten-password/abc")):
        message = make_message(session, centre_id=lead.centre_id, staff_id=lead.id, name=name, subject=text, text=text)
        shown = page.sign_in(lead).get(f"/service/messages/{message.id}")
        assert text not in shown.html
    assert "482913" not in page.get("/service/messages").html
    assert "No messages here" in page.get("/service/messages?words=482913").text


def test_opening_a_message_to_a_young_person_is_logged_and_its_link_cannot_be_used(
    page: PageClient, session: Session
) -> None:
    me = make_staff(session)
    youth = make_youth(session, me)
    text = "Answer here: http://sauma.test/suggestion/AbCdEfGhIjKlMnOpQrStUv now"
    message = make_message(session, centre_id=me.centre_id, youth_id=youth.id, text=text)
    shown = page.sign_in(me).get(f"/service/messages/{message.id}")
    assert "http://sauma.test/suggestion/… now" in shown.text
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "message.viewed")).one()
    assert (entry.youth_id, entry.object_id, entry.actor_id) == (youth.id, message.id, me.id)


def test_list_is_narrowed_by_state_channel_and_words(page: PageClient, session: Session) -> None:
    me = make_staff(session)
    make_message(session, centre_id=me.centre_id, staff_id=me.id, subject="Arrived")
    make_message(session, centre_id=me.centre_id, staff_id=me.id, subject="Lost", state=MessageState.FAILED)
    make_message(session, centre_id=me.centre_id, staff_id=me.id, subject="", text="Short", channel=Channel.SMS)
    page.sign_in(me)
    assert "Lost" in page.get("/service/messages?state=failed").text
    assert "Arrived" not in page.get("/service/messages?state=failed").text
    assert "Short" in page.get("/service/messages?channel=sms").text
    assert "Arrived" in page.get("/service/messages?words=ARRIV").text
    assert "No messages here" in page.get("/service/messages?words=%25").text
    assert "Arrived" in page.get("/service/messages?state=nonsense&page=x").text


def test_every_message_says_why_it_goes() -> None:
    folders = {path.name for path in (template_folder() / "messages").iterdir() if path.is_dir()}
    assert set(WHY) == folders


def test_message_shows_why_it_went_and_each_try(page: PageClient, session: Session) -> None:
    me = make_staff(session)
    youth = make_youth(session, me)
    message = make_message(session, centre_id=me.centre_id, youth_id=youth.id, name="day_tomorrow")
    for minutes, kind, answer in ((0, OutcomeKind.LATER, "450 mailbox busy"), (1, OutcomeKind.SENT, "250 taken")):
        at = utcnow() + timedelta(minutes=minutes)
        session.add(MessageTry(message_id=message.id, at=at, kind=kind, answer=answer))
    shown = page.sign_in(me).get(f"/service/messages/{message.id}").text
    assert "A recruitment day is tomorrow." in shown
    assert shown.index("Not now, to be tried again") < shown.index("450 mailbox busy") < shown.index("Handed over")
    lead = make_staff(session, me.centre, Role.LEAD)
    assert "450" not in page.sign_in(lead).get(f"/service/messages/{message.id}").text


def test_address_that_was_refused_is_told_and_taken_as_right_again(page: PageClient, session: Session) -> None:
    me = make_staff(session)
    youth = make_youth(session, me, email="aino@exmple.fi")
    refused = make_message(
        session,
        centre_id=me.centre_id,
        youth_id=youth.id,
        address=youth.email,
        state=MessageState.FAILED,
        address_is_bad=True,
    )
    address = f"/service/messages/{refused.id}"
    page.sign_in(me)
    assert "This address takes no messages." in page.get(address).text
    page.get(f"{address}/again", status=404)

    youth.email = "aino@example.fi"
    session.commit()
    assert "aino@example.fi" in page.get(f"{address}/again").text
    page.submit(reason="the address was wrong")
    again = session.scalars(select(Message).order_by(Message.id.desc())).first()
    assert again is not None
    assert again.address == "aino@example.fi"

    page.get(address)
    page.submit("The address is right")
    session.expire_all()
    assert not refused.address_is_bad
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "message.address_trusted")).one()
    assert (entry.object_id, entry.youth_id) == (refused.id, youth.id)


def test_message_of_another_centre_is_not_found(page: PageClient, session: Session) -> None:
    lead = make_staff(session, None, Role.LEAD)
    other = make_staff(session, make_centre(session))
    message = make_message(session, centre_id=other.centre_id, staff_id=other.id)
    page.sign_in(lead).get(f"/service/messages/{message.id}", status=404)
    assert "A greeting" not in page.get("/service/messages").text


def test_message_of_a_colleagues_young_person_is_not_found(page: PageClient, session: Session) -> None:
    me = make_staff(session)
    youth = make_youth(session, make_staff(session, me.centre))
    message = make_message(session, centre_id=me.centre_id, youth_id=youth.id)
    page.sign_in(me).get(f"/service/messages/{message.id}", status=404)


def test_company_coordinator_may_not_open_messages(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session, None, Role.EMPLOYER_WORKER)).get("/service/messages", status=403)


def test_number_of_queries_does_not_grow(page: PageClient, session: Session, engine: Engine) -> None:
    me = make_staff(session)
    page.sign_in(me)
    counts = []
    for number in (1, 20):
        for _ in range(number):
            make_message(session, centre_id=me.centre_id, youth_id=make_youth(session, me).id)
        session.commit()
        with counted_queries(engine) as statements:
            page.get("/service/messages")
        counts.append(len(statements))
    assert counts[0] == counts[1]
