"""Verbs that change young people and what they have told about themselves."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import Actor, diff, record
from placement.clock import today_in_helsinki, utcnow
from placement.errors import DomainError
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.learned import cards_of_words, learn
from placement.jobseekers.models import (
    STRENGTH_ANSWERS,
    VALUE_ANSWERS,
    WISH_ANSWERS,
    CardAnswer,
    OwnWords,
    StrengthAnswer,
    Youth,
)
from placement.jobseekers.queries import name_key
from placement.notifications.models import Channel
from placement.vocabulary import card_ids, cards_by_id

YOUNGEST_AGE = 13
FIRST_TOO_OLD_AGE = 30  # OH-02: the service is for people under 30
MOST_OWN_WORDS = 20

# What the log may hold as such. Everything else is personal or in someone's own words: only that it changed.
_PLAIN_IN_LOG = frozenset(
    {
        "available_from",
        "cards_held",
        "channel",
        "day_parts",
        "deputy_id",
        "hours_per_week_max",
        "hours_per_week_min",
        "language",
        "languages",
        "last_contact_on",
        "licence_classes",
        "next_on",
        "one_adult_id",
        "travel_modes",
    }
)
_NOT_IN_LOG = frozenset({"sort_name", "updated_at", "version"})
_HIDDEN_IN_LOG = "changed"


class ChangedMeanwhile(DomainError):
    """Somebody else has changed the young person's data since the form was opened."""

    code = "changed_meanwhile"


class NotAnAnswer(DomainError):
    """A card that does not exist, or an answer that does not belong to its group."""

    code = "not_an_answer"
    status = 422


def is_served_age(birth_date: date, *, on: date) -> bool:
    """Return whether a person born on a day is of an age that the centre serves (OH-02)."""
    age = Youth(birth_date=birth_date).age_on(on)
    return age is not None and YOUNGEST_AGE <= age < FIRST_TOO_OLD_AGE


def answers_for(group: str) -> tuple[CardAnswer, ...]:
    """Return the answers that a card of a group can be given."""
    return {"style": WISH_ANSWERS, "place": WISH_ANSWERS, "values": VALUE_ANSWERS}.get(group, STRENGTH_ANSWERS)


def add_youth(
    session: Session,
    *,
    centre_id: int,
    first_name: str,
    last_name: str,
    birth_date: date,
    language: str,
    channel: Channel,
    phone: str,
    email: str,
    protected_contact: bool,
    one_adult_id: int,
    deputy_id: int | None,
    actor: Actor,
) -> Youth:
    """Add a young person of a served age with one adult; raise DomainError for another age."""
    if not is_served_age(birth_date, on=today_in_helsinki()):
        raise DomainError(_l("Ohjaamo serves young people from 13 to 29 years of age."), code="age_not_served")
    youth = Youth(
        centre_id=centre_id,
        first_name=first_name,
        last_name=last_name,
        sort_name=name_key(first_name, last_name),
        birth_date=birth_date,
        language=language,
        channel=channel,
        phone=phone,
        email=email.lower(),
        protected_contact=protected_contact,
        one_adult_id=one_adult_id,
        deputy_id=deputy_id,
        last_contact_on=today_in_helsinki(),
    )
    session.add(youth)
    session.flush()  # the log needs the id
    record(session, actor=actor, action="youth.added", about=youth, youth_id=youth.id)
    return youth


def edit_contact_details(
    session: Session,
    youth: Youth,
    *,
    version: int,
    first_name: str,
    last_name: str,
    birth_date: date,
    language: str,
    channel: Channel,
    phone: str,
    email: str,
    protected_contact: bool,
    one_adult_id: int,
    deputy_id: int | None,
    actor: Actor,
) -> Youth:
    """Change who the young person is, how they are reached and who serves them.

    Raise ChangedMeanwhile when the data is newer than the form.
    """
    _refuse_older(youth, version)
    youth.first_name = first_name
    youth.last_name = last_name
    youth.sort_name = name_key(first_name, last_name)
    youth.birth_date = birth_date
    youth.language = language
    youth.channel = channel
    youth.phone = phone
    youth.email = email.lower()
    youth.protected_contact = protected_contact
    youth.one_adult_id = one_adult_id
    youth.deputy_id = deputy_id
    return _changed(session, youth, "youth.contact_changed", actor)


def edit_frame(
    session: Session,
    youth: Youth,
    *,
    version: int,
    languages: Mapping[str, str],
    day_parts: Mapping[str, bool],
    hours_per_week_min: int | None,
    hours_per_week_max: int | None,
    travel_from: str | None,
    travel_minutes_max: int | None,
    travel_modes: Iterable[str],
    available_from: date | None,
    cards_held: Iterable[str],
    licence_classes: Iterable[str],
    question: str,
    actor: Actor,
) -> Youth:
    """Change the practical frame: when, how far and with what. Raise ChangedMeanwhile when the form is older."""
    _refuse_older(youth, version)
    youth.languages = dict(languages)
    youth.day_parts = dict(day_parts)
    youth.hours_per_week_min = hours_per_week_min
    youth.hours_per_week_max = hours_per_week_max
    youth.travel_from = travel_from
    youth.travel_minutes_max = travel_minutes_max
    youth.travel_modes = list(travel_modes)
    youth.available_from = available_from
    youth.cards_held = list(cards_held)
    youth.licence_classes = list(licence_classes)
    youth.question = question
    return _changed(session, youth, "youth.frame_changed", actor)


