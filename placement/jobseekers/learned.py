"""What people have said own words mean: remembered in their centre, and used when the same words come again."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.jobseekers.models import LearnedLink
from placement.vocabulary import link_own_words


def cards_of_words(session: Session, centre_id: int, text: str, language: str) -> list[str]:
    """Return the cards that words speak of: what was learned in the centre first, then what the linker finds."""
    learned = _learned(session, centre_id, text)
    told = [card for card, link in learned.items() if link.is_right]
    return list(dict.fromkeys([*told, *(one for one in link_own_words(text, language) if one not in learned)]))


def learn(session: Session, centre_id: int, text: str, *, right: Iterable[str], wrong: Iterable[str]) -> None:
    """Remember which cards words speak of and which not; the latest word counts."""
    learned = _learned(session, centre_id, text)
    for card, is_right in [*((one, False) for one in wrong), *((one, True) for one in right)]:
        if card in learned:
            learned[card].is_right = is_right
        else:
            session.add(LearnedLink(centre_id=centre_id, words_mark=words_mark(text), card_id=card, is_right=is_right))


def words_mark(text: str) -> str:
    """Return a mark that is the same for the same words, however they are spaced or capitalised."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode("utf-8")).hexdigest()


def _learned(session: Session, centre_id: int, text: str) -> dict[str, LearnedLink]:
    found = select(LearnedLink).where(LearnedLink.centre_id == centre_id, LearnedLink.words_mark == words_mark(text))
    return {link.card_id: link for link in session.scalars(found.order_by(LearnedLink.card_id))}
