"""A worker estimates every way of support for a job; an employer answers the monthly question from its message."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from placement.clock import today_in_helsinki
from placement.employers.models import EmployerForm
from placement.offers.freshness import keep_fresh
from placement.offers.models import Offer, OfferKind
from placement.offers.states import OfferState
from tests.journeys.steps import open_from_letter, sign_in, write
from tests.support.browser import Visitor
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.service import RunningService

pytestmark = pytest.mark.browser

OUTI, PINJA = "outi@example.fi", "pinja.freshness@example.fi"
# 2,000 € a month for 6 months at full hours: half for 5 months, 70%, half for the training, half for 6 months.
OF_A_COMPANY = ("5,000", "8,400", "6,000")
# 65% of the wage of an association, times 1.23, for 6 months.
OF_AN_ASSOCIATION = ("9,594",)


def _given(service: RunningService) -> dict[str, int]:
    with service.transaction() as session:
        centre = service.worker(session, OUTI).centre
        company = make_employer(session, centre, name="Kivijalka Verso Oy")
        association = make_employer(session, centre, name="Verson tuki ry", form=EmployerForm.ASSOCIATION)
        job = {"kind": OfferKind.WAGE_SUBSIDY_JOB, "months": Decimal(6), "hours_per_week": Decimal("37.5")}
        contact = make_contact(session, company, name="Pinja Verso", email=PINJA)
        asked = make_offer(
            session, company, title="Verso place", contact_id=contact.id,
            confirmed_on=today_in_helsinki() - timedelta(days=30),
        )  # fmt: skip
        silent = make_offer(session, company, confirmed_on=today_in_helsinki() - timedelta(days=90))
        return {
            "company": make_offer(session, company, **job).id,
            "association": make_offer(session, association, **job).id,
            "asked": asked.id,
            "silent": silent.id,
        }


def _estimate(outi: Visitor, offer_id: int) -> str:
    outi.open(f"/offers/{offer_id}/money")
    write(outi, {"Gross pay a month": "2000", "Work begins": "11.1.2027", "Length of the job in months": "6"})
    outi.press("Estimate")
    return outi.text()


def test_support_is_estimated_and_a_place_stays_true(visit: Callable[..., Visitor], service: RunningService) -> None:
    ids = _given(service)
    outi = visit()
    sign_in(outi, service, OUTI)
    told = _estimate(outi, ids["company"])
    assert "Estimate, the authority decides" in told
    for total in OF_A_COMPANY:
        assert total in told
    told = _estimate(outi, ids["association"])
    for total in OF_AN_ASSOCIATION:
        assert total in told

    # The service lives its day: one place is asked about after 30 days, another is closed after 90.
    for name in ("asked", "silent"):
        with service.transaction() as session:
            keep_fresh(session, offer_id=ids[name], on=today_in_helsinki())
    with service.transaction() as session:
        assert session.get_one(Offer, ids["silent"]).state is OfferState.EXPIRED
    service.bring_forward("offer_still_open")
    pinja = visit(phone=True)
    open_from_letter(pinja, service, PINJA)
    pinja.press("Yes, it is open")
    assert "The place stays open." in pinja.text()
    with service.transaction() as session:
        confirmed: date | None = session.get_one(Offer, ids["asked"]).confirmed_on
    assert confirmed == today_in_helsinki()
