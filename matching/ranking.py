"""One young person against many offers: hard rules, features, score, order, and reasons for what is shown."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from matching.arrangement import Arrangement
from matching.asides import Asides
from matching.eligibility import RULES
from matching.facts import OfferFacts
from matching.heavy import load_sheet
from matching.index import OfferIndex
from matching.linking import default_linker
from matching.results import Placed, Ranking, SetAside, Verdict
from matching.scoring import Weights, reference
from matching.setting import Scored, Setting, aside, check_arguments, judge, make_settings, tell, versions
from matching.types import Offer, Person

ONE_STEP_AWAY = 3
"""How many offers that need a step first are told."""
FEW = 16
"""So few offers are judged one by one; that is quicker than preparing columns."""


def rank(
    person: Person,
    offers: Iterable[Offer],
    *,
    today: date,
    index: OfferIndex | None = None,
    balance: float = 0.5,
    limit: int | None = None,
    arrangement: Arrangement | None = None,
    weights: Weights | None = None,
) -> Ranking:
    """Rank offers for one young person, with reasons.

    Without an arrangement the order is by score, then by offer id, and does not depend on the order or the number of
    the offers given: leaving one out never changes the order of the others.

    Parameters
    ----------
    person
        The young person.
    offers
        Offers to consider; ids must be unique. It is quickest when they are exactly those of the index.
    today
        Day of the list.
    index
        Offers read in advance; what it does not hold is read now, which takes about half a millisecond an offer.
    balance
        0 only "likely to work out", 1 only "what the young person wants".
    limit
        Most suggestions returned, and the only ones whose reasons are worked out; None for all.
    arrangement
        How the list as a whole is put together, see `matching.arranging`; scores and reasons stay the same.
    weights
        Weights of the score, such as those of a list of the past; those of the library when left out.

    Returns
    -------
    Ranking
        Suggestions, offers one step away, and everything set aside with its rules.

    Raises
    ------
    ValueError
        When balance is not between 0 and 1, limit is below 0 or two offers share an id.
    """
    wanted = list(offers)
    check_arguments(balance, limit)
    index = OfferIndex({}, default_linker()) if index is None else index
    few = len(wanted) < FEW and arrangement is None
    index = index if few else index.with_offers(wanted)
    if len({offer.id for offer in wanted} if few else index) != len(wanted):
        raise ValueError("two offers share an id")
    (setting,) = make_settings([person], index.linker, today, balance, weights)
    if few:
        return rank_one_by_one(setting, index.read(wanted), balance, limit)
    return _rank_at_once(setting, index, balance, limit, arrangement)


def place(
    person: Person,
    offers: Iterable[Offer],
    offer_id: str,
    *,
    today: date,
    index: OfferIndex | None = None,
    balance: float = 0.5,
) -> Placed:
    """Say about one offer what `rank` would say of it in the whole list, and why it is left out if it is.

    Parameters
    ----------
    offer_id
        The offer asked about; it must be among the offers.

    Raises
    ------
    ValueError
        As in `rank`.
    KeyError
        When no offer has this id.
    """
    check_arguments(balance)
    wanted = list(offers)
    index = (OfferIndex({}, default_linker()) if index is None else index).with_offers(wanted)
    if len(index) != len(wanted):
        raise ValueError("two offers share an id")
    (setting,) = make_settings([person], index.linker, today, balance)
    sheet, row = load_sheet().of(setting, index.board), index.board.rows[offer_id]
    eligible, number = sheet.eligible(), sheet.place_of(row)
    offer = index.board.offers[row]
    out = aside(setting, offer) if number is None else None
    told = None
    if out is None or out.actionable:
        told = tell(setting, sheet.typical(setting), judge(setting, offer), number)
    return Placed(told, out, len(wanted), len(eligible), versions(setting.weights), balance)


def rank_one_by_one(setting: Setting, offers: Sequence[OfferFacts], balance: float, limit: int | None) -> Ranking:
    """Return the list by asking about one offer after the other.

    The reference for the quick way, and the quicker way for a few.
    """
    eligible: list[Scored] = []
    actionable: list[Scored] = []
    set_aside: list[SetAside] = []
    for offer in offers:
        scored = judge(setting, offer)
        if all(result.verdict != Verdict.NO for result in scored.results):
            eligible.append(scored)
            continue
        set_aside.append(aside(setting, offer))
        if set_aside[-1].actionable:
            actionable.append(scored)
    for group in (eligible, actionable):
        group.sort(key=lambda one: (-one.score, one.offer.offer.id))
    said_no = Counter(check.rule_id for one in set_aside for check in one.checks)
    typical = reference([one.row for one in eligible], setting.weights)
    return Ranking(
        suggestions=tuple(tell(setting, typical, one, number) for number, one in enumerate(eligible[:limit], start=1)),
        one_step_away=tuple(tell(setting, typical, one, None) for one in actionable[:ONE_STEP_AWAY]),
        set_aside=tuple(sorted(set_aside, key=lambda one: one.offer_id)),
        set_aside_rules={rule: number for rule in RULES if (number := said_no[rule])},
        considered=len(offers),
        eligible=len(eligible),
        versions=versions(setting.weights),
        balance=balance,
    )


def _rank_at_once(
    setting: Setting, index: OfferIndex, balance: float, limit: int | None, arrangement: Arrangement | None
) -> Ranking:
    sheet, facts = load_sheet().of(setting, index.board), index.board.offers
    eligible, typical = sheet.eligible(), sheet.typical(setting)
    steps = sheet.best(sheet.one_step_away(), ONE_STEP_AWAY)
    explored, chance = None, 0.0
    if arrangement is None:
        best = sheet.best(eligible, limit)
    else:
        best, explored, chance = sheet.arranged(arrangement, limit)
    return Ranking(
        suggestions=tuple(
            tell(setting, typical, judge(setting, facts[row]), number) for number, row in enumerate(best, start=1)
        ),
        one_step_away=tuple(tell(setting, typical, judge(setting, facts[row]), None) for row in steps),
        set_aside=Asides(setting, facts, sheet.set_aside().tolist(), sheet.ids_by_rule),
        set_aside_rules=sheet.said_no(),
        considered=len(facts),
        eligible=len(eligible),
        versions=versions(setting.weights),
        balance=balance,
        explored=None if explored is None else facts[explored].offer.id,
        explored_chance=chance,
    )
