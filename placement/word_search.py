"""Words, their stems and slips of the finger, for whatever is looked for by words in three languages.

What can be found keeps its words and their stems in one text, written whenever it changes. A word that is looked for
matches when one of its stems stands in that text, so that parts of compounds are found as well.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

STEMMERS = ("finnish", "swedish", "english")
SHORTEST_STEM = 3
MOST_WORDS = 8
MOST_READ_FOR_TYPOS = 5000
"""Texts that are read at most when nothing was found."""
LIKE_ENOUGH = 0.74
_NOT_A_WORD = re.compile(r"[\W_]+")


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without signs."""
    return _NOT_A_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split()


@lru_cache(maxsize=50_000)
def stems_of(word: str) -> frozenset[str]:
    """Return the stems that a word may have in Finnish, Swedish and English; a short one is only itself."""
    found = {str(snowballstemmer.stemmer(name).stemWord(word)) for name in STEMMERS}
    return frozenset(stem for stem in found if len(stem) >= SHORTEST_STEM) or frozenset({word})


def words_and_stems(text: str) -> str:
    """Return the text by which something is found: its words and their stems, each once, between spaces."""
    words = dict.fromkeys(words_of(text))
    stems = dict.fromkeys(stem for word in words for stem in sorted(stems_of(word)) if stem not in words)
    return f" {' '.join((*words, *stems))} "


def corrected_by(texts: Iterable[str], asked: str) -> str:
    """Return the words asked for with the likeliest ones of the kept texts in place of those that none has.

    Empty when nothing is near enough.
    """
    known = {word for text in texts for word in text.split() if len(word) >= SHORTEST_STEM}
    chosen = []
    for word in words_of(asked)[:MOST_WORDS]:
        if any(stem in other for stem in stems_of(word) for other in known):
            chosen.append(word)
            continue
        near = difflib.get_close_matches(word, known, n=1, cutoff=LIKE_ENOUGH)
        if not near:
            return ""
        chosen.append(near[0])
    return " ".join(chosen)