def answer_cards(session: Session, youth: Youth, *, answers: Mapping[str, CardAnswer | None], actor: Actor) -> Youth:
    """Keep the answers to some cards; None takes an answer back, other cards stay as they are.

    The answers of the young person must be loaded. Raise NotAnAnswer for an unknown card or a wrong answer.
    """
    cards = cards_by_id()
    known = {row.card_id: row for row in youth.answers}
    changes: dict[str, list[str | None]] = {}
    for card_id, answer in answers.items():
        card = cards.get(card_id)
        if card is None or (answer is not None and answer not in answers_for(card.group)):
            raise NotAnAnswer(_l("That answer does not belong to this card."))
        row = known.get(card_id)
        before = row.answer if row else None
        if before == answer:
            continue
        changes[card_id] = [before.value if before else None, answer.value if answer else None]
        if answer is None and row is not None:
            youth.answers.remove(row)
        elif row is not None and answer is not None:
            row.answer, row.answered_at = answer, utcnow()
        elif answer is not None:
            youth.answers.append(StrengthAnswer(card_id=card_id, answer=answer, answered_at=utcnow()))
    if changes:
        record(session, actor=actor, action="youth.cards_answered", about=youth, youth_id=youth.id, changes=changes)
    return youth


def add_own_words(session: Session, youth: Youth, *, text: str, language: str, actor: Actor) -> OwnWords:
    """Keep a strength in the young person's own words, linked to the cards it speaks of."""
    if len(youth.own_words) >= MOST_OWN_WORDS:
        raise DomainError(_l("There are already twenty texts. Remove one first."), code="too_many_own_words")
    words = OwnWords(text=text, language=language, card_ids=cards_of_words(session, youth.centre_id, text, language))
    youth.own_words.append(words)
    session.flush()  # the log needs the id
    changes = {"card_ids": [None, words.card_ids]}
    record(session, actor=actor, action="youth.own_words_added", about=words, youth_id=youth.id, changes=changes)
    return words


def correct_own_words(
    session: Session, youth: Youth, words: OwnWords, *, linked: Iterable[str], actor: Actor
) -> OwnWords:
    """Keep only the given cards as what the words mean; unknown ids are refused.

    The centre remembers it: when the same words are written again, they mean the same.
    """
    chosen = sorted(set(linked))
    if not card_ids().issuperset(chosen):
        raise NotAnAnswer(_l("That answer does not belong to this card."))
    guessed = {*cards_of_words(session, youth.centre_id, words.text, words.language), *words.card_ids}
    learn(session, youth.centre_id, words.text, right=chosen, wrong=sorted(guessed.difference(chosen)))
    words.card_ids = chosen
    changes = diff(words)
    if changes:
        youth_id = words.youth_id
        record(session, actor=actor, action="youth.own_words_changed", about=words, youth_id=youth_id, changes=changes)
    return words


def remove_own_words(session: Session, youth: Youth, words: OwnWords, *, actor: Actor) -> None:
    """Forget a strength in own words."""
    record(session, actor=actor, action="youth.own_words_removed", about=words, youth_id=youth.id)
    youth.own_words.remove(words)


def note_contact(session: Session, youth: Youth, *, next_step: str, next_on: date | None, actor: Actor) -> Youth:
    """Note that the young person was met or reached today, and what comes next and when."""
    youth.last_contact_on = today_in_helsinki()
    youth.next_step = next_step
    youth.next_on = next_on
    record(
        session,
        actor=actor,
        action="youth.contact_noted",
        about=youth,
        youth_id=youth.id,
        changes=_log_of(diff(youth)),
    )
    return youth


def note_word(session: Session, youth_id: int) -> None:
    """Note that there was word with the young person today, such as a talk that was planned or an answer of theirs.

    Written beside the row, so that nobody who has its form open is refused for it.
    """
    session.execute(update(Youth).where(Youth.id == youth_id).values(last_contact_on=today_in_helsinki()))


def take_over(session: Session, youth: Youth, *, staff: Staff) -> Youth:
    """Become the one adult of a young person whom no active worker serves; raise DomainError otherwise."""
    if has_active_worker(youth):
        raise DomainError(_l("This young person already has their own adult."), code="is_served")
    youth.one_adult_id = staff.id
    youth.deputy_id = None
    return _changed(session, youth, "youth.taken_over", Actor.staff(staff))


def has_active_worker(youth: Youth) -> bool:
    """Return whether the one adult or the deputy still works here; both must be loaded."""
    return any(worker is not None and worker.active for worker in (youth.one_adult, youth.deputy))


def _refuse_older(youth: Youth, version: int) -> None:
    if youth.version != version:
        raise ChangedMeanwhile(_l("Somebody else has changed these details after you opened the form."))


def _changed(session: Session, youth: Youth, action: str, actor: Actor) -> Youth:
    changes = _log_of(diff(youth))
    if changes:
        record(session, actor=actor, action=action, about=youth, youth_id=youth.id, changes=changes)
    return youth


def _log_of(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value if key in _PLAIN_IN_LOG else _HIDDEN_IN_LOG
        for key, value in changes.items()
        if key not in _NOT_IN_LOG
    }
