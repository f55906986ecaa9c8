"""The form of many cards: made from the vocabulary, keeping only the answers that were changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from wtforms import Field, HiddenField, RadioField
from wtforms.validators import Optional

from placement.i18n import LazyString, local_name
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import SHOWN_STRENGTH_ANSWERS, CardAnswer, Youth
from placement.jobseekers.services import answers_for
from placement.vocabulary import CARD_GROUPS, cards_in_group
from placement.web.forms import Form

WISH_GROUPS = ("style", "place", "values")
STRENGTH_GROUPS = tuple(group for group in CARD_GROUPS if group not in WISH_GROUPS)

GROUP_NAMES: dict[str, LazyString] = {
    "people": _l("With people"),
    "hands": _l("With hands"),
    "order": _l("Order and care"),
    "body": _l("Moving and strength"),
    "thinking": _l("Thinking"),
    "digital": _l("Digital"),
    "nature": _l("Nature and animals"),
    "food": _l("Food"),
    "creative": _l("Creative"),
    "style": _l("Ways of working"),
    "place": _l("The place"),
    "values": _l("What matters in work"),
}


@dataclass(frozen=True, slots=True)
class CardGroup:
    """One group of cards as the page shows it."""

    code: str
    name: LazyString
    fields: list[Field]
    answered: int
    is_open: bool

    @property
    def total(self) -> int:
        """How many cards the group has."""
        return len(self.fields)


class CardsForm(Form):
    """Answers to the cards of some groups. ``seen`` says which answers the page was made from."""

    groups: tuple[str, ...] = ()
    seen = HiddenField()

    def changed_answers(self) -> dict[str, CardAnswer | None]:
        """Return the answers that differ from what was shown, so that newer ones of others stay."""
        seen = dict(pair.split(":", 1) for pair in (self.seen.data or "").split() if ":" in pair)
        posted = {card.id: self[card.id].data or "" for group in self.groups for card in cards_in_group(group)}
        return {
            card_id: CardAnswer(answer) if answer else None
            for card_id, answer in posted.items()
            if answer != seen.get(card_id, "")
        }

    def shown_groups(self, opened: str) -> list[CardGroup]:
        """Return the groups in order; the one worked on last, or else the first, is open."""
        opened = opened if opened in self.groups else self.groups[0]
        return [self._group(code, is_open=code == opened) for code in self.groups]

    def _group(self, code: str, *, is_open: bool) -> CardGroup:
        fields = [self[card.id] for card in cards_in_group(code)]
        answered = sum(bool(field.data) for field in fields)
        return CardGroup(code, GROUP_NAMES[code], fields, answered, is_open or any(field.errors for field in fields))


def cards_form(youth: Youth, groups: tuple[str, ...]) -> CardsForm:
    """Return the form of some groups with the answers of a young person loaded with their profile."""
    known: Mapping[str, str] = {row.card_id: row.answer.value for row in youth.answers}
    return _form_class(groups)(data={**known, "seen": " ".join(f"{card}:{answer}" for card, answer in known.items())})


@cache
def _form_class(groups: tuple[str, ...]) -> type[CardsForm]:
    members: dict[str, Any] = {"groups": groups}
    for group in groups:
        choices = [*((answer.value, answer.label) for answer in answers_for(group)), ("", _l("No answer"))]
        for card in cards_in_group(group):
            label = LazyString(local_name, card)
            members[card.id] = RadioField(label, choices=choices, default="", validators=[Optional()])
    return type("AnswersForm", (CardsForm,), members)


def strength_texts(youth: Youth) -> list[LazyString]:
    """Return the strengths picked from cards, the surest first, as short texts in the reader's language."""
    answers = {row.card_id: row.answer for row in youth.answers if row.answer in SHOWN_STRENGTH_ANSWERS}
    cards = [card for group in STRENGTH_GROUPS for card in cards_in_group(group) if card.id in answers]
    cards.sort(key=lambda card: answers[card.id] is not CardAnswer.YES)
    return [LazyString(local_name, card) for card in cards]
