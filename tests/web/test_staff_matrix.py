"""Every role opens exactly what the table signed by people says; the table knows nothing of the code."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.audit.services import give_look_reason
from placement.jobseekers.models import Youth
from placement.web.access import rule_of
from tests.support.factories.centres import make_staff
from tests.support.page import PageClient
from tests.support.world import World, make_world

pytestmark = pytest.mark.shown

MATRIX = Path(__file__).parents[1] / "conventions" / "staff_matrix.txt"
OPENS = {"c": {"nobody’s", "with a reason", "own"}, "r": {"with a reason", "own"}, "o": {"own"}, "-": set[str]()}
SERVING = {Role.COUNSELLOR, Role.ONE_ADULT, Role.PAIR_MEMBER}


def rows() -> Iterator[tuple[str, dict[Role, str]]]:
    lines = MATRIX.read_text(encoding="utf-8").splitlines()
    roles = [Role(code) for code in next(line for line in lines if line.startswith("# page")).split()[2:]]
    assert set(roles) == set(Role)
    for line in lines:
        if not line.startswith("#"):
            endpoint, *codes = line.split()
            yield endpoint, dict(zip(roles, codes, strict=True))


def opened_by(app: Flask, page: PageClient, ids: dict[str, int], *, role: Role, relation: str) -> dict[str, bool]:
    """Whether each page of the table opens; being led to write a reason is not opening."""
    addresses = app.url_map.bind("localhost")
    found = {}
    for page_of, _codes in rows():
        endpoint, _, asked = page_of.partition("?")
        rule = next(app.url_map.iter_rules(endpoint))
        address = addresses.build(endpoint, {name: ids[name] for name in rule.arguments}, append_unknown=False)
        address += "?" + asked if asked else ""
        answer = page.client.get(address)
        led_away = answer.status_code == 303 and "/why?" in answer.location
        assert led_away or answer.status_code in {200, 403, 404, 409}, (
            f"{role} {relation} {address}: {answer.status_code}"
        )
        found[page_of] = answer.status_code in {200, 409}  # 409: it was done already, told in a page of its own
    return found


def related(session: Session, world: World, role: Role, relation: str) -> Staff:
    """A worker of the centre with that role alone, and what they have to do with the young person."""
    staff = make_staff(session, world.staff.centre, role)
    youth = session.get_one(Youth, world.ids["youth_id"])
    if relation == "own":
        youth.one_adult_id = staff.id
    elif relation == "with a reason":
        give_look_reason(session, staff=staff, youth_id=youth.id, reason="The own adult is ill.")
    return staff


def test_every_permission_that_opens_a_page_stands_in_the_table(app: Flask) -> None:
    pages = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    rules = {rule.endpoint: rule_of(app, rule.endpoint) for rule in pages}
    asked = {rule.permissions for rule in rules.values() if rule is not None and rule.permissions}
    told = {found.permissions for endpoint, _codes in rows() if (found := rules[endpoint.partition("?")[0]])}
    assert asked <= told, [sorted(one) for one in asked - told]


@pytest.mark.parametrize("role", [*Role], ids=lambda role: role.value)
def test_each_role_opens_what_the_table_says(app: Flask, page: PageClient, session: Session, role: Role) -> None:
    world = make_world(session)
    for relation in ("nobody’s", "with a reason", *(("own",) if role in SERVING else ())):
        page.sign_in(related(session, world, role, relation))
        found = opened_by(app, page, world.ids, role=role, relation=relation)
        told = {endpoint: relation in OPENS[codes[role]] for endpoint, codes in rows()}
        wrong = {endpoint for endpoint in told if told[endpoint] != found[endpoint]}
        assert not wrong, f"{role.value}, {relation}: {sorted(wrong)}"
