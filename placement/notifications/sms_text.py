"""Texts that fit a text message: one part carries 160 letters, but only of the basic alphabet (GSM 03.38)."""

import unicodedata

_LETTERS = frozenset(
    "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_MARKS = str.maketrans(
    {"–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "…": "...", "\u00a0": " ", "\u202f": " "}
)


def plain(text: str) -> str:
    """Return a text in the basic alphabet: typographic marks made simple, other letters without their accents.

    One letter outside the alphabet would more than halve the room of every part of the message.
    """
    letters = (letter if letter in _LETTERS else unicodedata.normalize("NFD", letter)[0] for letter in _simple(text))
    return "".join(letter for letter in letters if letter in _LETTERS)


def _simple(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_MARKS)


def shortened(text: str, longest: int) -> str:
    """Return a text in the basic alphabet, cut at a word so that it has at most ``longest`` letters."""
    whole = plain(text).strip()
    if len(whole) <= longest:
        return whole
    return whole[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,.-") + "."
