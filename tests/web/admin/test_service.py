"""The first page of the service, scheduled work, the log and the rules."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import jobs
from jobs.schedule import JOBS
from jobs.tasks import advance_placements, keep_offers_fresh
from placement.accounts.permissions import Role
from placement.audit.models import Heartbeat, JobRun, JobRunState
from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.notifications.models import MessageState, OutcomeKind
from placement.rules.table import load_rules
from placement.web.admin import job_words
from placement.web.admin.audit_words import action_in_words
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.messages import make_message
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.queries import counted_queries


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        (Role.COUNSELLOR, {"Sent messages", "Rules"}),
        (Role.LEAD, {"Sent messages", "Staff", "Scheduled work", "Rules"}),
        (Role.ADMIN, {"Staff", "Scheduled work", "Rules"}),
        (Role.AUDITOR, {"Lists that were shown", "Log", "Rules"}),
    ],
)
def test_index_offers_what_the_role_may_open(page: PageClient, session: Session, role: Role, titles: set[str]) -> None:
    page.sign_in(make_staff(session, None, role))
    shown = page.get("/service")
    links = shown.select("main .cols a")
    assert {link.get_text() for link in links} == titles
    for link in links:
        page.get(str(link["href"]))


def test_jobs_page_tells_that_nothing_has_ever_run(page: PageClient, session: Session) -> None:
    shown = page.sign_in(make_staff(session, None, Role.ADMIN)).get("/service/jobs")
    assert "has never run" in shown.text


def test_jobs_page_tells_silence_runs_errors_and_what_waits(page: PageClient, session: Session) -> None:
    lead = make_staff(session, None, Role.LEAD)
    now = utcnow()
    beat = Heartbeat(name="jobs", owner="a", beat_at=now)
    run = {"job": "send_due_messages", "started_at": now, "finished_at": now}
    session.add_all(
        [
            beat,
            JobRun(slot="1", state=JobRunState.DONE, counts={"sent": 12}, **run),
            JobRun(slot="2", state=JobRunState.FAILED, error="mail server said no", **run),
            JobRun(slot="3", state=JobRunState.DONE, **run | {"job": "forgotten_long_ago"}),
        ]
    )
    make_message(session, centre_id=lead.centre_id, staff_id=lead.id, state=MessageState.PLANNED)
    shown = page.sign_in(lead).get("/service/jobs").text
    for part in (
        "Running",
        "Sending messages",
        "Sent: 12",
        "mail server said no",
        "Waiting 1",
        "The next message is due",
    ):
        assert part in shown
    assert "forgotten" not in shown  # it did nothing
    beat.beat_at = now - timedelta(minutes=5)
    assert "silent since" in page.get("/service/jobs").text


WORDS_OF_LATER = {OutcomeKind.INTERRUPTED, OutcomeKind.UNKNOWN_THERE, OutcomeKind.DELIVERED, OutcomeKind.UNDELIVERED}


def test_every_job_and_every_count_has_words() -> None:
    tasks = Path(jobs.__file__).parent
    counted = {str(kind.value) for kind in OutcomeKind if kind not in WORDS_OF_LATER}
    for path in tasks.rglob("*.py"):
        counted |= set(re.findall(r'work\.count\("([^"]+)"', path.read_text(encoding="utf-8")))
    counted |= set(re.findall(r'\n +\("([^"]+)", \w+\.', (tasks / "tasks" / "forget_old_keys.py").read_text("utf-8")))
    counted |= {*keep_offers_fresh.COUNTED_AS.values(), *advance_placements.COUNTED_AS.values()}

    assert set(job_words.JOBS) == {job.name for job in JOBS}
    assert set(job_words.COUNTS) == counted
    assert all(f'"{error}"' in (tasks / "runner.py").read_text("utf-8") for error in job_words.ERRORS)


def test_log_names_who_did_what_without_content(page: PageClient, session: Session) -> None:
    auditor = make_staff(session, None, Role.AUDITOR)
    worker = make_staff(session, auditor.centre, first_name="Leena", last_name="Vuori")
    youth = make_youth(session, worker, first_name="Aino")
    other = make_staff(session, make_centre(session), first_name="Elsewhere")
    record(session, actor=Actor.staff(worker), action="youth.viewed", about=youth, youth_id=youth.id)
    record(session, actor=Actor.staff(worker), action="youth.changed", about=youth, changes={"phone": ["1", "555"]})
    record(session, actor=Actor.staff(other), action="staff.signed_in", about=other)
    shown = page.sign_in(auditor).get("/service/audit").text
    assert "Leena Vuori" in shown
    assert "opened a young person’s page" in shown
    assert f"Young person {youth.id}" in shown
    for hidden in ("Aino", "555", "Elsewhere"):
        assert hidden not in shown


def test_log_asks_as_often_for_many_lines_as_for_few(page: PageClient, session: Session, engine: Engine) -> None:
    auditor = make_staff(session, None, Role.AUDITOR)
    page.sign_in(auditor)
    counts = []
    for number in (1, 20):
        for _ in range(number):
            worker = make_staff(session, auditor.centre)
            record(session, actor=Actor.staff(worker), action="staff.signed_in", about=worker)
        session.commit()
        with counted_queries(engine) as statements:
            page.get("/service/audit")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_code_without_words_is_still_readable() -> None:
    assert action_in_words("boat.came_home") == "boat: came home"


def test_every_rule_is_shown_with_its_source_and_doubt(page: PageClient, session: Session) -> None:
    shown = page.sign_in(make_staff(session)).get("/service/rules")
    assert {cell.get_text() for cell in shown.select("tbody th")} == set(load_rules())
    unconfirmed = [rule for versions in load_rules().values() for rule in versions if rule.confidence.value == "U"]
    assert shown.text.count("Not confirmed") == len(unconfirmed)
