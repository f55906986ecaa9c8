"""What the closing pages show."""

from collections.abc import Sequence
from dataclasses import dataclass

from placement.i18n import local_name
from placement.placements.closing.models import ClosingView, Scale, Statement
from placement.vocabulary import cards_by_id


@dataclass(frozen=True, slots=True)
class ShownView:
    """The view of a side: facts in pairs, strengths in words, and what was written."""

    view: ClosingView
    rows: Sequence[tuple[str, str]]
    cards: Sequence[str]


def shown_view(view: ClosingView | None, labels: dict[str, str]) -> ShownView | None:
    """Return a view ready to be shown. ``labels`` name the three choices in the reader's language."""
    if view is None:
        return None
    rows = [
        (str(statement.label), str(Scale(view.marks[statement.value]).label))
        for statement in Statement
        if statement.value in view.marks
    ]
    for name, label in labels.items():
        chosen = getattr(view, name)
        if chosen is not None:
            rows.append((label, str(chosen.label)))
    return ShownView(view, rows, card_names(view.card_ids))


def card_names(card_ids: Sequence[str]) -> list[str]:
    """Return cards in the reader's language; one that the vocabulary has no more is left out."""
    vocabulary = cards_by_id()
    return [local_name(vocabulary[card]) for card in card_ids if card in vocabulary]
