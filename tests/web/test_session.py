"""How long a sign-in lasts, and how a request ends: commit, roll back, conflict, refused writes."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask, redirect
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from placement.accounts.models import Centre, Organisation
from placement.accounts.permissions import Role
from placement.audit.models import AuditEntry
from placement.clock import utcnow
from placement.db import WriteInReadOnlySession
from placement.web.flashes import say
from placement.web.session import after_view, db_session
from tests.support.factories.accounts import make_account
from tests.support.factories.centres import make_staff
from tests.support.factories.days import make_open_day
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.requests import form_token


@pytest.fixture
def view(app: Flask) -> Iterator[dict[str, object]]:
    """Lets a test put its own function in place of the view that changes the language."""
    original = app.view_functions["public.set_language"]
    reading = app.view_functions["public.accessibility"]
    place: dict[str, object] = {}

    def _replaced() -> object:
        return place["view"]()  # type: ignore[operator]

    _replaced.access_rule = original.access_rule  # type: ignore[attr-defined]
    app.view_functions["public.set_language"] = app.view_functions["public.accessibility"] = _replaced  # type: ignore[assignment]
    yield place
    app.view_functions["public.set_language"] = original
    app.view_functions["public.accessibility"] = reading


def later(**amount: int) -> time_machine.travel:
    return time_machine.travel(utcnow() + timedelta(**amount))


def test_half_an_hour_without_a_page_asks_to_sign_in_and_keeps_the_place(page: PageClient, session: Session) -> None:
    page.sign_in(make_account(session))
    page.get("/account")
    with later(minutes=31):
        response = page.client.get("/account/password?from=here")
    assert response.status_code == 303
    assert response.location == "/sign-in?next=/account/password?from%3Dhere"


def test_opening_pages_keeps_the_sign_in_until_twelve_hours(page: PageClient, session: Session) -> None:
    page.sign_in(make_account(session))
    now = utcnow()
    for minutes in range(0, 720, 20):
        with time_machine.travel(now + timedelta(minutes=minutes)):
            assert page.client.get("/account").status_code == 200
    with time_machine.travel(now + timedelta(minutes=725)):
        assert page.client.get("/account").status_code == 303


def test_form_left_open_for_an_hour_is_saved_but_does_not_prolong_the_sign_in(
    page: PageClient, session: Session
) -> None:
    staff = make_account(session)
    page.sign_in(staff)
    page.get("/account")
    with later(minutes=60):
        response = page.client.post(
            "/account", data={"csrf_token": form_token(page), "form_key": "k" * 20, "language": "sv"}
        )
        assert response.status_code == 303
        assert page.client.get(response.location).status_code == 303
    session.expire_all()
    assert staff.language == "sv"


def test_form_left_open_for_three_hours_is_not_saved(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    page.sign_in(staff)
    page.get("/account")
    with later(hours=3):
        response = page.client.post("/account", data={"csrf_token": form_token(page), "language": "sv"})
    assert response.status_code in {303, 400}
    session.expire_all()
    assert staff.language == "en"


def test_deactivated_worker_is_out_at_the_next_page(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    page.sign_in(staff)
    page.get("/account")
    staff.active = False
    session.commit()
    assert page.client.get("/account").status_code == 303


def test_role_taken_away_counts_at_the_next_page(page: PageClient, session: Session) -> None:
    staff = make_account(session, None, Role.LEAD)
    page.sign_in(staff)
    page.get("/service/jobs")
    staff.roles = []
    session.commit()
    page.get("/service/jobs", status=403)


def test_cookie_tells_no_roles(page: PageClient, session: Session) -> None:
    page.sign_in(make_account(session, None, Role.LEAD))
    page.get("/account")
    with page.client.session_transaction() as cookie:
        assert "lead" not in str(dict(cookie))


def organisations(session: Session, name: str) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(Organisation).where(Organisation.name == name)) or 0


def add(name: str) -> None:
    db_session.add(Organisation(name=name, sector="municipality"))


def post(page: PageClient) -> int:
    page.get("/")
    return page.client.post("/language", data={"csrf_token": form_token(page)}).status_code


def test_post_that_goes_well_is_kept(page: PageClient, session: Session, view: dict[str, object]) -> None:
    view["view"] = lambda: (add("Kept"), redirect("/", 303))[1]
    assert post(page) == 303
    assert organisations(session, "Kept") == 1


def test_post_that_is_refused_changes_nothing(page: PageClient, session: Session, view: dict[str, object]) -> None:
    view["view"] = lambda: (add("Refused"), db_session.flush(), ("no", 422))[2]
    assert post(page) == 422
    assert organisations(session, "Refused") == 0


def test_conflict_at_commit_is_409_and_announces_nothing(
    page: PageClient, session: Session, view: dict[str, object]
) -> None:
    session.add(Organisation(name="Taken", sector="municipality"))
    session.commit()
    view["view"] = lambda: (add("Taken"), say("Saved."), redirect("/", 303))[2]
    assert post(page) == 409
    assert page.get("/").flashes == []
    assert organisations(session, "Taken") == 1


def test_conflict_inside_a_view_is_409(page: PageClient, session: Session, view: dict[str, object]) -> None:
    def _conflict() -> object:
        raise IntegrityError("insert", {}, Exception("twice"))

    view["view"] = _conflict
    assert post(page) == 409


def test_silent_database_is_503_with_a_time_to_try_again(
    page: PageClient, session: Session, view: dict[str, object]
) -> None:
    def _silent() -> object:
        raise OperationalError("select", {}, Exception("gone"))

    view["view"] = _silent
    page.get("/")
    response = page.client.post("/language", data={"csrf_token": form_token(page)})
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"


def test_get_may_not_write(page: PageClient, session: Session, view: dict[str, object]) -> None:
    view["view"] = lambda: (add("By GET"), db_session.flush(), "done")[2]
    with pytest.raises(WriteInReadOnlySession):
        page.client.get("/accessibility")
    view["view"] = lambda: (db_session.execute(update(Centre).values(name="x")), "done")[1]
    with pytest.raises(WriteInReadOnlySession):
        page.client.get("/accessibility")


def test_page_is_not_shown_when_its_view_cannot_be_logged(
    page: PageClient, session: Session, view: dict[str, object]
) -> None:
    def _fails(_session: Session) -> None:
        raise OperationalError("insert", {}, Exception("disk full"))

    view["view"] = lambda: (after_view(_fails), "secret")[1]
    response = page.client.get("/accessibility")
    assert response.status_code == 503
    assert "secret" not in response.text


def test_form_that_comes_back_with_its_faults_is_a_look_at_the_person(page: PageClient, session: Session) -> None:
    lead = make_staff(session, None, Role.LEAD, Role.COUNSELLOR)
    youth = make_youth(session, lead)
    day = make_open_day(session, lead)
    page.sign_in(lead).get("/account")
    token = form_token(page)
    person = page.client.post(f"/young-people/{youth.id}", data={"csrf_token": token, "next_on": "nonsense"})
    names = page.client.post(f"/recruitment-days/{day.id}/invite", data={"csrf_token": token})
    assert (person.status_code, names.status_code) == (422, 422)
    assert "Aino" in person.text
    assert "Aino" in names.text
    looks = session.scalars(
        select(AuditEntry.action).where(AuditEntry.action.in_(["youth.viewed", "day.names_viewed"]))
    )
    assert sorted(looks) == ["day.names_viewed", "youth.viewed"]


def test_form_that_goes_well_is_a_change_and_no_look(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    youth = make_youth(session, staff)
    page.sign_in(staff).get("/account")
    data = {"csrf_token": form_token(page), "next_step": "a visit"}
    assert page.client.post(f"/young-people/{youth.id}", data=data).status_code == 303
    assert session.scalars(select(AuditEntry.action).where(AuditEntry.youth_id == youth.id)).all() == [
        "youth.contact_noted"
    ]
