"""Cards on paper: short codes that stand on the printed sheet, and reading what was typed from it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import Field
from wtforms import ValidationError as Refused

from placement.i18n import LazyString, gettext, local_name
from placement.jobseekers.models import STRENGTH_ANSWERS, VALUE_ANSWERS, WISH_ANSWERS, CardAnswer
from placement.jobseekers.services import answers_for
from placement.vocabulary import CARD_GROUPS, cards_by_id, cards_in_group
from placement.web.forms import Form, TextField
from placement.web.jobseekers.cards import GROUP_NAMES

LETTERS = dict(zip(CARD_GROUPS, "ABCDEFGHIJKL", strict=True))
_PIECES = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """One group on the sheet: its letter, its cards by code, and the answers to tick."""

    letter: str
    name: LazyString
    cards: tuple[tuple[str, str], ...]
    answers: tuple[CardAnswer, ...]


def paper_groups() -> list[PaperGroup]:
    """Return everything that stands on the sheet, in the reader's language."""
    return [
        PaperGroup(
            LETTERS[group],
            GROUP_NAMES[group],
            tuple((code_of(card.id), local_name(card)) for card in cards_in_group(group)),
            answers_for(group),
        )
        for group in CARD_GROUPS
    ]


def code_of(card_id: str) -> str:
    """Return the short code of a card on paper: the letter of its group and its own number, ``B6`` for HAN06."""
    return f"{LETTERS[cards_by_id()[card_id].group]}{int(card_id[3:])}"


def cards_written(text: str) -> list[str]:
    """Return the ids of the cards written as ``A3 A7 B12`` or ``a 3 7, b 12``; raise ValueError with what is wrong."""
    known = {code_of(card_id): card_id for card_id in cards_by_id()}
    letter, found = "", []
    for piece in _PIECES.findall(text.upper()):
        if not piece.isdigit():
            letter = piece
            continue
        code = f"{letter}{int(piece)}"
        if code not in known:
            raise ValueError(code)
        found.append(known[code])
    return found


class PaperForm(Form):
    """Answers typed from a paper sheet: for each answer, the codes that were ticked."""

    def answers(self) -> dict[str, CardAnswer]:
        """Return the answers by card. Call only when the form is valid."""
        return {card: answer for answer in CardAnswer for card in cards_written(self[answer.value].data or "")}

    def refuse_wrong_codes(self, answer: CardAnswer, field: Field) -> None:
        """Say which code is unknown, belongs to other answers, or stands in two places."""
        try:
            cards = cards_written(field.data or "")
        except ValueError as error:
            raise Refused(gettext("There is no card %(code)s. Look at the sheet again.", code=error)) from None
        for card in cards:
            if answer not in answers_for(cards_by_id()[card].group):
                raise Refused(gettext("The card %(code)s does not have this answer.", code=code_of(card)))
        twice = sorted(set(cards) & self._cards_of_earlier(answer))
        if twice:
            codes = ", ".join(map(code_of, twice))
            raise Refused(gettext("%(codes)s: this card stands in two places.", codes=codes))

    def _cards_of_earlier(self, answer: CardAnswer) -> set[str]:
        found: set[str] = set()
        for other in CardAnswer:
            if other is answer:
                break
            found |= _readable(self[other.value].data or "")
        return found


def _readable(text: str) -> set[str]:
    try:
        return set(cards_written(text))
    except ValueError:
        return set()


def _check(answer: CardAnswer) -> Any:
    def check(form: PaperForm, field: Field) -> None:
        form.refuse_wrong_codes(answer, field)

    return check


def _fields(answers: Iterable[CardAnswer]) -> Mapping[str, TextField]:
    return {answer.value: TextField(answer.label, [_check(answer)], longest=600) for answer in answers}


SECTIONS = (STRENGTH_ANSWERS, WISH_ANSWERS, VALUE_ANSWERS)
TypedSheetForm: type[PaperForm] = type("TypedSheetForm", (PaperForm,), dict(_fields(CardAnswer)))
