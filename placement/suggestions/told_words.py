"""The words that sentences about a fit are filled with, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.lists import format_list

from placement import i18n
from placement.i18n import (
    current_language,
    format_day,
    format_number,
    language_name,
    local_name,
    locale_of,
    quoted,
)
from placement.i18n import lazy_gettext as _l
from placement.vocabulary import WorkCard, cards_by_id

# The functions of the library carry no types; sentences are strings.
gettext: Callable[..., str] = i18n.gettext
ngettext: Callable[..., str] = i18n.ngettext

LONG_WAY = 120
DAY_PARTS = {
    "morning": _l("mornings"),
    "day": _l("daytime"),
    "evening": _l("evenings"),
    "night": _l("nights"),
    "weekend": _l("weekends"),
}
TRAVEL_MODES = {
    "walk": _l("on foot"),
    "bicycle": _l("by bicycle"),
    "public_transport": _l("by bus or train"),
    "car": _l("by car"),
    "moped": _l("by moped"),
}
WORK_CARDS = {card.value: card.label for card in WorkCard}


@dataclass(frozen=True, slots=True)
class Words:
    """The slots of one sentence and whom it is told about; without a name it is told to the young person."""

    slots: Mapping[str, object]
    name: str = ""

    @property
    def to_staff(self) -> bool:
        """Whether a worker reads it."""
        return bool(self.name)

    def has(self, slot: str) -> bool:
        """Whether a slot has a value."""
        return self.slots.get(slot) not in (None, "", (), [])

    def items(self, slot: str) -> list[str]:
        """The codes of a slot that holds several."""
        value = self.slots.get(slot) or ()
        return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]

    def whole(self, slot: str) -> int:
        """A number that is counted."""
        return round(float(str(self.slots.get(slot) or 0)))

    def number(self, slot: str) -> str:
        """A number as people write it."""
        return format_number(float(str(self.slots.get(slot) or 0)))

    def day(self, slot: str) -> str:
        """A date as people write it."""
        return format_day(date.fromisoformat(str(self.slots[slot])))

    def code(self, slot: str) -> str:
        """A code that is shown as it is, such as a licence class."""
        return str(self.slots.get(slot) or "")

    def cards(self, slot: str = "cards") -> str:
        """The texts of strength cards, quoted."""
        known = cards_by_id()
        return listed(quoted(local_name(known[card])) for card in self.items(slot) if card in known)

    def own_words(self) -> str:
        """What the young person wrote, quoted."""
        return quoted(self.code("own_words"))

    def day_parts(self) -> str:
        """Parts of the day."""
        return listed(str(DAY_PARTS[part]) for part in self.items("day_parts") if part in DAY_PARTS)

    def mode(self) -> str:
        """The way of travelling."""
        return str(TRAVEL_MODES.get(self.code("mode"), ""))

    def work_cards(self, slot: str) -> str:
        """Names of work cards."""
        return listed(str(WORK_CARDS.get(card, card)) for card in self.items(slot))

    def work_cards_each(self, slot: str) -> list[str]:
        """Names of work cards, one by one."""
        return [str(WORK_CARDS.get(card, card)) for card in self.items(slot)]

    def languages(self, slot: str) -> str:
        """Names of languages."""
        return listed(language_name(code) for code in self.items(slot))


def duration(minutes: int) -> str:
    """Return a time of travel in minutes, or in full hours when it is long."""
    if minutes >= LONG_WAY:
        return gettext("%(hours)s h", hours=round(minutes / 60))
    return gettext("%(minutes)s min", minutes=minutes)


def listed(texts: Iterable[str]) -> str:
    """Join texts with commas and the word for "and"."""
    return format_list(list(texts), locale=Locale.parse(locale_of(current_language())))
