"""What makes a password too easy to guess. The answer is a sentence for the person who chose it."""

from placement.i18n import LazyString
from placement.i18n import lazy_gettext as _l

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
FEWEST_DIFFERENT_CHARACTERS = 5
_WORN_OUT = ("password", "salasana", "losenord", "lösenord", "qwerty", "123456", "abcdef", "ohjaamo")


def password_weakness(password: str, *, about: tuple[str, ...] = ()) -> LazyString | None:
    """Return why a password will not do, or None. ``about`` are words that others know: names, the address."""
    plain = password.casefold()
    if len(password) < SHORTEST_PASSWORD:
        return _l("Use at least 12 characters. Several words in a row make a good password.")
    if len(password) > LONGEST_PASSWORD:
        return _l("Use at most 256 characters.")
    if len(set(plain)) < FEWEST_DIFFERENT_CHARACTERS:
        return _l("Use more different characters.")
    if any(word in plain and len(plain) - len(word) < SHORTEST_PASSWORD - 4 for word in _WORN_OUT):
        return _l("This password is easy to guess. Use several words that do not belong together.")
    if any(word.casefold() in plain for word in about if len(word) > 3):
        return _l("Leave your name and e-mail address out of the password.")
    return None


def known_words(*, first_name: str, last_name: str, email: str) -> tuple[str, ...]:
    """Return the words about a person that others know."""
    return first_name, last_name, email, email.partition("@")[0]
