"""Personal links open one thing for one person, until they expire or are withdrawn."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.accounts.models import LinkPurpose, PersonalLink
from placement.accounts.personal_links import LIFETIME, make_link, open_link, withdraw_link
from placement.clock import utcnow
from placement.errors import LinkNotValid
from tests.support.factories.centres import make_staff
from tests.support.factories.youths import make_youth


def _link(session: Session, purpose: LinkPurpose = LinkPurpose.MY_PAGE) -> str:
    youth = make_youth(session, make_staff(session))
    token = make_link(session, centre_id=youth.centre_id, purpose=purpose, youth_id=youth.id)
    session.flush()
    return token


def test_the_token_is_not_kept(session: Session) -> None:
    token = _link(session)
    row = session.scalars(select(PersonalLink)).one()
    assert len(token) >= 22
    assert token not in {row.token_hash, str(row.id)}


def test_a_link_opens_what_it_was_made_for(session: Session) -> None:
    token = _link(session)
    assert open_link(session, token, purpose=LinkPurpose.MY_PAGE).youth_id is not None


@pytest.mark.parametrize("token", ["", "x", "0" * 22, "../../etc/passwd", "ä" * 40])
def test_a_forged_link_opens_nothing(session: Session, token: str) -> None:
    _link(session)
    with pytest.raises(LinkNotValid):
        open_link(session, token, purpose=LinkPurpose.MY_PAGE)


def test_a_link_opens_nothing_of_another_purpose(session: Session) -> None:
    token = _link(session)
    with pytest.raises(LinkNotValid):
        open_link(session, token, purpose=LinkPurpose.EMPLOYER_PAGE)


def test_a_withdrawn_link_opens_nothing(session: Session) -> None:
    token = _link(session)
    withdraw_link(session.scalars(select(PersonalLink)).one())
    with pytest.raises(LinkNotValid):
        open_link(session, token, purpose=LinkPurpose.MY_PAGE)


def test_a_link_expires(session: Session) -> None:
    token = _link(session)
    end = utcnow() + LIFETIME[LinkPurpose.MY_PAGE]
    with time_machine.travel(end - timedelta(minutes=1), tick=False):
        open_link(session, token, purpose=LinkPurpose.MY_PAGE)
    with time_machine.travel(end + timedelta(minutes=1), tick=False), pytest.raises(LinkNotValid):
        open_link(session, token, purpose=LinkPurpose.MY_PAGE)


def test_a_link_belongs_to_exactly_one_person(session: Session) -> None:
    staff = make_staff(session)
    make_link(session, centre_id=staff.centre_id, purpose=LinkPurpose.MY_PAGE)
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_link_to_one_thing_must_say_which(session: Session) -> None:
    with pytest.raises(IntegrityError):
        _link(session, LinkPurpose.SUGGESTION)
