"""Staff keep employers, their people, units and links."""

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from placement.accounts.models import PersonalLink
from placement.accounts.permissions import Role
from placement.audit.models import AuditEntry
from placement.employers.models import Employer, EmployerContact, EmployerForm, EmployerUnit
from placement.notifications.models import Channel, Message
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.page import PageClient
from tests.support.queries import counted_queries


def test_adding_an_employer_with_a_business_id_keeps_it_and_says_so(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session))
    page.get("/employers/new")
    shown = page.submit("Save", name="Leipomo Aura", business_id="01940993", owner_id="0")
    assert shown.heading == "Leipomo Aura"
    employer = session.scalars(select(Employer)).one()
    assert employer.business_id == "0194099-3"
    assert session.scalar(select(AuditEntry.action)) == "employer.added"


def test_a_wrong_check_digit_is_told_beside_the_field_and_keeps_what_was_typed(
    page: PageClient, session: Session
) -> None:
    page.sign_in(make_staff(session))
    page.get("/employers/new")
    shown = page.submit("Save", status=422, name="Leipomo Aura", business_id="0194099-4", notes="Rauhallinen paikka")
    assert shown.errors[0].endswith("Check the business ID: the last digit does not go with the others.")
    assert shown.select("#business_id")[0]["value"] == "0194099-4"
    assert "Rauhallinen paikka" in shown.text
    assert session.scalar(select(func.count()).select_from(Employer)) == 0


def test_a_similar_name_is_asked_about_and_a_tick_lets_the_worker_go_on(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    make_employer(session, staff.centre, name="Kahvila Aamu Oy")
    page.sign_in(staff)
    page.get("/employers/new")
    shown = page.submit("Save", status=422, name="kahvila aamu")
    assert "Is it one of these?" in shown.text
    assert "Kahvila Aamu Oy" in shown.text
    page.submit("Save", is_another="y")
    assert session.scalar(select(func.count()).select_from(Employer)) == 2


def test_a_business_id_the_centre_knows_is_refused_kindly_even_with_the_tick(
    page: PageClient, session: Session
) -> None:
    staff = make_staff(session)
    make_employer(session, staff.centre, name="Aura Oy", business_id="0194099-3")
    page.sign_in(staff)
    page.get("/employers/new")
    shown = page.submit("Save", status=422, name="Toinen", business_id="0194099-3")
    assert "The same business ID" in shown.text
    shown = page.submit("Save", status=422, is_another="y")
    assert "Aura Oy already has this business ID" in shown.errors[0]


def test_the_same_business_id_may_be_known_in_another_centre(page: PageClient, session: Session) -> None:
    make_employer(session, make_centre(session), business_id="0194099-3")
    page.sign_in(make_staff(session))
    page.get("/employers/new")
    assert page.submit("Save", name="Aura Oy", business_id="0194099-3").heading == "Aura Oy"


def test_changing_language_on_the_form_keeps_what_was_typed(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session))
    page.get("/employers/new")
    shown = page.submit(form="main-form", status=422, name="Leipomo Aura", _language="sv")
    assert shown.select("#name")[0]["value"] == "Leipomo Aura"
    assert shown.soup.html is not None
    assert shown.soup.html["lang"] == "sv"
    assert not shown.errors


def test_the_same_form_twice_adds_one_employer(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session))
    page.get("/employers/new")
    form = page.page
    page.submit("Save", name="Leipomo Aura")
    page.page = form
    page.submit("Save", name="Leipomo Aura")
    assert session.scalar(select(func.count()).select_from(Employer)) == 1


def test_the_employer_of_another_centre_is_not_found(page: PageClient, session: Session) -> None:
    other = make_employer(session, make_centre(session))
    contact = make_contact(session, other)
    page.sign_in(make_staff(session))
    for address in ("", "/edit", "/units/new", "/contacts/new", f"/contacts/{contact.id}/edit"):
        page.get(f"/employers/{other.id}{address}", status=404)
    page.get(f"/employers/{other.id}/contacts/{contact.id}/link", status=404)


def test_a_role_without_the_permission_is_refused(page: PageClient, session: Session) -> None:
    centre = make_centre(session)
    employer = make_employer(session, centre)
    page.sign_in(make_staff(session, centre, Role.AUTHORITY))
    page.get("/employers/", status=403)
    page.get(f"/employers/{employer.id}", status=403)
    page.get("/employers/new", status=403)


