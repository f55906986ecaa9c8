"""What is worked out once per person and once per offer, before the two are compared."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.linking import Link
from matching.said import OfferText, Row, Statement
from matching.types import CardAnswer, DayPart, Language, Offer, Person
from matching.vocabulary import PLACE_GROUPS, STRENGTH_GROUPS, TaskFamily, load_cards, load_task_families

STRENGTH_CREDIT = {
    CardAnswer.YES: 1.0,
    CardAnswer.SUITS: 1.0,
    CardAnswer.A_LITTLE: 0.6,
    CardAnswer.WANT_TO_LEARN: 0.35,
    CardAnswer.DOES_NOT_MATTER: 0.35,
    CardAnswer.NOT_ME: 0.0,
    CardAnswer.CANNOT: 0.0,
}
INTEREST = {CardAnswer.YES: 1.0, CardAnswer.WANT_TO_LEARN: 1.0, CardAnswer.A_LITTLE: 0.6, CardAnswer.NOT_ME: 0.0}
UNCONFIRMED_CREDIT = 0.7
"""A link from own words that nobody confirmed counts this much of a confirmed one."""
DAY_PART_CARDS = {"STY14": DayPart.MORNING, "STY15": DayPart.EVENING, "STY16": DayPart.WEEKEND}
GUIDE_CARDS = frozenset({"STY10", "STY13", "STY19"})
"""Cards that say somebody near would be good: time in the beginning, feedback often, help near."""
OWN_FEATURE_CARDS = frozenset(DAY_PART_CARDS) | GUIDE_CARDS | {"STY17"}
"""Style cards that have a feature of their own and are left out of the place."""
SAID_LEAST = 0.5
"""A card with this credit is something the person says they can do."""
FAMILY_LINK_LEAST = 0.6
CARD_LINK_WEIGHT = 0.6
MOST_LINKED_CARDS = 4


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One young person, read for comparing.

    Parameters
    ----------
    person
        As given.
    credit
        Strength or style card id to 0–1, how much of a strength it is.
    own_words
        Card id to the person's own text that it came from.
    interest
        Card group to 0–1, shrunk towards 0.5 while few cards of the group are answered.
    learning
        Cards the person wants to learn.
    suits, cannot
        Place and style cards with that answer.
    important
        Value cards that matter.
    day_parts
        Parts of the day: True possible, False not possible; day part cards fill gaps.
    likes_day_parts
        Parts of the day the person said suit them.
    wishes_guide
        Whether somebody near is wished.
    strengths_known
        Number of strengths told, cards and own words.
    words
        All that the person says they can do, read as one text; None when nothing is said.
    spoken
        Each of their own texts, and how it is read alone.
    """

    person: Person
    credit: Mapping[str, float]
    own_words: Mapping[str, str]
    interest: Mapping[str, float]
    learning: frozenset[str]
    suits: frozenset[str]
    cannot: frozenset[str]
    important: frozenset[str]
    day_parts: Mapping[DayPart, bool]
    likes_day_parts: frozenset[DayPart]
    wishes_guide: bool
    strengths_known: int
    words: Row | None
    spoken: tuple[tuple[str, Row], ...]


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """One offer, read for comparing.

    Parameters
    ----------
    offer
        As given.
    family
        Task family given, or the surest one the title speaks of.
    asked
        Card id to weight 0–1, what the tasks ask for.
    groups
        Card group to its share of the asked weight; sums to 1.
    place
        Place and style card id to whether it is so here.
    words
        Title and description, read as one text; None when nothing can be read in them.
    """

    offer: Offer
    family: TaskFamily | None
    asked: Mapping[str, float]
    groups: Mapping[str, float]
    place: Mapping[str, bool]
    words: Row | None = None


def said_by(person: Person) -> list[Statement]:
    """Return what a person says they can do: their cards, then their own words."""
    cards = load_cards()
    told = [
        Statement(cards[card].text(person.language), person.language, (card,))
        for card, answer in person.cards.items()
        if card in cards and cards[card].group in STRENGTH_GROUPS and STRENGTH_CREDIT.get(answer, 0.0) >= SAID_LEAST
    ]
    return told + [Statement(words.text, words.language, words.card_ids) for words in person.own_words]


def said_in(offer: Offer) -> OfferText:
    """Return the words of an offer."""
    return OfferText(offer.title, offer.description, offer.language)


