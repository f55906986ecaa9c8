"""A form sent twice acts once: after each other, at the same moment, and from two pages."""

import threading
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.accounts.models import IdempotencyKey, LinkPurpose, Staff
from placement.accounts.permissions import Role
from placement.accounts.personal_links import make_link
from placement.app import create_app
from placement.db import make_engine
from placement.migrations.run import upgrade
from placement.settings import Settings
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.page import PageClient
from tests.support.requests import form_token

NEW = {"first_name": "Oona", "last_name": "Salo", "language": "fi", "roles": "counsellor"}


def staff_count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Staff)) or 0


def form_data(page: PageClient, email: str) -> dict[str, str]:
    assert page.page is not None
    key = str(page.page.select("#main-form input[name=form_key]")[0]["value"])
    return {**NEW, "email": email, "csrf_token": form_token(page), "form_key": key}


def test_second_sending_leads_to_the_same_place_and_changes_nothing(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session, None, Role.LEAD)).get("/service/staff/new")
    data = form_data(page, "oona@example.fi")
    first, second = (page.client.post("/service/staff/new", data=data) for _ in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location) == (303, "/service/staff")
    assert staff_count(session) == 2


def test_refused_form_can_be_mended_and_sent_again(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session, None, Role.LEAD)).get("/service/staff/new")
    assert page.client.post("/service/staff/new", data=form_data(page, "nonsense")).status_code == 422
    assert page.client.post("/service/staff/new", data=form_data(page, "oona@example.fi")).status_code == 303
    assert staff_count(session) == 2


def test_key_of_one_form_does_not_stop_another(page: PageClient, session: Session) -> None:
    lead = make_staff(session, None, Role.LEAD)
    page.sign_in(lead).get("/service/staff/new")
    data = form_data(page, "oona@example.fi")
    page.client.post("/service/staff/new", data=data)
    response = page.client.post("/account", data={**data, "language": "sv"})
    assert response.location == "/account"
    session.expire_all()
    assert lead.language == "sv"


def test_another_worker_is_not_led_where_the_form_led(page: PageClient, session: Session) -> None:
    lead = make_staff(session, None, Role.LEAD)
    page.sign_in(lead).get("/service/staff/new")
    key = form_data(page, "oona@example.fi")["form_key"]
    page.client.post("/service/staff/new", data=form_data(page, "oona@example.fi"))
    page.sign_out().sign_in(make_staff(session, lead.centre, Role.LEAD)).get("/service/staff/new")
    data = form_data(page, "nonsense") | {"form_key": key}
    assert page.client.post("/service/staff/new", data=data).status_code == 422


def test_key_of_one_page_does_not_lead_to_another_of_its_kind(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    first, second = (make_offer(session, make_employer(session, staff.centre)) for _ in range(2))
    page.sign_in(staff).get(f"/offers/{first.id}")
    data = {"csrf_token": form_token(page), "form_key": "the same"}
    for offer in (first, second):
        assert page.client.post(f"/offers/{offer.id}/confirm", data=data).location == f"/offers/{offer.id}"


def test_no_token_of_a_personal_link_is_kept(page: PageClient, session: Session) -> None:
    centre = make_staff(session).centre
    contact = make_contact(session, employer := make_employer(session, centre))
    offer = make_offer(session, employer)
    purpose = LinkPurpose.EMPLOYER_PAGE
    token = make_link(session, centre_id=centre.id, purpose=purpose, employer_contact_id=contact.id)
    place = f"/e/{token}/places/{offer.id}"
    page.get(place)
    data = {"csrf_token": form_token(page), "form_key": "a key"}
    for _time in range(2):
        assert page.client.post(f"{place}/still-open", data=data).location == place
    kept = session.scalars(select(IdempotencyKey)).one()
    assert token not in kept.location + kept.key
    assert "a key" not in kept.key


def test_very_long_key_is_no_harm(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session, None, Role.LEAD)).get("/service/staff/new")
    data = form_data(page, "oona@example.fi") | {"form_key": "k" * 5000}
    assert page.client.post("/service/staff/new", data=data).status_code == 303


def test_same_form_sent_five_times_at_once_acts_once(settings: Settings, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'parallel.sqlite3'}"
    upgrade(address)
    app = create_app(settings, make_engine(address))
    with app.app_context(), app.extensions["session_factory"]() as session:
        client = PageClient(app, session).sign_in(make_staff(session, None, Role.LEAD))
        client.get("/service/staff/new")
        data = form_data(client, "oona@example.fi")
        cookie = client.client.get_cookie("sauma")
        assert cookie is not None
        session.rollback()
        statuses: list[int] = []

        def _send() -> None:
            other = app.test_client()
            other.set_cookie("sauma", cookie.value)
            statuses.append(other.post("/service/staff/new", data=data).status_code)

        threads = [threading.Thread(target=_send) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(statuses) <= {303, 409, 422}
        assert 303 in statuses
        assert staff_count(session) == 2
        assert session.scalar(select(func.count()).select_from(IdempotencyKey)) == 1
    app.extensions["engine"].dispose()
