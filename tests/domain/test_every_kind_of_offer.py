"""Every kind of place is walked from a draft through publishing and ranking to being filled, and its vouchers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from placement.audit.services import Actor
from placement.employers.models import EmployerForm
from placement.jobseekers.queries import get_youth_with_profile
from placement.offers.models import GuideTime, OfferKind, OfferOrigin
from placement.offers.rule_checks import check_offer_rules
from placement.offers.services import add_offer, check_and_publish_offer, fill_offer, submit_offer
from placement.offers.states import OfferState
from placement.rules.answers import AnswerKind
from placement.rules.book import NATIONAL
from placement.suggestions.adapter import fits_for
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_employer
from tests.support.factories.youths import make_youth

DAY = {"hours_per_day": Decimal(6), "days_per_week": Decimal(5), "hours_per_week": Decimal(30)}
PAID = {**DAY, "pay": "Collective agreement"}
OF_KIND: dict[OfferKind, dict[str, Any]] = {
    OfferKind.WORK_TRIAL: {**DAY, "months": Decimal(2), "guide_time": GuideTime.WHOLE_DAY},
    OfferKind.WAGE_SUBSIDY_JOB: {**PAID, "months": Decimal(6), "required_skills": "Hygiene passport"},
    OfferKind.HIDDEN_JOB: PAID,
    OfferKind.OPEN_JOB: PAID,
    OfferKind.SUMMER_JOB: {**PAID, "minimum_age": 16, "minimum_age_reason": "Summer voucher"},
    OfferKind.WINTER_JOB: {**PAID, "months": Decimal(1)},
    OfferKind.APPRENTICESHIP: {**PAID, "months": Decimal(24)},
    OfferKind.GROUP_TRIAL: {**DAY, "places": 6, "guide_time": GuideTime.WHOLE_DAY},
    OfferKind.WORKSHOP_PLACE: {**DAY, "places": 4},
    OfferKind.VISIT: {"hours_per_day": Decimal(3)},
}


@pytest.mark.database
@pytest.mark.parametrize("kind", [*OfferKind], ids=lambda kind: kind.value)
def test_a_place_is_published_ranked_and_filled(session: Session, kind: OfferKind) -> None:
    adult = make_staff(session)
    actor = Actor.staff(adult)
    employer = make_employer(session, adult.centre, form=EmployerForm.WORKSHOP, working_languages=["fi", "sv"])
    offer = add_offer(
        session,
        centre_id=adult.centre_id,
        employer_id=employer.id,
        kind=kind,
        origin=OfferOrigin.STAFF,
        actor=actor,
        title="Kahvila-apulainen",
        tasks="Keität kahvia.",
        task_family="T11",
        municipality_code="698",
        **OF_KIND[kind],
    )
    session.flush()
    assert offer.working_languages == {"fi": None, "sv": None}
    submit_offer(session, offer=offer, actor=actor)
    check_and_publish_offer(session, offer=offer, actor=actor)
    session.flush()
    youth = make_youth(session, adult, cards={"FOO01": "yes", "PEO01": "yes"}, birth_date=date(2004, 5, 1))
    profile = get_youth_with_profile(session, youth.id, youth.centre_id)
    assert profile is not None
    assert [fit.offer.id for fit in fits_for(session, profile).fits] == [offer.id]
    fill_offer(session, offer=offer, actor=actor)
    session.flush()
    assert offer.state is OfferState.FILLED
    assert fits_for(session, profile).fits == ()


HELSINKI, JYVASKYLA, ROVANIEMI = "091", "179", "698"
KNOWN = {"season_known", "season_in_all"}


@pytest.mark.parametrize(
    ("town", "starts", "values", "form", "codes"),
    [
        (HELSINKI, date(2022, 12, 31), {}, EmployerForm.COMPANY, {"season_unknown"}),
        (HELSINKI, date(2023, 1, 1), {}, EmployerForm.COMPANY, KNOWN),
        (HELSINKI, date(2023, 12, 31), {"hours_per_week": Decimal(18)}, EmployerForm.COMPANY, KNOWN),
        (
            HELSINKI,
            date(2023, 6, 1),
            {"hours_per_week": Decimal("17.9")},
            EmployerForm.COMPANY,
            KNOWN | {"season_week"},
        ),
        (HELSINKI, date(2023, 6, 1), {}, EmployerForm.PRIVATE_PERSON, {"season_not_for_this_employer"}),
        (HELSINKI, date(2023, 6, 1), {}, EmployerForm.MUNICIPALITY, {"season_not_for_this_employer"}),
        (HELSINKI, date(2023, 6, 1), {}, EmployerForm.ASSOCIATION, KNOWN),
        (HELSINKI, date(2024, 1, 1), {}, EmployerForm.COMPANY, {"season_of_before"}),
        (JYVASKYLA, date(2024, 6, 1), {"minimum_age": 17}, EmployerForm.COMPANY, {"season_after"}),
        (JYVASKYLA, date(2024, 6, 1), {"minimum_age": 18}, EmployerForm.COMPANY, {"season_after", "season_age"}),
        (JYVASKYLA, date(2024, 6, 1), {"minimum_age": 16, "places": 10}, EmployerForm.STATE, {"season_after"}),
        (
            JYVASKYLA,
            date(2024, 6, 1),
            {"minimum_age": 16, "places": 11},
            EmployerForm.COMPANY,
            {"season_after", "season_people"},
        ),
        (JYVASKYLA, date(2027, 6, 1), {}, EmployerForm.COMPANY, {"season_of_before"}),
        (ROVANIEMI, date(2027, 6, 1), {}, EmployerForm.COMPANY, {"season_unknown"}),
    ],
)
def test_the_summer_voucher_is_that_of_the_municipality_and_the_day_and_never_stops_an_offer(
    town: str, starts: date, values: dict[str, Any], form: EmployerForm, codes: set[str]
) -> None:
    asked = {"kind": OfferKind.SUMMER_JOB, "municipality_code": town, "starts_from": starts, **values}
    said = [one for one in check_offer_rules(asked, form, date(2022, 1, 10), NATIONAL) if one.rule_id == "SV-01"]
    assert {one.code for one in said} == codes
    assert AnswerKind.BLOCKED not in {one.kind for one in said}
