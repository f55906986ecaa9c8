"""Young people for the tests."""

import itertools
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.clock import utcnow
from placement.i18n import sort_key
from placement.jobseekers.models import CardAnswer, StrengthAnswer, Youth
from placement.notifications.models import Channel

_numbers = itertools.count(1)


def make_youth(session: Session, one_adult: Staff, *, cards: dict[str, str] | None = None, **values: Any) -> Youth:
    """A 19-year-old whose one adult is the given worker; ``cards`` are answers by card id."""
    number = next(_numbers)
    given = {
        "first_name": "Aino",
        "last_name": "Koskela",
        "birth_date": date(2007, 5, 4),
        "language": "en",
        "phone": f"+35840{1000000 + number}",
        "channel": Channel.SMS,
        "languages": {"fi": "native"},
        "travel_from": "698",
        "travel_minutes_max": 40,
        "travel_modes": ["public_transport"],
    } | values
    given.setdefault("sort_name", sort_key(f"{given['last_name']} {given['first_name']}"))
    youth = Youth(centre_id=one_adult.centre_id, one_adult_id=one_adult.id, **given)
    youth.answers = [
        StrengthAnswer(card_id=card_id, answer=CardAnswer(answer), answered_at=utcnow())
        for card_id, answer in (cards or {}).items()
    ]
    session.add(youth)
    session.flush()
    return youth
