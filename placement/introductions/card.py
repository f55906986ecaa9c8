"""The presentation card: which fields it has, how it is drafted from what the young person told, what may stand on it.

The card is one mapping from field to text. What a young person approves, what a worker previews and what
an employer sees is the same mapping, shown by the same template.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from placement.clock import today_in_helsinki, utcnow
from placement.i18n import format_number, gettext, in_language, local_name
from placement.introductions.models import CardApproval, Introduction, Signer
from placement.introductions.states import VISIBLE_STATES
from placement.jobseekers.models import CardAnswer, Youth
from placement.offers.models import DayPart
from placement.vocabulary import cards_by_id, municipalities_by_code

FIELDS = ("first_name", "strengths", "hours", "extra")
MOST_STRENGTHS = 6
MOST_OWN_WORDS = 2
FULL_AGE = 18
SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class CardView:
    """A card as it is shown, to whomever."""

    first_name: str
    strengths: list[str]
    hours: str
    extra: str
    language: str


def guardian_is_needed(youth: Youth) -> bool:
    """Return whether a guardian must agree as well: house policy for those under 18 or of unknown age."""
    age = youth.age_on(today_in_helsinki())
    return age is None or age < FULL_AGE


def draft_strengths(youth: Youth, language: str) -> str:
    """Return the first strengths of a young person loaded with their profile, one on a line, in a language."""
    known = cards_by_id()
    told = [answer for answer in youth.answers if answer.card_id in known]
    surest = [answer for answer in told if answer.answer is CardAnswer.YES]
    rest = [answer for answer in told if answer.answer is CardAnswer.A_LITTLE]
    with in_language(language):
        lines = [local_name(known[answer.card_id]) for answer in (surest + rest)[:MOST_STRENGTHS]]
    own = [words.text for words in youth.own_words if words.language == language]
    allowed = [text for text in own if not (youth.protected_contact and names_a_place(text))]
    return "\n".join(lines + allowed[:MOST_OWN_WORDS])


def draft_hours(youth: Youth, language: str) -> str:
    """Return the hours that a young person wishes for, in a language."""
    with in_language(language):
        parts = [str(part.label).lower() for part in DayPart if youth.day_parts.get(part.value) is True]
        return ", ".join(text for text in (_weekly(youth), *parts) if text)


def texts_of(introduction: Introduction) -> dict[str, str]:
    """Return the card as it is now, by field; empty fields are not part of it. The young person must be loaded."""
    texts = {
        "first_name": introduction.youth.first_name,
        "strengths": introduction.strengths,
        "hours": introduction.hours,
        "extra": introduction.extra,
    }
    return {field: texts[field] for field in FIELDS if texts[field]}


def card_view(texts: Mapping[str, str], language: str) -> CardView:
    """Return a card ready to be shown: the one way from texts to what anybody sees."""
    return CardView(
        first_name=texts.get("first_name", ""),
        strengths=[line for line in texts.get("strengths", "").splitlines() if line.strip()],
        hours=texts.get("hours", ""),
        extra=texts.get("extra", ""),
        language=language,
    )


def approval_now(introduction: Introduction, *, at: datetime | None = None) -> CardApproval | None:
    """Return the young person's approval that covers the card, its text and its receiver at an instant, or None.

    The approvals must be loaded. A revoked, expired or older approval covers nothing.
    """
    instant = at or utcnow()
    for approval in reversed(introduction.approvals):
        is_theirs = approval.signer is Signer.YOUTH and approval.contact_id == introduction.contact_id
        if not is_theirs or approval.card_version != introduction.card_version:
            continue
        holds = approval.is_yes and approval.revoked_at is None
        if holds and approval.expires_at is not None and approval.expires_at > instant:
            return approval
    return None


def shown_card(introduction: Introduction) -> CardView | None:
    """Return the card that the employer may see just now, taken from the approval alone; None when nothing may be."""
    approval = approval_now(introduction)
    if introduction.state not in VISIBLE_STATES or approval is None or not introduction.youth.is_active:
        return None
    return card_view(approval.texts, approval.language)


def names_a_place(text: str) -> bool:
    """Return whether a text names a municipality, in any case form: not for people with protected contact (DP-07)."""
    words = re.findall(r"\b[A-ZÅÄÖ][\w-]+", text)
    return any(_means(word, name) for word in words for name in _names())


def _means(word: str, name: str) -> bool:
    # Case endings change the last letters: Rovaniemi, Rovaniemellä. Short names would match too much.
    return word == name or (len(name) > SHORTEST_STEM and word.startswith(name[:-1]))


def _names() -> list[str]:
    return [name for place in municipalities_by_code().values() for name in (place.name_fi, place.name_sv)]


def _weekly(youth: Youth) -> str:
    least, most = youth.hours_per_week_min, youth.hours_per_week_max
    if least is not None and most is not None and least != most:
        return str(gettext("%(least)s–%(most)s hours a week", least=format_number(least), most=format_number(most)))
    if most is not None and least == most:
        return str(gettext("%(hours)s hours a week", hours=format_number(most)))
    if most is not None:
        return str(gettext("at most %(hours)s hours a week", hours=format_number(most)))
    return str(gettext("at least %(hours)s hours a week", hours=format_number(least))) if least is not None else ""
