"""Cards one at a time: what the page shows and how an answer is taken. The same on a phone and at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, request

from placement.audit.services import Actor
from placement.i18n import LazyString, gettext, local_name
from placement.jobseekers.card_hints import card_hint
from placement.jobseekers.card_verbs import answer_card, card_before, known_answers, skip_card, skipped_cards
from placement.jobseekers.models import SHOWN_STRENGTH_ANSWERS, CardAnswer, Youth
from placement.jobseekers.queries import STRENGTHS_NEEDED, strength_count
from placement.jobseekers.services import answers_for
from placement.suggestions.deck import next_cards
from placement.vocabulary import Card, cards_by_id
from placement.web.session import db_session

ROUNDS = (30, 60, 100)
"""Where the bar of progress ends: about five minutes first, then longer for those who want to go on."""
SECONDS_FOR_A_CARD = 10
AHEAD = 12
"""Cards that travel with the page, so that it goes on while the network is away."""
MOST_YOURS = 8
SKIP = "skip"

CARD_ICONS: Mapping[str, str] = {
    "PEO03": "hand", "PEO04": "chat", "PEO05": "chat", "PEO10": "chat", "PEO14": "chat",
    "HAN01": "wrench", "HAN02": "hammer", "HAN03": "hammer", "HAN06": "bike", "HAN07": "car", "HAN09": "hammer",
    "CAR03": "clock", "CAR07": "numbers", "CAR08": "numbers", "CAR10": "calendar", "CAR14": "box",
    "MOV02": "box", "MOV04": "bike", "MOV07": "car",
    "THI05": "search", "THI06": "numbers", "THI08": "book", "THI10": "place",
    "DIG03": "camera", "DIG04": "camera",
    "NAT01": "sun", "NAT03": "animal", "NAT02": "leaf",
    "FOO03": "cup", "FOO08": "cup", "FOO09": "home",
    "CRE02": "music", "CRE03": "music", "CRE06": "calendar",
    "STY07": "person", "STY08": "people", "STY09": "people", "STY14": "clock", "STY15": "clock", "STY16": "calendar",
    "STY17": "clock", "STY18": "calendar",
    "ENV01": "home", "ENV02": "sun", "ENV07": "people", "ENV09": "phone", "ENV10": "digital", "ENV11": "home",
    "ENV12": "box", "ENV16": "animal",
}  # fmt: skip
"""Pictures of single cards; every other card carries that of its group."""


@dataclass(frozen=True, slots=True)
class DeckAnswer:
    """One answer to press."""

    value: str
    label: LazyString
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class DeckCard:
    """One card with its picture and its answers."""

    id: str
    text: str
    hint: str
    icon: str
    answers: tuple[DeckAnswer, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """One strength or wish told so far."""

    text: str
    variant: str


@dataclass(frozen=True, slots=True)
class DeckPage:
    """The page of one card; ``card`` is None when every card has an answer."""

    card: DeckCard | None
    ahead: tuple[DeckCard, ...]
    back: str | None
    number: int
    done: int
    goal: int
    yours: tuple[Mine, ...]
    more: int
    strengths: int
    named: tuple[str, ...]

    @property
    def seconds(self) -> int:
        """About how long one card takes."""
        return SECONDS_FOR_A_CARD

    @property
    def minutes(self) -> int:
        """About how long the rest of this round takes."""
        return max(1, round((self.goal - self.done) * SECONDS_FOR_A_CARD / 60))

    @property
    def strengths_missing(self) -> int:
        """How many strengths are still needed for suggestions."""
        return max(0, STRENGTHS_NEEDED - self.strengths)


def deck_page(youth: Youth) -> DeckPage:
    """Return the next card of a young person loaded with profile and workers, or the one asked for in the address."""
    answered = known_answers(youth)
    asked = request.args.get("card", "")
    cards = next_cards(db_session, youth, count=AHEAD + 1)
    chosen = [asked, *(card for card in cards if card != asked)] if asked in cards_by_id() else cards
    done = len(answered) + len(skipped_cards(db_session, youth.id))
    mine = _yours(youth)
    shown = [_deck_card(cards_by_id()[card], answered.get(card)) for card in chosen]
    return DeckPage(
        card=shown[0] if shown else None,
        ahead=tuple(shown[1:]),
        back=card_before(youth, asked or None),
        number=done if asked in answered else done + 1,
        done=done,
        goal=next((end for end in ROUNDS if end > done), len(cards_by_id())),
        yours=tuple(mine[:MOST_YOURS]),
        more=max(0, len(mine) - MOST_YOURS),
        strengths=strength_count(youth),
        named=tuple(worker.first_name for worker in (youth.one_adult, youth.deputy) if worker is not None),
    )


def take_answer(youth: Youth, actor: Actor) -> None:
    """Keep the answer that was pressed, or pass the card by; anything else is not a form of ours."""
    card_id, pressed = request.form.get("card", ""), request.form.get("answer", "")
    card = cards_by_id().get(card_id)
    if card is None:
        abort(400)
    if pressed == SKIP:
        skip_card(db_session, youth, card_id=card_id)
        return
    if pressed not in {answer.value for answer in answers_for(card.group)}:
        abort(400)
    answer_card(db_session, youth, card_id=card_id, answer=CardAnswer(pressed), actor=actor)


def _deck_card(card: Card, known: CardAnswer | None) -> DeckCard:
    answers = tuple(DeckAnswer(one.value, one.label, one is known) for one in answers_for(card.group))
    return DeckCard(card.id, local_name(card), card_hint(card.id), CARD_ICONS.get(card.id, card.group), answers)


def _yours(youth: Youth) -> list[Mine]:
    """Return what has been told, the latest first; what was said no to is not repeated to the teller."""
    told = sorted(youth.answers, key=lambda row: (row.answered_at, row.id or 0), reverse=True)
    cards = cards_by_id()
    mine = []
    for row in told:
        if row.card_id not in cards:
            continue
        text = local_name(cards[row.card_id])
        if row.answer in SHOWN_STRENGTH_ANSWERS or row.answer in {CardAnswer.SUITS, CardAnswer.IMPORTANT}:
            mine.append(Mine(text, ""))
        elif row.answer is CardAnswer.WANT_TO_LEARN:
            mine.append(Mine(gettext("want to learn: %(card)s", card=text), "hidden"))
    return mine
