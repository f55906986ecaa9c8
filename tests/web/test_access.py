"""Every endpoint has a rule, every rule holds, and nothing of another centre is ever found."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session
from werkzeug.routing import IntegerConverter, Rule

from placement.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from placement.app import create_app
from placement.models import Base
from placement.settings import Settings
from placement.web.access import BY_LINK, PUBLIC, AccessRule, refuse_open_endpoints, rule_of
from placement.web.public.routes import safe_target
from tests.support.factories.centres import make_staff
from tests.support.page import Page, PageClient
from tests.support.requests import form_token
from tests.support.world import MARK, World, make_world

pytestmark = pytest.mark.shown

MATRIX = Path(__file__).parents[1] / "conventions" / "access_rules.txt"
KEBAB = re.compile(r"/|(/(<(int|string:|path)?:?[a-z_]+>|[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?))+/?")
NOT_OURS = {"static", "bootstrap.static", "security.static"}


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in NOT_OURS]


def in_words(rule: AccessRule | None) -> str:
    assert rule is not None
    names = sorted(permission.value for permission in rule.permissions)
    return " ".join([rule.kind, *names])


def addresses(app: Flask, method: str, *, with_ids: bool) -> list[Rule]:
    found = [rule for rule in rules(app) if method in (rule.methods or ())]
    return sorted((rule for rule in found if bool(rule.arguments) == with_ids), key=lambda rule: rule.rule)


def filled(app: Flask, rule: Rule, ids: Mapping[str, int | str]) -> str:
    unknown = rule.arguments - set(ids)
    assert not unknown, f"tests/support/world.py gives no id for {unknown} of {rule.endpoint}"
    address = app.url_map.bind("localhost").build(rule.endpoint, {name: ids[name] for name in rule.arguments})
    return str(address)


def test_matrix_of_endpoints_and_rules_is_the_one_that_was_looked_at(app: Flask) -> None:
    """To accept a change, write the new lines into the file and have somebody read them."""
    lines = {f"{rule.endpoint}: {in_words(rule_of(app, rule.endpoint))}" for rule in app.url_map.iter_rules()}
    assert sorted(lines) == MATRIX.read_text(encoding="utf-8").splitlines()


def test_app_with_an_endpoint_without_a_rule_does_not_start(settings: Settings) -> None:
    app = create_app(settings)
    bp = Blueprint("forgotten", __name__)
    bp.add_url_rule("/forgotten", view_func=lambda: "open to all", endpoint="page")
    app.register_blueprint(bp)
    with pytest.raises(RuntimeError, match=r"forgotten\.page"):
        refuse_open_endpoints(app)


def test_addresses_are_kebab_case_and_ids_are_numbers(app: Flask) -> None:
    for rule in rules(app):
        assert KEBAB.fullmatch(rule.rule), rule.rule
        for name in rule.arguments:
            converter = rule._converters[name]
            assert name == "token" or isinstance(converter, IntegerConverter), rule.rule


def test_every_permission_opens_something_or_is_used_in_a_rule_of_the_domain() -> None:
    granted = frozenset().union(*ROLE_PERMISSIONS.values())
    assert granted == frozenset(Permission)


def test_staff_pages_lead_strangers_to_signing_in_and_back(app: Flask, page: PageClient) -> None:
    world = dict.fromkeys({name for rule in rules(app) for name in rule.arguments}, 1)
    for rule in rules(app):
        if (rule_of(app, rule.endpoint) or PUBLIC).kind != "staff" or "GET" not in (rule.methods or ()):
            continue
        response = page.client.get(filled(app, rule, world))
        assert response.status_code == 303, rule.rule
        assert response.location.startswith("/sign-in?next=/"), rule.rule


@pytest.mark.parametrize("role", [*Role], ids=lambda role: role.value)
def test_pages_without_ids_open_exactly_for_the_roles_that_hold_the_permission(
    app: Flask, page: PageClient, session: Session, role: Role
) -> None:
    staff = make_staff(session, None, role)
    page.sign_in(staff)
    for rule in addresses(app, "GET", with_ids=False):
        needed = rule_of(app, rule.endpoint)
        if needed is None or needed.kind != "staff":
            continue
        allowed = not needed.permissions or bool(needed.permissions & ROLE_PERMISSIONS[role])
        status = page.client.get(rule.rule, follow_redirects=True).status_code
        assert (status == 403) != allowed, f"{role.value} {rule.rule}: {status}"


def test_every_post_without_its_token_is_refused(app: Flask, page: PageClient, session: Session) -> None:
    world = make_world(session)
    page.sign_in(world.staff)
    ids = {**world.ids, "token": "x"}
    for rule in [*addresses(app, "POST", with_ids=False), *addresses(app, "POST", with_ids=True)]:
        address = filled(app, rule, ids)
        assert page.client.post(address).status_code == 400, address
        assert page.client.post(address, data={"csrf_token": "made up"}).status_code == 400, address


def marks(connection: Connection) -> dict[str, tuple[int, str]]:
    found = {}
    for table in Base.metadata.sorted_tables:
        rows = connection.execute(select(table).order_by(*table.primary_key)).all()
        found[table.name] = (len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
    return found


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role.value if role else "stranger")
def test_looking_changes_nothing(app: Flask, page: PageClient, session: Session, role: Role | None) -> None:
    """GET and HEAD of every page, with and without ids; only the log of views may grow."""
    world = make_world(session)
    if role is not None:
        page.sign_in(make_staff(session, world.staff.centre, role))
    session.commit()
    before = marks(session.connection())
    ids = {**world.ids, "token": next(iter(world.tokens.values()))}
    for rule in [*addresses(app, "GET", with_ids=False), *addresses(app, "GET", with_ids=True)]:
        address = filled(app, rule, ids)
        assert page.client.get(address).status_code != 500, address
        page.client.head(address)
    after = marks(session.connection())
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"audit_entry"}


def test_opening_personal_links_changes_nothing(app: Flask, page: PageClient, session: Session) -> None:
    world = make_world(session)
    session.commit()
    before = marks(session.connection())
    for rule in rules(app):
        if rule_of(app, rule.endpoint) is not BY_LINK or "GET" not in (rule.methods or ()):
            continue
        for token in world.tokens.values():
            address = filled(app, rule, {**world.ids, "token": token}) if rule.arguments else rule.rule
            page.client.get(address)
            page.client.head(address)
    after = marks(session.connection())
    assert {name for name in before if before[name] != after[name]} <= {"audit_entry"}


def both(session: Session) -> tuple[World, World]:
    return make_world(session), make_world(session, name=MARK)


def test_nothing_of_another_centre_is_found(app: Flask, page: PageClient, session: Session) -> None:
    mine, theirs = both(session)
    page.sign_in(mine.staff)
    page.get("/account")
    token = form_token(page)
    before = marks(session.connection())
    for rule in rules(app):
        if (rule_of(app, rule.endpoint) or PUBLIC).kind != "staff" or not rule.arguments or "token" in rule.arguments:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            address = filled(app, rule, theirs.ids)
            response = page.client.open(
                address, method=method, data={"csrf_token": token} if method == "POST" else None
            )
            assert response.status_code == 404, f"{method} {address}: {response.status_code}"
            assert MARK not in response.text
    assert marks(session.connection()) == before


def test_own_thing_does_not_open_another_centres_part_of_it(app: Flask, page: PageClient, session: Session) -> None:
    mine, theirs = both(session)
    page.sign_in(mine.staff)
    page.get("/account")
    token = form_token(page)
    for rule in rules(app):
        names: list[str] = re.findall(r"<int:(\w+)>", rule.rule)
        if (rule_of(app, rule.endpoint) or PUBLIC).kind != "staff" or len(names) < 2:
            continue
        ids = {**theirs.ids, names[0]: mine.ids[names[0]]}
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            address = filled(app, rule, ids)
            response = page.client.open(
                address, method=method, data={"csrf_token": token} if method == "POST" else None
            )
            assert response.status_code == 404, f"{method} {address}: {response.status_code}"


def test_lists_show_nothing_of_another_centre(app: Flask, page: PageClient, session: Session) -> None:
    mine, _theirs = both(session)
    page.sign_in(mine.staff)
    for rule in addresses(app, "GET", with_ids=False):
        if (rule_of(app, rule.endpoint) or PUBLIC).kind == "staff":
            assert MARK not in Page(page.client.get(rule.rule, follow_redirects=True)).html, rule.rule


def test_forms_take_no_centre_state_or_id_from_the_sender(page: PageClient, session: Session) -> None:
    mine, theirs = both(session)
    page.sign_in(mine.staff)
    page.get("/account")
    page.submit(form="main-form", language="sv", centre_id=str(theirs.staff.centre_id), active="", id="1")
    session.expire_all()
    assert mine.staff.centre_id != theirs.staff.centre_id
    assert mine.staff.active


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "evil.example", "javascript:alert(1)", ""]
)
def test_return_address_never_leads_off_this_site(app: Flask, page: PageClient, target: str) -> None:
    with app.test_request_context("/"):
        assert safe_target(target) == "/"
    page.get("/")
    response = page.client.post("/language", data={"csrf_token": form_token(page), "language": "sv", "next": target})
    assert response.location == "/"
