"""Values of rules that a centre sets for itself: dated, with a reason, revocable, used by every evaluation there."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.audit.models import AuditEntry
from placement.audit.services import Actor
from placement.centre_rules.models import RuleOverride
from placement.centre_rules.queries import rule_book
from placement.centre_rules.services import ValueRefused, override_rule, revoke_override
from placement.errors import ReasonNeeded, RuleBlocks, TransitionNotAllowed
from placement.offers.models import OfferKind, OfferOrigin
from placement.offers.services import add_offer, submit_offer
from placement.rules.book import NATIONAL, OwnValue, RuleBook
from placement.rules.table import Confidence, load_rules
from placement.rules.units import unit_of
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_employer

pytestmark = pytest.mark.database
BEFORE, FIRST, LAST, AFTER = date(2026, 12, 31), date(2027, 1, 1), date(2027, 6, 30), date(2027, 7, 1)


@pytest.fixture
def admin(session: Session) -> Staff:
    return make_staff(session, None, Role.ADMIN)


def _set(session: Session, admin: Staff, value: str = "6", **values: object) -> None:
    given: dict[str, object] = {"rule_id": "WT-05", "unit": "hours_per_day_most", "reason": "Agreed in the area"}
    given |= values
    override_rule(
        session,
        centre_id=admin.centre_id,
        value=Decimal(value),
        actor=Actor.staff(admin),
        **given,  # type: ignore[arg-type]
    )
    session.flush()


@pytest.mark.parametrize(("day", "hours"), [(BEFORE, 8), (FIRST, 6), (LAST, 6), (AFTER, 8)])
def test_own_value_holds_on_its_days_in_its_centre_only(session: Session, admin: Staff, day: date, hours: int) -> None:
    _set(session, admin, valid_from=FIRST, valid_to=LAST)
    other = make_staff(session, None, Role.ADMIN)
    assert rule_book(session, admin.centre_id).amount_on("WT-05", day, "hours_per_day_most") == hours
    assert rule_book(session, other.centre_id).amount_on("WT-05", day, "hours_per_day_most") == 8


def test_checks_of_the_centre_use_the_own_value(session: Session, admin: Staff) -> None:
    employer = make_employer(session, admin.centre)
    actor = Actor.staff(admin)
    offer = add_offer(
        session,
        centre_id=admin.centre_id,
        employer_id=employer.id,
        kind=OfferKind.WORK_TRIAL,
        origin=OfferOrigin.STAFF,
        actor=actor,
        title="Helper",
        hours_per_day=Decimal(7),
    )
    _set(session, admin)
    with pytest.raises(RuleBlocks, match="WT-05"):
        submit_offer(session, offer=offer, actor=actor)


def test_own_value_is_revoked_with_a_reason_and_both_steps_are_in_the_log(session: Session, admin: Staff) -> None:
    _set(session, admin)
    [override] = session.scalars(select(RuleOverride)).all()
    with pytest.raises(ReasonNeeded):
        revoke_override(session, override=override, reason=" ", actor=Actor.staff(admin))
    revoke_override(session, override=override, reason="The area changed its mind", actor=Actor.staff(admin))
    session.flush()
    assert rule_book(session, admin.centre_id).amount_on("WT-05", FIRST, "hours_per_day_most") == 8
    entries = session.scalars(select(AuditEntry).where(AuditEntry.object_type == "rule_override")).all()
    assert [(entry.action, entry.reason) for entry in entries] == [
        ("rule.overridden", "Agreed in the area"),
        ("rule.override_revoked", "The area changed its mind"),
    ]
    with pytest.raises(TransitionNotAllowed):
        revoke_override(session, override=override, reason="Again", actor=Actor.staff(admin))
    _set(session, admin, "7")


@pytest.mark.parametrize(
    ("value", "given", "field"),
    [
        ("25", {}, "value"),
        ("0", {}, "value"),
        ("2.5", {"rule_id": "WT-04", "unit": "months"}, "value"),
        ("6", {"rule_id": "WT-07", "unit": ""}, "value"),
        ("6", {"rule_id": "XX-01", "unit": "months"}, "value"),
        ("101", {"rule_id": "PS-04", "unit": "percent_of_hours"}, "value"),
        ("6", {"valid_from": LAST, "valid_to": FIRST}, "valid_to"),
    ],
)
def test_odd_value_is_refused_beside_its_field(
    session: Session, admin: Staff, value: str, given: dict[str, object], field: str
) -> None:
    with pytest.raises(ValueRefused) as refused:
        _set(session, admin, value, **given)
    assert refused.value.field == field


def test_two_own_values_never_hold_on_the_same_day(session: Session, admin: Staff) -> None:
    _set(session, admin, valid_from=FIRST, valid_to=LAST)
    for days in ({}, {"valid_from": LAST}, {"valid_to": FIRST}):
        with pytest.raises(ValueRefused):
            _set(session, admin, "7", **days)
    _set(session, admin, "7", valid_from=AFTER)
    _set(session, admin, "5", valid_to=BEFORE)
    book = rule_book(session, admin.centre_id)
    assert [book.amount_on("WT-05", day, "hours_per_day_most") for day in (BEFORE, LAST, AFTER)] == [5, 6, 7]


def test_own_value_never_makes_an_unconfirmed_rule_sure() -> None:
    for rule in NATIONAL.rules(FIRST):
        if rule.value is None:
            continue
        own = RuleBook([OwnValue(rule.rule_id, rule.unit, rule.value + 1)])
        day = rule.valid_from or FIRST
        here = own.rule_on(rule.rule_id, day, rule.unit)
        assert here is not None
        assert (here.value, here.is_own_value, here.confidence) == (rule.value + 1, True, rule.confidence)


def test_every_unit_of_the_table_is_known_and_takes_its_own_value() -> None:
    for versions in load_rules().values():
        for rule in versions:
            if rule.value is not None:
                kind = unit_of(rule.unit)
                assert kind.least <= rule.value <= kind.most, rule
                assert not kind.is_whole or rule.value == int(rule.value), rule
    assert any(rule.confidence is Confidence.UNCONFIRMED for rule in NATIONAL.rules(FIRST))