def read_person(
    person: Person,
    own_links: Mapping[tuple[str, Language], tuple[Link, ...]],
    words: Row | None = None,
    spoken: tuple[tuple[str, Row], ...] = (),
) -> PersonFacts:
    """Work out the facts of a person.

    Parameters
    ----------
    person
        The young person.
    own_links
        (text, language) of their own words to the cards it links to; empty when there are none.
    words, spoken
        What they say, as read; see `PersonFacts`.
    """
    cards = load_cards()
    answers = {card: answer for card, answer in person.cards.items() if card in cards}
    credit = {card: STRENGTH_CREDIT[answer] for card, answer in answers.items() if answer in STRENGTH_CREDIT}
    own_words: dict[str, str] = {}
    for own in person.own_words:
        found = dict.fromkeys((card for card in own.card_ids if card in cards), 1.0)
        for link in own_links.get((own.text, own.language), ()):
            if link.id in cards:
                found.setdefault(link.id, UNCONFIRMED_CREDIT * link.score)
        for card, value in found.items():
            # What the person answered on the card itself stands: "not me" is not overruled by a guessed link.
            if card not in answers and value > credit.get(card, 0.0):
                credit[card], own_words[card] = value, own.text
            elif answers.get(card) in {CardAnswer.YES, CardAnswer.A_LITTLE}:
                own_words.setdefault(card, own.text)
    likes = frozenset(part for card, part in DAY_PART_CARDS.items() if answers.get(card) == CardAnswer.SUITS)
    day_parts = dict(person.day_parts)
    for card, part in DAY_PART_CARDS.items():
        if card in answers:
            # A "cannot" stands, whichever of the two places it was said in.
            day_parts[part] = answers[card] != CardAnswer.CANNOT and day_parts.get(part, True)
    return PersonFacts(
        person=person,
        credit=credit,
        own_words=own_words,
        interest=_interest(answers, credit, own_words),
        learning=_with(answers, CardAnswer.WANT_TO_LEARN),
        suits=frozenset(card for card in _with(answers, CardAnswer.SUITS) if card not in OWN_FEATURE_CARDS),
        cannot=frozenset(card for card in _with(answers, CardAnswer.CANNOT) if card not in OWN_FEATURE_CARDS),
        important=_with(answers, CardAnswer.IMPORTANT),
        day_parts=day_parts,
        likes_day_parts=likes,
        wishes_guide=any(answers.get(card) == CardAnswer.SUITS for card in GUIDE_CARDS),
        strengths_known=sum(
            1 for card, value in credit.items() if cards[card].group in STRENGTH_GROUPS and value >= 0.5
        ),
        words=words,
        spoken=spoken,
    )


def read_offer(offer: Offer, links: tuple[Link, ...], words: Row | None = None) -> OfferFacts:
    """Work out the facts of an offer.

    Parameters
    ----------
    offer
        The offer.
    links
        What its title and description speak of, surest first.
    words
        Its title and description, as read.
    """
    cards, families = load_cards(), load_task_families()
    family = families.get(offer.task_family) if offer.task_family else None
    sureness = 1.0
    if family is None:
        guess = next((link for link in links if link.id in families and link.score >= FAMILY_LINK_LEAST), None)
        if guess is not None:
            family, sureness = families[guess.id], guess.score
    asked = dict.fromkeys(family.fits, round(sureness, 6)) if family else {}
    for link in [link for link in links if link.id in cards][:MOST_LINKED_CARDS]:
        asked.setdefault(link.id, round(CARD_LINK_WEIGHT * link.score, 6))
    total = sum(asked.values())
    groups: dict[str, float] = {}
    for card, weight in asked.items():
        groups[cards[card].group] = groups.get(cards[card].group, 0.0) + weight / total
    place = {card: value for card, value in offer.environment.items() if card in cards}
    if offer.remote:
        place.setdefault("ENV11", True)
    return OfferFacts(offer=offer, family=family, asked=asked, groups=groups, place=place, words=words)


def _with(answers: Mapping[str, CardAnswer], wanted: CardAnswer) -> frozenset[str]:
    return frozenset(card for card, answer in answers.items() if answer == wanted)


def _interest(
    answers: Mapping[str, CardAnswer], credit: Mapping[str, float], own_words: Mapping[str, str]
) -> dict[str, float]:
    cards = load_cards()
    told: dict[str, list[float]] = {}
    for card, answer in answers.items():
        if answer in INTEREST and cards[card].group not in PLACE_GROUPS:
            told.setdefault(cards[card].group, []).append(INTEREST[answer])
    for card in own_words:
        if card not in answers:
            told.setdefault(cards[card].group, []).append(credit[card])
    return {group: (sum(values) + 4 * 0.5) / (len(values) + 4) for group, values in told.items()}
