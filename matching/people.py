"""The other way round: one offer against many young people, and many against many."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from matching.heavy import band_pairs, load_batch, score_pairs
from matching.index import OfferIndex
from matching.linking import default_linker
from matching.results import PeopleRanking, PersonFit, Verdict
from matching.scoring import exponents, load_weights, reference
from matching.setting import Scored, Setting, aside, check_arguments, judge, make_settings, tell, versions
from matching.types import Offer, OfferKind, Person

READ_AT_ONCE = 1_000
"""People who are read in one go; what they say takes about 15 kB each."""

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def rank_people(
    offer: Offer,
    people: Iterable[Person],
    *,
    today: date,
    index: OfferIndex | None = None,
    balance: float = 0.5,
    limit: int | None = None,
) -> PeopleRanking:
    """Rank young people for one offer, with reasons; the score is the same as in `matching.rank`.

    The order is by score, then by person id. Leaving somebody out changes nothing about the others.

    Parameters
    ----------
    offer
        The offer.
    people
        Young people to consider; ids must be unique.
    today
        Day of the list.
    index
        Offers read in advance; without it the offer is read now.
    balance
        0 only "likely to work out", 1 only "what the young person wants".
    limit
        Most people returned, and the only ones whose reasons are worked out; None for all.

    Raises
    ------
    ValueError
        When balance is not between 0 and 1, limit is below 0 or two people share an id.
    """
    everybody = list(people)
    check_arguments(balance, limit)
    if len({person.id for person in everybody}) != len(everybody):
        raise ValueError("two people share an id")
    index = OfferIndex({}, default_linker()) if index is None else index
    (facts,) = index.read([offer])
    settings = make_settings(everybody, index.linker, today, balance)
    judged = [(setting, judge(setting, facts)) for setting in settings]
    judged.sort(key=lambda one: (-one[1].score, one[0].person.person.id))
    eligible = [one for one in judged if not _refused(one[1])]
    steps = [one for one in judged if _refused(one[1]) and aside(one[0], facts).actionable]
    return PeopleRanking(
        fits=tuple(_fit(*one, place) for place, one in enumerate(eligible[:limit], start=1)),
        one_step_away=tuple(_fit(*one, None) for one in steps[:limit]),
        set_aside={one[0].person.person.id: aside(one[0], facts).checks for one in judged if _refused(one[1])},
        considered=len(everybody),
        eligible=len(eligible),
        versions=versions(load_weights()),
        balance=balance,
    )


def score_matrix(
    people: Sequence[Person],
    offers: Sequence[Offer],
    *,
    today: date,
    index: OfferIndex | None = None,
    balance: float = 0.5,
) -> "tuple[NDArray[np.float64], NDArray[np.bool_]]":
    """Score every person with every offer, for groups and recruitment days.

    Parameters
    ----------
    people, offers
        Whom and what; ids of offers must be unique.
    today
        Day of the question.
    index
        Offers read in advance; what it does not hold is read now.
    balance
        0 only "likely to work out", 1 only "what the young person wants".

    Returns
    -------
    scores
        People × offers, as in `rank`; not a number where a rule says no for good.
    eligible
        People × offers, whether no rule says no.

    Raises
    ------
    ValueError
        When balance is not between 0 and 1 or two offers share an id.
    """
    index = _index_of(offers, index, balance)
    return score_pairs(make_settings(people, index.linker, today, balance), index.board)


def band_matrix(
    people: Sequence[Person],
    offers: Sequence[Offer],
    *,
    today: date,
    index: OfferIndex | None = None,
    balance: float = 0.5,
) -> "NDArray[np.int8]":
    """Return how well every offer fits every person, in words, without working out any reason.

    Parameters and errors are those of `score_matrix`.

    Returns
    -------
    bands
        People × offers, the place of the band in `matching.BANDS`; -1 where a rule says no for good.
    """
    index = _index_of(offers, index, balance)
    return band_pairs(make_settings(people, index.linker, today, balance), index.board)


def best_offers(
    people: Sequence[Person],
    offers: Sequence[Offer],
    *,
    today: date,
    limit: int,
    index: OfferIndex | None = None,
    balance: float = 0.5,
) -> list[list[tuple[str, float]]]:
    """Return for each person the offers that `rank` would put first, without reasons; quick for many people.

    Parameters
    ----------
    people, offers
        Whom and what; ids of offers must be unique.
    today
        Day of the question.
    limit
        Most offers returned for each person, at least 1.
    index
        Offers read in advance; what it does not hold is read now.
    balance
        0 only "likely to work out", 1 only "what the young person wants".

    Returns
    -------
    list
        For each person pairs of offer id and score, best first.

    Raises
    ------
    ValueError
        When balance is not between 0 and 1, limit is below 1 or two offers share an id.
    """
    if limit < 1:
        raise ValueError("limit must be at least 1")
    index, weights = _index_of(offers, index, balance), load_weights()
    if not offers:
        return [[] for _ in people]
    powers = {kind: exponents(kind, balance, weights) for kind in OfferKind}
    batch, ids = load_batch()(index.board, today, weights, powers), index.board.ids
    found: list[list[tuple[str, float]]] = []
    for start in range(0, len(people), READ_AT_ONCE):
        settings = make_settings(people[start : start + READ_AT_ONCE], index.linker, today, balance, weights)
        found += [[(ids[row], score) for row, score in best] for best in batch.best(settings, limit)]
    return found


def _index_of(offers: Sequence[Offer], index: OfferIndex | None, balance: float) -> OfferIndex:
    check_arguments(balance)
    index = (OfferIndex({}, default_linker()) if index is None else index).with_offers(offers)
    if len(index) != len(offers):
        raise ValueError("two offers share an id")
    return index


def _refused(scored: Scored) -> bool:
    return any(result.verdict == Verdict.NO for result in scored.results)


def _fit(setting: Setting, scored: Scored, position: int | None) -> PersonFit:
    # The typical offer of a list of one, or of none when it is not eligible, as in `rank`.
    typical = reference([] if position is None else [scored.row], setting.weights)
    told = tell(setting, typical, scored, 1 if position is not None else None)
    return PersonFit(setting.person.person.id, replace(told, position=position))
