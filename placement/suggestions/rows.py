"""Rows of young people and offers as the plain data of matching, with a constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

import matching
from placement.jobseekers.models import CardAnswer, OwnWords, StrengthAnswer, Youth
from placement.offers.models import Offer
from placement.suggestions.queries import declined_offers

OFFER_COLUMNS = (
    Offer.id,
    Offer.employer_id,
    Offer.kind,
    Offer.title,
    Offer.tasks,
    Offer.language,
    Offer.task_family,
    Offer.municipality_code,
    Offer.is_remote,
    Offer.hours_per_week,
    Offer.hours_per_day,
    Offer.days_per_week,
    Offer.day_parts,
    Offer.starts_from,
    Offer.starts_until,
    Offer.months,
    Offer.places,
    Offer.talks_cap,
    Offer.guide_time,
    Offer.environment,
    Offer.working_languages,
    Offer.minimum_age,
    Offer.cards_needed,
    Offer.licence_needed,
    Offer.needs_record_check,
    Offer.visibility,
    Offer.can_grow_into_job,
    Offer.confirmed_on,
    Offer.subsidy_paths,
    Offer.employer_answers,
)
"""What matching reads of an offer; nothing else is loaded for an index."""


class _Words(Protocol):
    text: str
    language: str
    card_ids: list[str]


def as_person(youth: Youth, declined: frozenset[int] = frozenset()) -> matching.Person:
    """Return a young person loaded with their profile as matching sees them."""
    return _person(youth, {one.card_id: one.answer for one in youth.answers}, youth.own_words, declined)


def people_of(session: Session, young_people: Sequence[Youth]) -> list[matching.Person]:
    """Return young people as matching sees them, in their order, by three queries however many they are.

    Their profiles need not be loaded: answers and own words are read as plain values.
    """
    ids = {youth.id for youth in young_people}
    declined = declined_offers(session, ids)
    answers: dict[int, dict[str, CardAnswer]] = {}
    told = select(StrengthAnswer.youth_id, StrengthAnswer.card_id, StrengthAnswer.answer)
    told = told.where(StrengthAnswer.youth_id.in_(ids)).order_by(StrengthAnswer.card_id)
    for youth_id, card_id, answer in session.execute(told):
        answers.setdefault(youth_id, {})[card_id] = answer
    words: dict[int, list[_Words]] = {}
    said = select(OwnWords.youth_id, OwnWords.text, OwnWords.language, OwnWords.card_ids)
    for row in session.execute(said.where(OwnWords.youth_id.in_(ids)).order_by(OwnWords.id)):
        words.setdefault(row.youth_id, []).append(row)
    return [
        _person(youth, answers.get(youth.id, {}), words.get(youth.id, ()), declined.get(youth.id, frozenset()))
        for youth in young_people
    ]


def _person(
    youth: Youth, answers: Mapping[str, CardAnswer], own_words: Iterable[_Words], declined: frozenset[int]
) -> matching.Person:
    # An empty list of cards or licences means that nobody has asked, so that it never hides an offer. Own words that
    # are linked to no card say nothing that is known to be a strength: “I do not like cleaning”.
    return matching.Person(
        id=str(youth.id),
        language=_language(youth.language),
        cards={card: matching.CardAnswer(answer.value) for card, answer in answers.items()},
        own_words=tuple(
            matching.OwnWords(words.text, _language(words.language), tuple(words.card_ids))
            for words in own_words
            if words.card_ids
        ),
        birth_date=youth.birth_date,
        languages={code: matching.LanguageLevel(level) for code, level in youth.languages.items() if level},
        hours_per_week_min=youth.hours_per_week_min,
        hours_per_week_max=youth.hours_per_week_max,
        day_parts={matching.DayPart(part): bool(possible) for part, possible in youth.day_parts.items()},
        travel_from=youth.travel_from,
        travel_minutes_max=youth.travel_minutes_max,
        travel_modes=frozenset(matching.TravelMode(mode) for mode in youth.travel_modes),
        cards_held=frozenset(youth.cards_held) if youth.cards_held else None,
        licence_classes=frozenset(youth.licence_classes) if youth.licence_classes else None,
        available_from=youth.available_from,
        declined_offer_ids=frozenset(str(offer_id) for offer_id in declined),
        protected_contact=youth.protected_contact,
    )


def as_offer(offer: "Offer | Row[Any]", *, in_talks: int = 0) -> matching.Offer:
    """Return an offer, a whole row or only ``OFFER_COLUMNS``, as matching sees it."""
    levels = {code: matching.LanguageLevel(level) if level else None for code, level in offer.working_languages.items()}
    return matching.Offer(
        id=str(offer.id),
        kind=matching.OfferKind(offer.kind.value),
        title=offer.title,
        description=offer.tasks,
        language=_language(offer.language),
        task_family=offer.task_family,
        municipality=offer.municipality_code,
        remote=offer.is_remote,
        hours_per_week=_number(offer.hours_per_week),
        hours_per_day=_number(offer.hours_per_day),
        days_per_week=_number(offer.days_per_week),
        day_parts=frozenset(matching.DayPart(part) for part in offer.day_parts),
        starts_from=offer.starts_from,
        starts_until=offer.starts_until,
        months=_number(offer.months),
        places=offer.places,
        people_in_talks=in_talks,
        talks_cap=offer.talks_cap * offer.places,
        guide_time=matching.GuideTime(offer.guide_time.value) if offer.guide_time else None,
        environment={card: bool(so) for card, so in offer.environment.items() if so is not None},
        working_languages=levels,
        minimum_age=offer.minimum_age,
        cards_needed=dict(offer.cards_needed),
        licence_needed=offer.licence_needed,
        record_check=offer.needs_record_check,
        visibility=_visibility(offer.visibility.value),
        can_grow_into_job=offer.can_grow_into_job,
        employer_openness=_number(offer.employer_answers),
        confirmed_on=offer.confirmed_on,
        subsidies=frozenset(offer.subsidy_paths),
    )


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _language(code: str) -> matching.Language:
    return "sv" if code == "sv" else "en" if code == "en" else "fi"


def _visibility(code: str) -> matching.Visibility:
    return "open" if code == "open" else "inside" if code == "inside" else "selected"
