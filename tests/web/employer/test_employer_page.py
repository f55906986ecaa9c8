"""An employer tells about a place through a personal link, without a password and without JavaScript."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from placement.accounts.models import Centre, LinkPurpose, PersonalLink
from placement.accounts.personal_links import make_link
from placement.audit.models import ActorKind, AuditEntry
from placement.clock import today_in_helsinki, utcnow
from placement.employers.models import Employer, EmployerContact, EmployerForm
from placement.notifications.models import Message
from placement.offers.models import UNPAID_KINDS, Offer, OfferEvent, OfferKind, OfferOrigin, Visibility
from placement.offers.states import OfferState
from placement.web.rate_limits import PUBLIC_FORM
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.page import PageClient
from tests.support.queries import counted_queries

ANSWERS: dict[str, Any] = {
    "tasks": "You make coffee.\nYou clear tables.",
    "title": "Café helper",
    "street_area": "Rantakatu 4",
    "hours_per_day": "5",
    "days_per_week": "4",
    "months": "2",
    "guide_name": "Henna",
    "guide_time": "whole_day",
    "laid_off_lately": "no",
    "taxes_in_order": "unknown",
}


@pytest.fixture
def contact(session: Session) -> EmployerContact:
    """A contact person with a channel."""
    return make_contact(session, make_employer(session, make_centre(session)))


@pytest.fixture
def token(session: Session, contact: EmployerContact) -> str:
    """The token of a link of the contact person."""
    return link_of(session, contact)


def link_of(session: Session, contact: EmployerContact) -> str:
    token = make_link(
        session, centre_id=contact.centre_id, purpose=LinkPurpose.EMPLOYER_PAGE, employer_contact_id=contact.id
    )
    session.flush()
    return token


def own_offer(session: Session, contact: EmployerContact, **values: Any) -> Offer:
    employer = session.get_one(Employer, contact.employer_id)
    return make_offer(session, employer, origin=OfferOrigin.EMPLOYER_LINK, contact_id=contact.id, **values)


def test_a_place_is_told_in_six_questions_and_waits_to_be_checked(
    page: PageClient, session: Session, contact: EmployerContact, token: str
) -> None:
    page.get(f"/e/{token}")
    page.get(f"/e/{token}/new")
    shown = page.submit("Send to Ohjaamo", **ANSWERS)
    assert shown.heading == "Sent, thank you. What happens next"
    assert len(shown.select(".timeline li")) == 3
    offer = session.scalars(select(Offer)).one()
    assert offer.kind is OfferKind.WORK_TRIAL
    assert offer.state is OfferState.SUBMITTED
    assert offer.origin is OfferOrigin.EMPLOYER_LINK
    assert offer.visibility is Visibility.SELECTED
    assert offer.contact_id == contact.id
    assert offer.hours_per_week == 20
    event = session.scalars(select(OfferEvent)).one()
    assert (event.actor_kind, event.actor_id) == (ActorKind.EMPLOYER, contact.id)
    message = session.scalars(select(Message)).one()
    assert message.name == "employer_offer_received"
    assert message.address == contact.email
    actors = {entry.actor_kind for entry in session.scalars(select(AuditEntry))}
    assert actors == {ActorKind.EMPLOYER}


def test_a_text_message_tells_a_contact_without_email(
    page: PageClient, session: Session, contact: EmployerContact, token: str
) -> None:
    contact.channel, contact.phone, contact.language = "sms", "+358401234567", "fi"  # type: ignore[assignment]
    page.speak("en").get(f"/e/{token}/new")
    page.submit("Send to Ohjaamo", **ANSWERS)
    message = session.scalars(select(Message)).one()
    assert message.language == "fi"
    assert "\n" not in message.text


def test_nine_hours_a_day_are_refused_beside_the_field_with_the_reason(
    page: PageClient, session: Session, token: str
) -> None:
    page.get(f"/e/{token}/new")
    shown = page.submit("Send to Ohjaamo", status=422, **ANSWERS | {"hours_per_day": "9"})
    assert [item["id"] for item in shown.select("[aria-invalid=true]")] == ["hours_per_day"]
    assert "A work-trial day is at most 8 hours. You wrote 9." in shown.select("#hours_per_day-error")[0].get_text()
    assert "You make coffee." in shown.text
    assert session.scalar(select(func.count()).select_from(Offer)) == 0


def test_a_phone_number_in_the_title_is_refused(page: PageClient, token: str) -> None:
    page.get(f"/e/{token}/new")
    shown = page.submit("Send to Ohjaamo", status=422, **ANSWERS | {"title": "Helper 0401234567"})
    assert "Leave out phone numbers" in shown.errors[0]


@pytest.mark.parametrize("name", ["tasks", "street_area", "access_notes", "guide_name"])
@pytest.mark.parametrize("detail", ["040 123 4567", "henna@example.fi"])
def test_contact_details_are_refused_in_every_text_that_young_people_read(
    page: PageClient, token: str, name: str, detail: str
) -> None:
    page.get(f"/e/{token}/new")
    shown = page.submit("Send to Ohjaamo", status=422, **ANSWERS | {name: f"Henna, {detail}"})
    assert "Leave out phone numbers" in shown.select(f"#{name}-error")[0].get_text()


def test_numbers_of_a_street_and_a_bus_are_no_phone_numbers(page: PageClient, session: Session, token: str) -> None:
    page.get(f"/e/{token}/new")
    way = "Bus 8 or 12, from 8.00 to 15.30. The door is at 96200 Rovaniemi, 2nd floor, bell 1408."
    page.submit("Send to Ohjaamo", **ANSWERS | {"street_area": "Rantakatu 12–14 B 108", "access_notes": way})
    assert session.scalars(select(Offer)).one().access_notes == way


def test_everything_that_is_wrong_is_told_at_once(page: PageClient, token: str) -> None:
    page.get(f"/e/{token}/new")
    wrong = {"title": "", "hours_per_day": "9", "days_per_week": "7", "starts_from": "31.2.2027", "months": "kaksi"}
    shown = page.submit("Send to Ohjaamo", status=422, **ANSWERS | wrong | {"guide_time": []})
    beside = {name: shown.select(f"#{name}-error")[0].get_text(" ", strip=True) for name in (*wrong, "guide_time")}
    assert beside["title"].endswith("Write what you call the work.")
    assert beside["hours_per_day"].endswith("A work-trial day is at most 8 hours. You wrote 9.")
    assert beside["days_per_week"].endswith("A work trial takes at most 5 days a week. You wrote 7.")
    assert "There is no such day." in beside["starts_from"]
    assert beside["months"].endswith("Write the number in digits, for example 5")
    assert beside["guide_time"].endswith("Choose how much the guide is there.")


def test_messages_about_numbers_agree_with_the_hints(page: PageClient, token: str) -> None:
    page.get(f"/e/{token}/new")
    odd = {"hours_per_day": "30", "days_per_week": "-1", "months": "100", "starts_from": "7th of January"}
    shown = page.submit("Send to Ohjaamo", status=422, **ANSWERS | odd)
    beside = {name: shown.select(f"#{name}-error")[0].get_text(" ", strip=True) for name in odd}
    assert beside["hours_per_day"].endswith("A day has at most 24 hours.")
    assert beside["days_per_week"].endswith("A week has 7 days.")
    assert beside["months"].endswith("A work trial usually lasts 1–3 months.")
    assert beside["starts_from"].endswith("Give the date like this: 22.11.2026")


def test_a_long_text_is_not_cut_silently_but_told(page: PageClient, token: str) -> None:
    form = page.get(f"/e/{token}/new")
    assert not form.select("textarea[maxlength]")
    assert "At most 2,000 characters." in form.select("#tasks-hint")[0].get_text()
    shown = page.submit("Send to Ohjaamo", status=422, **ANSWERS | {"tasks": "a" * 2001})
    assert "Write at most 2,000 characters. Now there are 2,001." in shown.select("#tasks-error")[0].get_text()
    assert "a" * 2001 in shown.text


def test_an_answer_that_is_none_of_the_choices_is_refused(page: PageClient, token: str) -> None:
    page.get(f"/e/{token}/new")
    shown = page.submit("Send to Ohjaamo", status=422, **ANSWERS | {"guide_time": "nonsense", "taxes_in_order": "x"})
    assert shown.select("#guide_time-error")


def test_an_identity_code_is_refused(page: PageClient, token: str) -> None:
    page.get(f"/e/{token}/new")
    shown = page.submit("Send to Ohjaamo", status=422, **ANSWERS | {"tasks": "For 010101-123N only"})
    assert "personal identity code" in shown.errors[0]


def test_what_is_missing_is_asked_for_in_plain_words(page: PageClient, token: str) -> None:
    page.get(f"/e/{token}/new")
    shown = page.submit("Send to Ohjaamo", status=422, municipality_code="")
    assert len(shown.errors) == 9
    assert "Not a valid choice" not in shown.text
    yesterday = today_in_helsinki() - timedelta(days=1)
    shown = page.submit("Send to Ohjaamo", status=422, **ANSWERS | {"starts_from": yesterday.isoformat()})
    assert "This day has passed" in shown.text


def test_a_private_person_cannot_offer_a_trial_and_is_told_above_the_form(
    page: PageClient, session: Session, contact: EmployerContact, token: str
) -> None:
    session.get_one(Employer, contact.employer_id).form = EmployerForm.PRIVATE_PERSON
    page.get(f"/e/{token}/new")
    shown = page.submit("Send to Ohjaamo", status=422, **ANSWERS)
    assert "A private person cannot organise a work trial." in shown.select(".error-summary")[0].get_text()


def test_an_unfinished_place_is_kept_and_sent_later(page: PageClient, session: Session, token: str) -> None:
    page.get(f"/e/{token}/new")
    shown = page.submit("Save and finish later", tasks="You make coffee.")
    assert "Not sent yet" in shown.text
    assert session.scalar(select(func.count()).select_from(Message)) == 0
    offer = session.scalars(select(Offer)).one()
    page.get(f"/e/{token}/places/{offer.id}/edit")
    assert page.submit("Send to Ohjaamo", **ANSWERS).heading == "Sent, thank you. What happens next"
    session.refresh(offer)
    assert offer.state is OfferState.SUBMITTED
    assert offer.title == "Café helper"


def test_a_sent_place_can_be_changed_but_not_emptied(
    page: PageClient, session: Session, contact: EmployerContact, token: str
) -> None:
    offer = own_offer(session, contact, state=OfferState.SUBMITTED)
    page.get(f"/e/{token}/places/{offer.id}/edit")
    page.submit("Save", **ANSWERS | {"title": "New name"})
    assert session.get_one(Offer, offer.id).title == "New name"
    assert session.get_one(Offer, offer.id).state is OfferState.SUBMITTED
    page.get(f"/e/{token}/places/{offer.id}/edit")
    page.submit("Save", status=422, tasks="", next="draft")


def test_a_live_place_cannot_be_changed_but_can_be_confirmed_filled_or_taken_back(
    page: PageClient, session: Session, contact: EmployerContact, token: str
) -> None:
    offer = own_offer(session, contact)
    offer.confirmed_on = None
    page.get(f"/e/{token}/places/{offer.id}/edit", status=404)
    page.get(f"/e/{token}/places/{offer.id}")
    page.submit("Yes, it is open")
    assert session.get_one(Offer, offer.id).confirmed_on == today_in_helsinki()
    page.submit("No, somebody has it")
    assert session.get_one(Offer, offer.id).state is OfferState.FILLED
    other = own_offer(session, contact)
    page.get(f"/e/{token}/places/{other.id}/withdraw")
    page.submit("Take back", status=422)
    page.submit("Take back", reason="no_time")
    assert session.get_one(Offer, other.id).state is OfferState.WITHDRAWN


def test_a_correction_that_was_asked_for_is_shown(
    page: PageClient, session: Session, contact: EmployerContact, token: str
) -> None:
    staff = make_staff(session, session.get_one(Centre, contact.centre_id))
    offer = own_offer(session, contact, state=OfferState.SUBMITTED)
    page.sign_in(staff)
    page.get(f"/offers/{offer.id}/return")
    page.submit("Ask for a correction", reason="Which days?")
    page.sign_out()
    for address in ("", f"/places/{offer.id}"):
        shown = page.get(f"/e/{token}{address}")
        assert "Which days?" in shown.text
        assert "Returned to you: please correct" in shown.text
        assert "Not sent yet" not in shown.text
    assert "Which days?" in page.get(f"/e/{token}/places/{offer.id}/edit").text
    page.submit("Send to Ohjaamo", **ANSWERS)
    assert "Which days?" not in page.get(f"/e/{token}").text


def test_the_page_speaks_the_language_of_the_contact_person(
    page: PageClient, contact: EmployerContact, token: str
) -> None:
    contact.language = "sv"
    html = page.get(f"/e/{token}").soup.html
    assert html is not None
    assert html["lang"] == "sv"


def test_places_of_other_employers_are_not_found(page: PageClient, session: Session, token: str) -> None:
    other = make_offer(session, make_employer(session, make_centre(session)), state=OfferState.DRAFT)
    for address in ("", "/edit", "/withdraw", "/sent"):
        page.get(f"/e/{token}/places/{other.id}{address}", status=404)


def test_what_staff_have_only_begun_to_write_is_not_shown(
    page: PageClient, session: Session, contact: EmployerContact, token: str
) -> None:
    employer = session.get_one(Employer, contact.employer_id)
    draft = make_offer(session, employer, title="Begun by staff", state=OfferState.DRAFT)
    make_offer(session, employer, title="Live one")
    shown = page.get(f"/e/{token}")
    assert "Live one" in shown.text
    assert "Begun by staff" not in shown.text
    page.get(f"/e/{token}/places/{draft.id}", status=404)


def test_opening_pages_changes_nothing(
    page: PageClient, session: Session, contact: EmployerContact, token: str, engine: Engine
) -> None:
    offer = own_offer(session, contact)
    with counted_queries(engine) as statements:
        for address in ("", "/new", f"/places/{offer.id}", f"/places/{offer.id}/withdraw"):
            page.get(f"/e/{token}{address}")
            page.client.head(f"/e/{token}{address}")
    assert all(statement.lstrip().upper().startswith("SELECT") for statement in statements)


def test_a_form_sent_twice_makes_one_place_and_one_message(page: PageClient, session: Session, token: str) -> None:
    form = page.get(f"/e/{token}/new")
    page.submit("Send to Ohjaamo", **ANSWERS)
    page.page = form
    page.submit("Send to Ohjaamo", **ANSWERS)
    assert session.scalar(select(func.count()).select_from(Offer)) == 1
    assert session.scalar(select(func.count()).select_from(Message)) == 1


def test_an_old_link_offers_a_new_one_to_the_same_address(
    page: PageClient, session: Session, contact: EmployerContact, token: str
) -> None:
    link = session.scalars(select(PersonalLink)).one()
    link.created_at, link.expires_at = utcnow() - timedelta(days=91), utcnow() - timedelta(days=1)
    shown = page.get(f"/e/{token}", status=404)
    assert shown.heading == "This link does not work any more"
    known = page.submit("Send me a new link")
    message = session.scalars(select(Message)).one()
    assert message.name == "employer_link"
    assert message.address == contact.email
    new_token = message.text.split("/e/")[1].split()[0]
    page.get(f"/e/{new_token}")
    page.get("/e/unknown-token", status=404)
    unknown = page.submit("Send me a new link")
    assert known.text == unknown.text
    page.get(f"/e/{token}", status=404)
    page.submit("Send me a new link")
    assert session.scalar(select(func.count()).select_from(Message)) == 1


def test_forms_that_anybody_with_an_address_can_send_are_limited(app: Flask) -> None:
    for endpoint in ("employer.new", "employer.edit", "employer.new_link"):
        assert getattr(app.view_functions[endpoint], "rate_limit", None) == PUBLIC_FORM


def test_a_withdrawn_link_is_not_renewed(page: PageClient, session: Session, token: str) -> None:
    session.scalars(select(PersonalLink)).one().revoked_at = utcnow()
    page.get(f"/e/{token}", status=404)
    page.submit("Send me a new link")
    assert session.scalar(select(func.count()).select_from(Message)) == 0


def test_a_person_who_has_stopped_cannot_open_the_page(page: PageClient, contact: EmployerContact, token: str) -> None:
    contact.is_active = False
    page.get(f"/e/{token}", status=404)


def test_home_asks_the_database_as_often_for_many_places_as_for_few(
    page: PageClient, session: Session, contact: EmployerContact, token: str, engine: Engine
) -> None:
    counts = []
    for _round in range(2):
        for _number in range(3):
            own_offer(session, contact)
        with counted_queries(engine) as statements:
            page.get(f"/e/{token}")
        counts.append(len(statements))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("kind", [kind for kind in OfferKind if kind is not OfferKind.WORKSHOP_PLACE])
def test_every_kind_of_place_is_told_in_the_same_six_questions(
    page: PageClient, session: Session, token: str, kind: OfferKind
) -> None:
    paid = kind not in UNPAID_KINDS
    page.get(f"/e/{token}/new")
    page.submit("Send to Ohjaamo", **ANSWERS | {"kind": kind.value, "pay": "TES" if paid else ""})
    offer = session.scalars(select(Offer)).one()
    assert (offer.kind, offer.state, offer.pay) == (kind, OfferState.SUBMITTED, "TES" if paid else "")


def test_pay_on_a_trial_is_refused_beside_the_pay(page: PageClient, token: str) -> None:
    page.get(f"/e/{token}/new")
    shown = page.submit("Send to Ohjaamo", status=422, **ANSWERS | {"pay": "12 €/h"})
    assert "has no pay" in shown.select("#pay-error")[0].get_text()


def test_question_still_open_is_answered_with_one_tap_and_looking_changes_nothing(
    page: PageClient, session: Session, contact: EmployerContact, token: str
) -> None:
    long_ago = today_in_helsinki() - timedelta(days=40)
    offer = own_offer(session, contact, confirmed_on=long_ago)
    page.get(f"/e/{token}/places/{offer.id}/still-open")
    session.refresh(offer)
    assert offer.confirmed_on == long_ago
    page.submit("Yes, it is open")
    session.refresh(offer)
    assert offer.confirmed_on == today_in_helsinki()


def test_place_is_paused_and_opened_again_by_its_employer(
    page: PageClient, session: Session, contact: EmployerContact, token: str
) -> None:
    offer = own_offer(session, contact)
    page.get(f"/e/{token}/places/{offer.id}/pause")
    assert page.submit("Pause", status=422).errors
    page.submit("Pause", days="30")
    session.refresh(offer)
    assert offer.paused_until == today_in_helsinki() + timedelta(days=30)
    page.submit("Open it again now")
    session.refresh(offer)
    assert offer.paused_until is None
    gone = own_offer(session, contact, state=OfferState.FILLED)
    page.get(f"/e/{token}/places/{gone.id}/pause", status=404)
    assert "Filled" in page.get(f"/e/{token}/places/{gone.id}/still-open").text


def test_closed_place_is_offered_again_and_read_anew(
    page: PageClient, session: Session, contact: EmployerContact, token: str
) -> None:
    offer = own_offer(session, contact, state=OfferState.EXPIRED)
    page.get(f"/e/{token}/places/{offer.id}")
    page.submit("Offer it again")
    session.refresh(offer)
    assert offer.state is OfferState.SUBMITTED
