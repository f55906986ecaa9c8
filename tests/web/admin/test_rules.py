"""The page of rules, and setting a value of the centre's own."""

import pytest
from sqlalchemy.orm import Session

from placement.accounts.permissions import Role
from tests.support.factories.centres import make_centre, make_staff
from tests.support.page import PageClient

pytestmark = pytest.mark.database


def test_administrator_sets_a_value_and_takes_it_out_of_use(page: PageClient, session: Session) -> None:
    admin = make_staff(session, None, Role.ADMIN)
    page.sign_in(admin).get("/service/rules/set?rule=WT-05&unit=hours_per_day_most")
    refused = page.submit("Set the value", status=422, value="30", valid_from="1.2.2027", valid_to="1.1.2027")
    assert refused.errors == [  # all in one round
        "Value in this centre – Give a number between 1 and 24",
        "Last day – The last day is before the first.",
        "Reason – Write the reason.",
    ]
    page.submit("Set the value", status=303, value="6", valid_from="", reason="Agreed in the area")
    shown = page.get("/service/rules")
    assert "Here 6 hours a day" in shown.text
    assert "Agreed in the area" in shown.text
    [address] = [link for link in shown.links() if link.endswith("/revoke")]
    page.get(address)
    page.submit("Take out of use", status=303, reason="Not any more")
    shown = page.get("/service/rules")
    assert "Here 6 hours a day" not in shown.text
    assert "Not any more" in shown.text


def test_others_see_the_rules_but_set_nothing(page: PageClient, session: Session) -> None:
    centre = make_centre(session)
    shown = page.sign_in(make_staff(session, centre)).get("/service/rules")
    assert "Set here" not in shown.text
    page.get("/service/rules/set?rule=WT-05&unit=hours_per_day_most", status=403)


@pytest.mark.parametrize("address", ["set?rule=WT-07", "set?rule=WT-05&unit=boats", "set?rule=XX-99", "own/999/revoke"])
def test_unknown_rule_or_value_is_not_found(page: PageClient, session: Session, address: str) -> None:
    page.sign_in(make_staff(session, None, Role.ADMIN)).get(f"/service/rules/{address}", status=404)
