"""What would help a young person on the day: kept as codes and their own words, shown in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l

BETWEEN = "|"


class Need(LabelledEnum):
    """A need that many have."""

    INTERPRETER = "interpreter", _l("An interpreter")
    QUIET = "quiet", _l("A quiet time or place")
    COMPANION = "companion", _l("I bring somebody with me")
    STEP_FREE = "step_free", _l("A way in without steps")


@dataclass(frozen=True, slots=True)
class Needs:
    """What was ticked, and what was written."""

    ticked: tuple[Need, ...] = ()
    other: str = ""

    @classmethod
    def read(cls, kept: str) -> "Needs":
        """Read what the database keeps."""
        codes, _, other = kept.partition(BETWEEN)
        return cls(tuple(need for need in Need if need.value in codes.split()), other)

    @classmethod
    def of(cls, codes: Iterable[str], other: str = "") -> "Needs":
        """Take the codes that a form gives; unknown ones are left out."""
        given = set(codes)
        return cls(tuple(need for need in Need if need.value in given), other)

    def kept(self) -> str:
        """Return the line that the database keeps; nothing when there are no needs."""
        codes = " ".join(need.value for need in self.ticked)
        return f"{codes}{BETWEEN}{self.other}" if self.ticked or self.other else ""

    def labels(self) -> list[str]:
        """Return the needs as words in the reader's language."""
        return [str(need.label) for need in self.ticked] + ([self.other] if self.other else [])
