"""Managing the staff of a centre."""

import re

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.audit.models import AuditEntry
from placement.notifications.models import Message
from tests.support.factories.accounts import make_account
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.queries import counted_queries

NEW = {"first_name": "Oona", "last_name": "Salo", "email": "Oona.Salo@example.fi", "language": "sv"}


def test_lead_adds_a_worker_who_chooses_a_password_by_the_link(page: PageClient, session: Session) -> None:
    lead = make_staff(session, None, Role.LEAD)
    page.sign_in(lead).get("/service/staff/new")
    listed = page.submit("Add", **NEW, roles=["counsellor", "one_adult"])
    assert "Oona Salo is added" in listed.flashes[0]
    added = session.scalars(select(Staff).where(Staff.email == "oona.salo@example.fi")).one()
    assert added.role_codes == {Role.COUNSELLOR, Role.ONE_ADULT}
    assert added.centre_id == lead.centre_id
    message = session.scalars(select(Message).where(Message.staff_id == added.id)).one()
    found = re.search(r"http://sauma\.test(/forgotten-password/\S+)", message.text)
    assert found
    page.sign_out().get(found[1])
    password = "nine brown foxes"
    page.submit("Save the new password", password=password, password_confirm=password)
    assert page.submit("Sign in", email=added.email, password=password).heading == "Write the code"


def test_same_form_twice_adds_one_worker(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session, None, Role.LEAD))
    form = page.get("/service/staff/new")
    page.submit("Add", **NEW, roles=["counsellor"])
    page.page = form
    page.submit("Add", **NEW, roles=["counsellor"])
    assert session.scalar(select(func.count()).select_from(Staff)) == 2


def test_wrong_details_are_kept_and_explained(page: PageClient, session: Session) -> None:
    lead = make_staff(session, None, Role.LEAD)
    page.sign_in(lead).get("/service/staff/new")
    refused = page.submit("Add", **(NEW | {"email": "no address", "last_name": ""}), status=422)
    assert len(refused.errors) == 3
    assert refused.select("#first_name")[0]["value"] == "Oona"
    taken = page.submit("Add", **(NEW | {"email": lead.email}), roles=["counsellor"], status=422)
    assert "already" in taken.errors[0]


def test_language_switch_keeps_what_was_typed(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session, None, Role.LEAD)).get("/service/staff/new")
    switched = page.submit(form="main-form", **NEW, roles=["counsellor"], _language="fi", status=422)
    assert switched.select("html")[0]["lang"] == "fi"
    assert switched.select("#first_name")[0]["value"] == "Oona"
    assert not switched.errors


def test_roles_are_changed_and_logged(page: PageClient, session: Session) -> None:
    lead = make_staff(session, None, Role.LEAD)
    worker = make_staff(session, lead.centre)
    page.sign_in(lead).get(f"/service/staff/{worker.id}")
    page.submit("Save", roles=["employer_worker"])
    session.expire_all()
    assert worker.role_codes == {Role.EMPLOYER_WORKER}
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "staff.changed")).one()
    assert entry.changes["roles"] == [["counsellor"], ["employer_worker"]]


def test_coordinator_cannot_make_an_administrator_even_by_hand(page: PageClient, session: Session) -> None:
    lead = make_staff(session, None, Role.LEAD)
    worker = make_staff(session, lead.centre, Role.COUNSELLOR, Role.AUDITOR)
    page.sign_in(lead).get(f"/service/staff/{worker.id}")
    page.submit("Save", roles=["counsellor", "admin"], status=422)
    page.get(f"/service/staff/{worker.id}")
    page.submit("Save", roles=["lead"])
    session.expire_all()
    assert worker.role_codes == {Role.LEAD, Role.AUDITOR}


def test_nobody_takes_their_own_right_away(page: PageClient, session: Session) -> None:
    lead = make_staff(session, None, Role.LEAD)
    page.sign_in(lead).get(f"/service/staff/{lead.id}")
    page.submit("Save", roles=["counsellor"], status=409)
    session.expire_all()
    assert lead.role_codes == {Role.LEAD}


def test_closed_account_is_signed_out_everywhere(page: PageClient, session: Session) -> None:
    lead = make_staff(session, None, Role.LEAD)
    worker = make_staff(session, lead.centre)
    make_youth(session, worker)
    elsewhere = PageClient(page.app, session).sign_in(worker)
    assert elsewhere.client.get("/account").status_code == 200
    asked = page.sign_in(lead).get(f"/service/staff/{worker.id}/close")
    assert "own adult of 1 young person" in asked.text
    listed = page.submit("Close the account")
    assert "Closed" in listed.text
    assert elsewhere.client.get("/account").status_code == 303
    session.expire_all()
    assert not worker.active


def test_own_account_cannot_be_closed(page: PageClient, session: Session) -> None:
    lead = make_staff(session, None, Role.LEAD)
    page.sign_in(lead).get(f"/service/staff/{lead.id}/close")
    page.submit("Close the account", status=409)
    session.expire_all()
    assert lead.active


def test_new_start_ends_sign_ins_and_brings_the_code_back_to_e_mail(page: PageClient, session: Session) -> None:
    lead = make_staff(session, None, Role.LEAD)
    worker = make_account(session, lead.centre)
    worker.tf_primary_method, worker.mf_recovery_codes, worker.failed_sign_ins = "authenticator", ["x"], 9
    before = worker.fs_uniquifier
    page.sign_in(lead).get(f"/service/staff/{worker.id}")
    page.submit("Send a link to start anew")
    session.expire_all()
    assert (worker.tf_primary_method, worker.mf_recovery_codes, worker.failed_sign_ins) == ("email", None, 0)
    assert worker.fs_uniquifier != before
    assert session.scalars(select(Message.name).where(Message.staff_id == worker.id)).all() == ["password_reset"]


@pytest.mark.parametrize("path", ["", "/close"])
def test_worker_of_another_centre_is_not_found(page: PageClient, session: Session, path: str) -> None:
    other = make_staff(session, make_centre(session))
    page.sign_in(make_staff(session, None, Role.LEAD)).get(f"/service/staff/{other.id}{path}", status=404)


@pytest.mark.parametrize("path", ["/service/staff", "/service/staff/new", "/service/jobs", "/service/audit"])
def test_counsellor_may_not_open(page: PageClient, session: Session, path: str) -> None:
    page.sign_in(make_staff(session)).get(path, status=403)


def test_number_of_queries_does_not_grow(page: PageClient, session: Session, engine: Engine) -> None:
    lead = make_staff(session, None, Role.LEAD)
    page.sign_in(lead)
    counts = []
    for number in (1, 15):
        for _ in range(number):
            make_staff(session, lead.centre)
        session.commit()
        with counted_queries(engine) as statements:
            page.get("/service/staff")
        counts.append(len(statements))
    assert counts[0] == counts[1]
