"""One sentence about what was just done, shown on the next page."""

from enum import StrEnum

from flask import flash


class FlashKind(StrEnum):
    """How the sentence is shown."""

    SUCCESS = "success"
    INFO = "info"
    WARNING = "warning"


def say(sentence: object, kind: FlashKind = FlashKind.SUCCESS) -> None:
    """Have a translated sentence shown on the next page."""
    flash(str(sentence), kind.value)
