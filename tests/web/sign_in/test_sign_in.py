"""Signing in: password, code, app, recovery codes, lock, forgotten and changed password, sign-out."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask_security import verify_password
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.models import AuditEntry
from placement.clock import utcnow
from placement.notifications.models import Message
from tests.support.factories.accounts import PASSWORD, make_account
from tests.support.page import Page, PageClient
from tests.support.requests import form_token

NEW_PASSWORD = "eleven quiet rivers"


def newest_message(session: Session, name: str) -> Message:
    session.expire_all()
    message = session.scalar(select(Message).where(Message.name == name).order_by(Message.id.desc()).limit(1))
    assert message is not None
    return message


def sent_code(session: Session) -> str:
    found = re.search(r"\b\d{6}\b", newest_message(session, "sign_in_code").text)
    assert found
    return found.group()


def give_password(page: PageClient, staff: Staff, *, password: str = PASSWORD, address: str = "/sign-in") -> Page:
    page.get(address)
    return page.submit("Sign in", email=staff.email, password=password)


def go_to_account(page: PageClient) -> Page:
    return page.get("/account")


def sign_in_fully(page: PageClient, session: Session, staff: Staff, next_page: str = "/account") -> Page:
    give_password(page, staff, address=f"/sign-in?next={next_page}")
    return page.submit("Go on", code=sent_code(session))


def test_password_and_mailed_code_lead_to_the_page_first_asked_for(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    session.commit()
    first = page.client.get("/account")
    assert first.status_code == 303
    page.get(first.location)
    code_page = page.submit("Sign in", email=staff.email.upper(), password=PASSWORD)
    assert code_page.heading == "Write the code"
    assert sent_code(session) not in code_page.html
    account = page.submit("Go on", code=sent_code(session))
    assert account.heading == "My account"
    assert session.scalar(select(AuditEntry.action).where(AuditEntry.object_id == staff.id)) == "staff.signed_in"


def test_no_message_of_the_library_is_shown_after_signing_in(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    account = sign_in_fully(page, session, staff)
    assert account.heading == "My account"
    assert account.flashes == []


def test_sign_in_without_a_page_in_mind_leads_to_today(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    page.get("/sign-in")
    page.submit("Sign in", email=staff.email, password=PASSWORD)
    response = page.client.post(
        "/sign-in/code", data={"csrf_token": form_token(page), "code": sent_code(session)}, follow_redirects=False
    )
    assert (response.status_code, response.location) == (303, "/today/")


@pytest.mark.parametrize("bad", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_next_never_leads_off_this_site(page: PageClient, session: Session, bad: str) -> None:
    staff = make_account(session)
    page.get(f"/sign-in?next={bad}")
    page.submit("Sign in", email=staff.email, password=PASSWORD)
    response = page.client.post("/sign-in/code", data={"csrf_token": form_token(page), "code": sent_code(session)})
    assert (response.status_code, response.location) == (303, "/today/")


def test_unknown_address_and_wrong_password_read_the_same(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    page.get("/sign-in")
    known = page.submit("Sign in", email=staff.email, password="wrong password", status=200)
    unknown = page.submit("Sign in", email="nobody@example.fi", password="wrong password", status=200)
    assert known.errors == unknown.errors != []
    assert known.select("#email")[0]["value"] == staff.email
    assert known.select("#password")[0]["aria-describedby"] == "password-error"


def test_inactive_worker_is_told_the_same(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    staff.active = False
    page.get("/sign-in")
    refused = page.submit("Sign in", email=staff.email, password=PASSWORD, status=200)
    assert "not right" in refused.errors[0]


def test_empty_fields_are_asked_for(page: PageClient, session: Session) -> None:
    page.get("/sign-in")
    empty = page.submit("Sign in", email="", password="", status=200)
    assert empty.errors == ["E-mail address – Write your e-mail address.", "Password – Write your password."]


def test_ten_failures_lock_for_a_quarter_of_an_hour(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    for _ in range(10):
        page.get("/sign-in")
        page.submit("Sign in", email=staff.email, password="wrong password", status=200)
    session.expire_all()
    assert staff.is_locked()
    locked = page.submit("Sign in", email=staff.email, password=PASSWORD, status=200)
    assert "not right" in locked.errors[0]
    with time_machine.travel(utcnow() + timedelta(minutes=16)):
        assert give_password(page, staff).heading == "Write the code"
    assert "staff.locked" in session.scalars(select(AuditEntry.action)).all()


def test_wrong_codes_lock_too_and_a_good_code_then_fails(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    give_password(page, staff)
    for number in range(10):
        page.submit("Go on", code=f"00000{number}", status=200)
    refused = page.submit("Go on", code=sent_code(session), status=200)
    assert "does not work" in refused.errors[0]
    assert refused.select("#code")[0]["aria-invalid"] == "true"


def test_good_sign_in_forgets_failures(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    page.get("/sign-in")
    page.submit("Sign in", email=staff.email, password="wrong password", status=200)
    sign_in_fully(page, session, staff)
    session.expire_all()
    assert staff.failed_sign_ins == 0


def test_code_is_too_old_after_ten_minutes(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    give_password(page, staff)
    code = sent_code(session)
    with time_machine.travel(utcnow() + timedelta(minutes=11)):
        assert "too old" in page.submit("Go on", code=code, status=200).errors[0]


def test_new_code_ends_the_earlier_one(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    give_password(page, staff)
    earlier = sent_code(session)
    give_password(page, staff)
    assert sent_code(session) != earlier
    assert page.submit("Go on", code=earlier, status=200).errors


def test_code_page_without_a_password_first_leads_to_signing_in(page: PageClient, session: Session) -> None:
    response = page.client.get("/sign-in/code")
    assert (response.status_code, response.location) == (302, "/sign-in")


def test_code_page_of_a_signed_in_worker_does_not_sign_out(page: PageClient, session: Session) -> None:
    page.sign_in(make_account(session))
    assert page.client.get("/sign-in/code").location == "/today/"
    assert go_to_account(page).heading == "My account"


def app_code(app: Flask, secret: str) -> str:
    return str(app.extensions["security"].totp_factory.generate_totp_password(secret))


def set_up_app(page: PageClient, session: Session, staff: Staff, app: Flask) -> None:
    sign_in_fully(page, session, staff)
    page.get("/account/second-factor")
    shown = page.submit("Go on", setup="authenticator", status=200)
    assert str(shown.select("img.qr")[0]["src"]).startswith("data:image/svg+xml")
    with page.client.session_transaction() as cookie:
        secret = cookie["tf_totp_secret"]
    again = page.submit("Use this from now on", code="000000", status=200)
    assert "does not work" in again.errors[0]
    done = page.submit("Go on", code=app_code(app, secret))
    assert done.heading == "My account"
    session.expire_all()
    assert staff.tf_primary_method == "authenticator"


def test_authenticator_app_replaces_the_mailed_code_and_its_code_works_once(
    page: PageClient, session: Session, app: Flask
) -> None:
    staff = make_account(session)
    set_up_app(page, session, staff, app)
    page.submit("Sign out")
    mails = session.scalar(select(func.count()).select_from(Message))
    with time_machine.travel(utcnow() + timedelta(minutes=2), tick=False):
        code_page = give_password(page, staff)
        assert "authenticator app" in code_page.text
        code = app_code(app, str(staff.tf_totp_secret))
        assert (
            page.client.post("/sign-in/code", data={"csrf_token": form_token(page), "code": code}).location == "/today/"
        )
        page.sign_out()
        give_password(page, staff)
        assert "used already" in page.submit("Go on", code=code, status=200).errors[0]
    assert session.scalar(select(func.count()).select_from(Message)) == mails


def test_recovery_codes_are_shown_once_and_work_once(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    sign_in_fully(page, session, staff)
    page.get("/account/recovery-codes")
    made = page.submit("Make new codes", status=200)
    codes = [code.get_text() for code in made.select("b.key")]
    assert len(codes) == 8
    assert codes[0] not in page.get("/account/recovery-codes?show_codes=1").html
    session.expire_all()
    assert codes[0] not in str(staff.mf_recovery_codes)
    assert "8 codes left" in go_to_account(page).text
    page.sign_out()
    give_password(page, staff, address="/sign-in?next=/account")
    page.get("/sign-in/recovery-code")
    response = page.client.post(
        "/sign-in/recovery-code", data={"csrf_token": form_token(page), "code": codes[0].upper()}
    )
    assert response.status_code == 303
    assert "7 codes left" in go_to_account(page).text
    page.sign_out()
    give_password(page, staff)
    page.get("/sign-in/recovery-code")
    assert "does not work" in page.submit("Sign in", code=codes[0], status=200).errors[0]
    session.expire_all()
    assert staff.failed_sign_ins == 1


def test_recovery_codes_ask_for_the_password_when_the_sign_in_is_old(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    page.sign_in(staff)
    confirm = page.get("/account/recovery-codes", follow=True)
    assert confirm.heading == "Write your password once more"
    assert page.submit("Go on", password="wrong password", status=200).errors
    assert page.submit("Go on", password=PASSWORD).heading == "Recovery codes"


def test_forgotten_password_is_answered_the_same_for_everybody(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    answers = []
    for address in (staff.email, "nobody@example.fi"):
        page.get("/forgotten-password")
        answers.append(page.submit("Send the link", email=address).flashes)
    assert answers[0] == answers[1] != []
    assert session.scalar(select(func.count()).select_from(Message)) == 1


def test_link_chooses_a_new_password_once_and_ends_other_sign_ins(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    other = PageClient(page.app, session).sign_in(staff)
    page.get("/forgotten-password")
    page.client.environ_base["HTTP_HOST"] = "evil.example"
    page.submit("Send the link", email=staff.email)
    del page.client.environ_base["HTTP_HOST"]
    found = re.search(r"http://sauma\.test(/forgotten-password/\S+)", newest_message(session, "password_reset").text)
    assert found
    page.get(found[1])
    weak = page.submit("Save the new password", password="short", password_confirm="short", status=200)
    assert "12 characters" in weak.errors[0]
    differ = page.submit("Save the new password", password=NEW_PASSWORD, password_confirm="x", status=200)
    assert "not the same" in differ.errors[0]
    page.submit("Save the new password", password=NEW_PASSWORD, password_confirm=NEW_PASSWORD)
    session.expire_all()
    assert verify_password(NEW_PASSWORD, staff.password)
    assert other.client.get("/account").status_code == 303
    assert page.client.get(found[1]).location == "/forgotten-password"
    assert newest_message(session, "password_changed").staff_id == staff.id


def test_reset_link_is_too_old_after_a_day(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    page.get("/forgotten-password")
    page.submit("Send the link", email=staff.email)
    found = re.search(r"http://sauma\.test(/forgotten-password/\S+)", newest_message(session, "password_reset").text)
    assert found
    with time_machine.travel(utcnow() + timedelta(hours=25)):
        assert page.get(found[1], follow=True).heading == "Forgotten password"


def test_password_is_changed_with_the_present_one(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    page.sign_in(staff)
    page.get("/account/password")
    both = {"new_password": NEW_PASSWORD, "new_password_confirm": NEW_PASSWORD}
    assert page.submit("Save the new password", password="wrong", **both, status=200).errors
    named = f"{staff.first_name} walks alone"
    weak = {"new_password": named, "new_password_confirm": named}
    assert "name" in page.submit("Save the new password", password=PASSWORD, **weak, status=200).errors[0]
    assert page.submit("Save the new password", password=PASSWORD, **both).heading == "My account"
    session.expire_all()
    assert verify_password(NEW_PASSWORD, staff.password)


def test_sign_out_clears_the_browser_and_needs_a_post(page: PageClient, session: Session) -> None:
    page.sign_in(make_account(session))
    go_to_account(page)
    assert page.client.get("/sign-out").status_code == 405
    response = page.client.post("/sign-out", data={"csrf_token": form_token(page)})
    assert response.status_code == 303
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert page.client.get("/account").status_code == 303


def test_language_switch_keeps_the_address(page: PageClient, session: Session) -> None:
    page.speak("en").get("/sign-in")
    page.submit(form="main-form", email="someone@example.fi", password="x", _language="sv", status=200)
    assert page.page is not None
    assert page.page.select("#email")[0]["value"] == "someone@example.fi"
    assert page.page.select("html")[0]["lang"] == "sv"
    assert not page.page.errors


def test_worker_chooses_the_language_of_pages_and_messages(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    page.sign_in(staff)
    go_to_account(page)
    changed = page.submit(form="main-form", language="sv")
    session.expire_all()
    assert staff.language == "sv"
    assert changed.select("html")[0]["lang"] == "sv"


@pytest.mark.parametrize("address", ["/sign-in/select", "/fs-static/js/base64.js"])
def test_unused_pages_of_the_library_do_not_exist(page: PageClient, session: Session, address: str) -> None:
    assert page.client.get(address).status_code == 404


def test_worker_without_a_second_factor_sets_one_up_at_the_first_sign_in(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    staff.tf_totp_secret = staff.tf_primary_method = None
    setup = give_password(page, staff)
    assert setup.heading == "Where the sign-in code comes from"
    page.submit("Go on", setup="", status=200)
    page.submit("Go on", setup="email", status=200)
    response = page.client.post("/sign-in/code", data={"csrf_token": form_token(page), "code": sent_code(session)})
    assert response.location == "/today/"
    session.expire_all()
    assert staff.tf_primary_method == "email"


@pytest.mark.parametrize(
    ("language", "sentence"), [("fi", "Kirjoita ensin"), ("sv", "Skriv först"), ("en", "Write your")]
)
def test_sentences_of_the_library_are_in_the_readers_language(
    page: PageClient, session: Session, language: str, sentence: str
) -> None:
    page.speak(language)
    assert sentence in page.get("/sign-in/code", follow=True).flashes[0]
