"""What the page of the day shows beside the tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from placement.accounts.models import Staff
from placement.clock import HELSINKI, utcnow
from placement.db import ServiceSession
from placement.i18n import format_instant, gettext
from placement.jobseekers.models import Youth
from placement.notifications.models import Channel, Message
from placement.offers.models import Offer
from placement.suggestions.adapter import who_fits
from placement.suggestions.models import Suggestion
from placement.suggestions.queries import (
    latest_answers,
    messages_that_failed,
    new_offers,
    served_longest_silence_first,
    suggested_pairs,
)
from placement.suggestions.states import SuggestionState

NEW_FOR = timedelta(days=7)
ANSWERS_FOR = timedelta(days=14)
MOST_ANSWERS = 6
MOST_NEW_OFFERS = 20
MOST_YOUNG_PEOPLE = 30
MOST_NAMES = 3
MORNING_ENDS, DAY_ENDS = 11, 18


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of what came."""

    at: datetime
    state: str
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class NewOffer:
    """A new offer and some of the young people whom it fits."""

    offer: Offer
    young_people: list[Youth]
    more: int


def greeting(name: str) -> str:
    """Return a greeting that suits the time of day in Finland."""
    hour = utcnow().astimezone(HELSINKI).hour
    if hour < MORNING_ENDS:
        return str(gettext("Good morning, %(name)s", name=name))
    if hour < DAY_ENDS:
        return str(gettext("Good day, %(name)s", name=name))
    return str(gettext("Good evening, %(name)s", name=name))


def answers_that_came(session: ServiceSession, staff: Staff) -> list[Answer]:
    """Return the newest answers of a worker's young people and the messages that did not reach them."""
    since = utcnow() - ANSWERS_FOR
    lines = [_answer(found) for found in latest_answers(session, staff.id, since=since, limit=MOST_ANSWERS)]
    failed = messages_that_failed(session, staff.id, since=since, limit=MOST_ANSWERS)
    lines += [_failure(message, youth) for message, youth in failed]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:MOST_ANSWERS]


def new_offers_that_fit(session: ServiceSession, staff: Staff) -> list[NewOffer]:
    """Return the offers of this week that are a good or strong fit for some of a worker's young people.

    The queries are the same however many offers and young people there are.
    """
    offers = new_offers(session, staff.centre_id, since=utcnow() - NEW_FOR, limit=MOST_NEW_OFFERS)
    if not offers:
        return []
    young_people = served_longest_silence_first(session, staff.id, limit=MOST_YOUNG_PEOPLE)
    if not young_people:
        return []
    fitting = who_fits(session, staff.centre_id, offers, young_people)
    told = suggested_pairs(session, [youth.id for youth in young_people])
    lines = []
    for offer in offers:
        fresh = [youth for youth in fitting[offer.id] if (youth.id, offer.id) not in told]
        if fresh:
            lines.append(NewOffer(offer, fresh[:MOST_NAMES], max(0, len(fresh) - MOST_NAMES)))
    return lines


def _answer(found: Suggestion) -> Answer:
    names = {"name": found.youth.short_name, "title": found.offer.title}
    texts = {
        SuggestionState.INTERESTED: gettext("%(name)s wants to hear more: %(title)s", **names),
        SuggestionState.NOT_NOW: gettext("%(name)s answered not now: %(title)s", **names),
        SuggestionState.NOT_FOR_ME: gettext("%(name)s answered not for me: %(title)s", **names),
    }
    at = found.answered_at or found.sent_at
    details: Sequence[str] = [format_instant(at), found.answer_reason]
    return Answer(at, "done", texts[found.state], " · ".join(part for part in details if part))


def _failure(message: Message, youth: Youth) -> Answer:
    at = message.ended_at or message.created_at
    if message.channel is Channel.SMS:
        text, detail = gettext("A text message to %(name)s did not arrive"), gettext("check the number")
    else:
        text, detail = gettext("An e-mail to %(name)s did not arrive"), gettext("check the address")
    return Answer(at, "late", text % {"name": youth.short_name}, detail)