def test_editing_keeps_the_change_in_the_log(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    page.sign_in(staff)
    page.get(f"/employers/{employer.id}/edit")
    shown = page.submit("Save", name="Kahvila Ilta", website="www.ilta.example")
    assert shown.heading == "Kahvila Ilta"
    entry = session.scalars(select(AuditEntry)).one()
    assert entry.changes["name"] == ["Kahvila Aamu", "Kahvila Ilta"]
    assert session.get_one(Employer, employer.id).website == "https://www.ilta.example"


def test_two_workers_editing_at_once_the_later_one_is_told(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    page.sign_in(staff)
    page.get(f"/employers/{employer.id}/edit")
    employer.notes = "Changed by a colleague"
    shown = page.submit("Save", status=409, name="Kahvila Ilta")
    assert "Somebody else has changed this employer" in shown.text


def test_a_unit_and_a_contact_person_are_added_and_changed(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    page.sign_in(staff)
    page.get(f"/employers/{employer.id}/units/new")
    assert "Keskustan kahvila" in page.submit("Save", name="Keskustan kahvila", access_notes="Bus 3").text
    unit = session.scalars(select(EmployerUnit)).one()
    page.get(f"/employers/{employer.id}/units/{unit.id}/edit")
    assert "Bus 8" in page.submit("Save", access_notes="Bus 8").text
    page.get(f"/employers/{employer.id}/contacts/new")
    assert "Henna Aalto" in page.submit("Save", name="Henna Aalto", email="henna@example.fi", channel="email").text
    contact = session.scalars(select(EmployerContact)).one()
    page.get(f"/employers/{employer.id}/contacts/{contact.id}/edit")
    page.submit("Save", title="Owner")
    assert session.get_one(EmployerContact, contact.id).title == "Owner"


def test_a_channel_without_its_address_is_asked_for(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    page.sign_in(staff)
    page.get(f"/employers/{employer.id}/contacts/new")
    shown = page.submit("Save", status=422, name="Henna Aalto", channel="email")
    assert "Write the e-mail address" in shown.errors[0]
    shown = page.submit("Save", status=422, channel="sms", phone="abc")
    assert "040 123 4567" in shown.errors[0]
    assert shown.select("#name")[0]["value"] == "Henna Aalto"


def test_a_link_sent_by_email_opens_the_page_of_the_employer(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    contact = make_contact(session, make_employer(session, staff.centre))
    page.sign_in(staff)
    page.get(f"/employers/{contact.employer_id}/contacts/{contact.id}/link")
    shown = page.submit("Make the link", way="send")
    address = str(shown.select("#address")[0]["value"])
    assert shown.select("svg.segno")
    paper = page.get(f"/employers/{contact.employer_id}/contacts/{contact.id}/link/print")
    assert address in paper.text
    assert paper.select("svg.segno")
    message = session.scalars(select(Message)).one()
    assert address in message.text
    assert address in message.html
    token = address.rsplit("/", 1)[1]
    assert token not in {link.token_hash for link in session.scalars(select(PersonalLink))}
    page.sign_out().get(f"/e/{token}")


def test_a_link_that_is_only_shown_sends_nothing(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    contact = make_contact(session, make_employer(session, staff.centre), channel=Channel.SMS, phone="+358401234567")
    page.sign_in(staff)
    page.get(f"/employers/{contact.employer_id}/contacts/{contact.id}/link")
    page.submit("Make the link", way="show")
    assert session.scalar(select(func.count()).select_from(Message)) == 0
    other = make_contact(session, make_employer(session, staff.centre))
    shown = page.get(f"/employers/{other.employer_id}/contacts/{other.id}/link/given")
    assert "cannot be seen again" in shown.text
    page.get(f"/employers/{other.employer_id}/contacts/{other.id}/link/print", status=303)


def test_a_withdrawn_link_stops_at_once(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    contact = make_contact(session, make_employer(session, staff.centre))
    page.sign_in(staff)
    page.get(f"/employers/{contact.employer_id}/contacts/{contact.id}/link")
    address = str(page.submit("Make the link", way="show").select("#address")[0]["value"])
    link = session.scalars(select(PersonalLink)).one()
    page.get(f"/employers/{contact.employer_id}/links/{link.id}/withdraw")
    assert "Withdrawn" in page.submit("Withdraw the link").text
    page.sign_out().get(f"/e/{address.rsplit('/', 1)[1]}", status=404)


def test_searching_finds_by_word_by_business_id_and_by_a_near_name(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    make_employer(session, staff.centre, name="Ääkkösen Korjaamo", business_id="0194099-3", owner_id=staff.id)
    make_employer(session, staff.centre, name="Kahvila Aamu", form=EmployerForm.ASSOCIATION)
    page.sign_in(staff)
    for words in ("ääkkösen", "korjaamo ÄÄK", "01940"):
        shown = page.get(f"/employers/?words={words}")
        assert "Ääkkösen Korjaamo" in shown.text
        assert "Kahvila Aamu" not in shown.text
    assert "Did you mean" in page.get("/employers/?words=Kahvila Aamo").text
    assert "Kahvila Aamu" not in page.get(f"/employers/?owner_id={staff.id}").select("table")[0].get_text()


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    page: PageClient, session: Session, engine: Engine
) -> None:
    staff = make_staff(session)
    page.sign_in(staff)
    counts = []
    for _round in range(2):
        for number in range(3):
            employer = make_employer(session, staff.centre, name=f"Employer {number}", owner_id=staff.id)
            make_offer(session, employer)
        with counted_queries(engine) as statements:
            page.get("/employers/")
        counts.append(len(statements))
        for _number in range(10):
            make_employer(session, staff.centre, name="Extra", owner_id=make_staff(session, staff.centre).id)
    assert counts[0] == counts[1]


def test_the_page_of_an_employer_asks_as_often_for_many_as_for_few(
    page: PageClient, session: Session, engine: Engine
) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    page.sign_in(staff)
    counts = []
    for _round in range(2):
        for _number in range(3):
            make_offer(session, employer)
            make_contact(session, employer)
        with counted_queries(engine) as statements:
            page.get(f"/employers/{employer.id}")
        counts.append(len(statements))
    assert counts[0] == counts[1]
