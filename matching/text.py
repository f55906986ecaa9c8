"""Text made comparable in Finnish, Swedish and English: normal form, words, stems, character n-grams.

scikit-learn is imported only when a vectoriser is made, so that importing `matching` stays quick.
"""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from matching.types import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

NGRAM = 3
STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}
_NOT_KEPT = re.compile(r"[\W_]+")
"""Everything but the letters and numbers of Unicode."""
_CLAUSE_BREAKS = re.compile(r"[.,;:!?\n\r•·()/|]+|\s[-–—]\s|\s(?:ja|sekä|mutta|och|samt|men|and|but)\s", re.IGNORECASE)


_PHRASE_BREAKS = re.compile(r"(?<=[.!?])\s+|[;\n\r•]+")


def normalise(text: str) -> str:
    """Return text in lower case with only letters, digits and single spaces.

    Accents that make a letter of its own (å ä ö é) stay; emoji, punctuation and control characters become spaces.
    Applying it twice changes nothing.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        Normal form; empty when nothing readable is left.
    """
    if text.isascii():
        return " ".join(_NOT_KEPT.sub(" ", text.lower()).split())
    return " ".join(_NOT_KEPT.sub(" ", _fold(_fold(text))).split())


@lru_cache(maxsize=50_000)
def stem(word: str, language: Language) -> str:
    """Snowball stem of one normalised word; a pure function, remembered because Finnish stemming is slow."""
    import snowballstemmer  # noqa: PLC0415 — it imports some thirty languages

    return str(snowballstemmer.stemmer(STEMMERS[language]).stemWord(word))


def stems(text: str, language: str) -> list[str]:
    """Stems of the lemmas of all words of a text; words of other languages than fi, sv and en stay as they are."""
    words = normalise(text).split()
    return [_lemma_stem(word, language) for word in words] if language in STEMMERS else words


@lru_cache(maxsize=200_000)
def lemma(word: str, language: Language) -> str:
    """Dictionary form of one normalised word; the word itself when no dictionary has it."""
    return normalise(_lemmatiser().lemmatize(word, language)) or word


def unaccented(word: str) -> str:
    """Return a word without the marks above its letters, as people type it on a foreign keyboard."""
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


@lru_cache(maxsize=200_000)
def _lemma_stem(word: str, language: Language) -> str:
    return stem(lemma(word, language), language)


@lru_cache(maxsize=1)
def _lemmatiser() -> Any:
    from simplemma import Lemmatizer  # noqa: PLC0415 — the dictionaries take a moment to read
    from simplemma.strategies import DefaultStrategy, TrieDictionaryFactory  # noqa: PLC0415

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=TrieDictionaryFactory()))


def clauses(text: str) -> list[str]:
    """Split text at punctuation and at "and" into short pieces that can be compared with a card; none are empty."""
    pieces = (normalise(piece) for piece in _CLAUSE_BREAKS.split(text))
    return [piece for piece in pieces if piece]


def phrases(text: str) -> list[str]:
    """Split text at the ends of sentences, semicolons and lines into phrases as written; none are empty."""
    return [piece for part in _PHRASE_BREAKS.split(text) if (piece := part.strip())]


def pieces(normal_text: str) -> "Iterator[str]":
    """Yield what a normalised text is compared by: its words and the character n-grams inside word borders."""
    for word in normal_text.split():
        yield f"={word}"
        padded = f" {word} "
        for start in range(max(1, len(padded) - NGRAM + 1)):
            yield padded[start : start + NGRAM]


def piece_list(normal_text: str) -> list[str]:
    """`pieces` as a list, the analyser of the vectoriser."""
    return list(pieces(normal_text))


def make_vectoriser() -> Any:
    """Return an unfitted TF-IDF vectoriser over `pieces` with damped counts and unit length."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 — a second of import, only when needed

    return TfidfVectorizer(analyzer=piece_list, sublinear_tf=True, norm="l2")


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
