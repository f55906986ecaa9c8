"""The plain data that comes out of matching: checks, reasons, contributions, suggestions.

Everything is a code, an id or a number; the caller turns codes into sentences of its three languages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

SlotValue = str | int | float | bool | tuple[str, ...] | None
Slots = Mapping[str, SlotValue]
"""What the translated sentence of a code needs to fill its gaps: codes, ids, numbers and the person's own words."""


class Verdict(StrEnum):
    """Answer of a hard rule. `unknown` never hides an offer, it becomes something to ask."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Band(StrEnum):
    """The words shown instead of a number."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"
    NEEDS_PREPARATION = "needs_preparation"


BANDS = tuple(Band)
"""The bands in their order, the best first; arrays hold their places here."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one hard rule says about one person and one offer.

    Parameters
    ----------
    rule_id
        Id of the rule, see `matching.RuleId`.
    verdict
        yes, no or unknown.
    code
        `matching.CheckCode` of the sentence to show; empty for an unremarkable yes.
    slots
        Values for that sentence.
    actionable
        A `no` that somebody could change (get a card, ask for other hours), as opposed to age or a filled place.
    """

    rule_id: str
    verdict: Verdict
    code: str = ""
    slots: Slots = field(default_factory=dict)
    actionable: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of an explanation, as a code.

    Parameters
    ----------
    code
        `matching.ReasonCode` for a reason, `matching.CheckCode` for an honest check.
    sign
        +1 speaks for, -1 speaks against, 0 is simply not known or worth knowing.
    weight
        Size of the log points behind it, never below zero; 0 when it comes from a hard rule.
    slots
        Values for the sentence.
    source
        Name of the feature or id of the rule it comes from.
    """

    code: str
    sign: int
    weight: float
    slots: Slots = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to the score of one offer.

    The log points of all features sum to log(score / score of the typical offer of the list, were it of the same kind).

    Parameters
    ----------
    feature
        Name, see `matching.features`.
    value
        0–1.
    reference
        The typical offer: median of the feature among the offers ranked, drawn towards its neutral value, 0–1.
    log_points
        exponent · log(value / reference); above zero helps, below zero hinders.
    missing
        The value is the neutral one because something is not known.
    """

    feature: str
    value: float
    reference: float
    log_points: float
    missing: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One ranked offer with its explanation.

    Parameters
    ----------
    offer_id
        Offer.
    score
        0–1; for the counsellor's detail view and the order only.
    band
        What is shown.
    position
        Place in the list, 1 being the first; None for an offer that needs a step first.
    reasons_for
        Up to three reasons, strongest first.
    checks
        Honest checks, most important first; never empty while anything is unknown.
    contributions
        Every feature in a fixed order.
    """

    offer_id: str
    score: float
    band: Band
    position: int | None
    reasons_for: tuple[Reason, ...]
    checks: tuple[Reason, ...]
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """An offer left out of the list, with every rule that said no."""

    offer_id: str
    checks: tuple[CheckResult, ...]

    @property
    def actionable(self) -> bool:
        """Whether every no could be changed by somebody."""
        return all(check.actionable for check in self.checks)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The answer of `matching.rank`.

    Parameters
    ----------
    suggestions
        Eligible offers, best first, at most `limit`.
    one_step_away
        The best offers which only actionable rules set aside, band `needs_preparation`; also in `set_aside`.
    set_aside
        Every offer with a `no`, in order of offer id; the reasons of a long list are worked out when looked at.
    set_aside_rules
        Rule id to how many offers it says no to, in the order of the rules.
    considered
        Number of offers looked at.
    eligible
        Number of offers without a `no`; the "196" of "1st of 196".
    versions
        Versions of weights, vocabulary and rules, for the decision record.
    balance
        0 only "likely to work out", 1 only "what the young person wants".
    explored
        Offer id of the place for finding out, when the list was arranged and has one; a caller marks it.
    explored_chance
        How likely it was that this offer was drawn.
    """

    suggestions: tuple[Suggestion, ...]
    one_step_away: tuple[Suggestion, ...]
    set_aside: Sequence[SetAside]
    set_aside_rules: Mapping[str, int]
    considered: int
    eligible: int
    versions: Mapping[str, str]
    balance: float
    explored: str | None = None
    explored_chance: float = 0.0

    def set_aside_by_rule(self) -> Mapping[str, Sequence[str]]:
        """Return rule id to the ids of the offers it says no to, without working out why."""
        by_rule = getattr(self.set_aside, "by_rule", None)
        if by_rule is not None:
            return dict(by_rule())
        found: dict[str, list[str]] = {rule: [] for rule in self.set_aside_rules}
        for one in self.set_aside:
            for check in one.checks:
                found[check.rule_id].append(one.offer_id)
        return found


@dataclass(frozen=True, slots=True)
class Placed:
    """The answer of `matching.place`: one offer within the list it stands in or is set aside from.

    Parameters
    ----------
    suggestion
        How it fits, with its place; None when a rule says no for good.
    set_aside
        The rules that say no; None for an eligible offer.
    considered, eligible, versions, balance
        Of the whole list, as in `Ranking`.
    """

    suggestion: Suggestion | None
    set_aside: SetAside | None
    considered: int
    eligible: int
    versions: Mapping[str, str]
    balance: float


@dataclass(frozen=True, slots=True)
class PersonFit:
    """How one young person fits an offer.

    Parameters
    ----------
    person_id
        Young person.
    fit
        What `matching.rank` says about them and this offer alone, so that nobody is compared with anybody; only
        `position` is the place in this list, None for somebody who needs a step first.
    """

    person_id: str
    fit: Suggestion


@dataclass(frozen=True, slots=True)
class PeopleRanking:
    """The answer of `matching.rank_people`.

    Parameters
    ----------
    fits
        People without a `no`, best first, at most `limit`.
    one_step_away
        People whom only actionable rules set aside, best first, at most `limit`.
    set_aside
        Person id to the rules that say no, for everybody with a `no`.
    considered, eligible
        Number of people looked at, and without a `no`.
    versions, balance
        As in `Ranking`.
    """

    fits: tuple[PersonFit, ...]
    one_step_away: tuple[PersonFit, ...]
    set_aside: Mapping[str, tuple[CheckResult, ...]]
    considered: int
    eligible: int
    versions: Mapping[str, str]
    balance: float
