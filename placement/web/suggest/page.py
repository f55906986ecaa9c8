"""What the pages of suggestions show."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request, url_for
from markupsafe import Markup, escape

from placement.i18n import LazyString, gettext
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import Youth
from placement.offers.models import Offer, OfferKind, Visibility
from placement.suggestions.adapter import Aside, Fit, FitList, RuleId, Told
from placement.suggestions.advice import Advice
from placement.suggestions.change_texts import change_sentence, question_sentence
from placement.suggestions.models import Band, Suggestion
from placement.suggestions.presenting import area_of, start_fact, time_facts, way_fact
from placement.suggestions.reason_texts import sentences

FIRST_SHOWN = 7
MORE_SHOWN = 20
MOST_SHOWN = 107
MOST_CHECKS = 2
MOST_IN_A_GROUP = 20

RULE_NAMES: dict[str, LazyString] = {
    RuleId.SERVICE_AGE: _l("Age limit of the service"),
    RuleId.HIRING_AGE: _l("Too young by law to be hired"),
    RuleId.YOUNG_WORKER_HOURS: _l("Time of day not allowed at this age"),
    RuleId.YOUNG_WORKER_HAZARDS: _l("Hazardous work under 18"),
    RuleId.YOUNG_WORKER_WEEK: _l("Too many hours at this age"),
    RuleId.OFFER_AGE: _l("Age asked for by the employer"),
    RuleId.LICENCE: _l("Driving licence needed"),
    RuleId.CARDS_AT_START: _l("Work card needed before the start"),
    RuleId.LANGUAGE_MINIMUM: _l("Language level asked for"),
    RuleId.DATES: _l("Dates do not meet"),
    RuleId.DAY_PARTS: _l("Times of day do not suit"),
    RuleId.TRAVEL_LIMIT: _l("The way is too long"),
    RuleId.CANNOT_MARKS: _l("Marked “cannot”"),
    RuleId.CAPACITY: _l("Enough people in talks"),
    RuleId.DECLINED: _l("Said no to this place"),
    RuleId.VISIBILITY: _l("Not shown to young people"),
    RuleId.PROTECTED_CONTACT: _l("Protected contact"),
    RuleId.TRIAL_TIMES: _l("Times of a work trial"),
    RuleId.TRIAL_LENGTH: _l("Length of a work trial"),
    RuleId.VOUCHER: _l("Youth employment voucher"),
}
OTHER_RULE = _l("Another practical wish")
BAND_STYLES = {Band.STRONG: "strong", Band.GOOD: "good", Band.POSSIBLE: "possible", Band.NEEDS_PREPARATION: "prep"}


@dataclass(frozen=True, slots=True)
class FitCard:
    """One suggested place in the list."""

    offer: Offer
    band: str
    place: str
    is_staff_only: bool
    is_for_finding_out: bool
    facts: list[str]
    reasons: list[Markup]
    checks: list[str]
    suggestion: Suggestion | None


@dataclass(frozen=True, slots=True)
class KindPill:
    """One filter of the list."""

    label: LazyString | str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class SuggestionsPage:
    """The list of one young person."""

    cards: list[FitCard]
    pills: list[KindPill]
    considered: int
    set_aside: int
    shown: int
    balance: int
    kind: OfferKind | None
    more_url: str | None
    most_set_aside: list[str]


@dataclass(frozen=True, slots=True)
class AdviceLines:
    """The change that opens most places, how many it opens, and the question to ask next; empty when there is none."""

    change: str
    opens: int
    question: str


@dataclass(frozen=True, slots=True)
class AsideGroup:
    """The offers that one rule set aside."""

    rule_id: str
    name: LazyString | str
    lines: list[tuple[Offer, str]]
    total: int


def asked_kind() -> OfferKind | None:
    """Return the kind asked for; nonsense means all kinds."""
    try:
        return OfferKind(request.args.get("kind", ""))
    except ValueError:
        return None


def asked_balance() -> int:
    """Return the balance asked for: 0 only wishes, 100 only what is likely to work out."""
    return max(0, min(request.args.get("balance", 50, type=int), 100))


def asked_number() -> int:
    """Return how many places are to be shown."""
    return max(FIRST_SHOWN, min(request.args.get("show", FIRST_SHOWN, type=int), MOST_SHOWN))


def suggestions_page(youth: Youth, found: FitList, made: Sequence[Suggestion], *, limit: int) -> SuggestionsPage:
    """Return what the list shows; ``made`` are the suggestions sent to the young person before."""
    by_offer = {suggestion.offer_id: suggestion for suggestion in made}
    more = min(limit + MORE_SHOWN, MOST_SHOWN)
    has_more = found.eligible > limit and more > limit
    cards = [_card(fit, youth, found.eligible, by_offer.get(fit.offer.id)) for fit in found.fits]
    return SuggestionsPage(
        cards=cards,
        pills=_pills(youth.id, found.kinds),
        considered=found.considered,
        set_aside=found.set_aside,
        shown=sum(fit.position is not None for fit in found.fits),
        balance=asked_balance(),
        kind=asked_kind(),
        more_url=_address(youth.id, show=more) if has_more else None,
        most_set_aside=[str(rule_name(rule)) for rule, _count in found.aside_rules[:3]],
    )


def rule_name(rule_id: str) -> LazyString | str:
    """Return what a rule is about."""
    return RULE_NAMES.get(rule_id, OTHER_RULE)


def aside_groups(asides: Sequence[Aside], youth: Youth) -> list[AsideGroup]:
    """Return the offers set aside, by the rule that did it; the rule with most offers first."""
    groups: dict[str, list[tuple[Offer, str]]] = {}
    for aside in asides:
        for rule_id, told in aside.rules:
            text = " ".join(sentences([told.as_data()], name=youth.first_name))
            groups.setdefault(rule_id, []).append((aside.offer, text))
    found = [AsideGroup(rule, rule_name(rule), lines[:MOST_IN_A_GROUP], len(lines)) for rule, lines in groups.items()]
    return sorted(found, key=lambda group: (-group.total, group.rule_id))


def advice_lines(advice: Advice, youth: Youth) -> AdviceLines:
    """Return what could be done about the list, in words."""
    name = youth.first_name
    return AdviceLines(
        change=change_sentence(advice.change, name=name) if advice.change else "",
        opens=advice.opens,
        question=question_sentence(advice.question, name=name) if advice.question else "",
    )


def told_to_worker(told: Sequence[Told], youth: Youth) -> list[str]:
    """Return reasons or checks about a young person as sentences for their worker."""
    return _told(told, youth)


def _card(fit: Fit, youth: Youth, eligible: int, suggestion: Suggestion | None) -> FitCard:
    place = ""
    if fit.position is not None:
        place = gettext("no. %(place)s of %(all)s", place=fit.position, all=eligible)
    return FitCard(
        offer=fit.offer,
        band=BAND_STYLES[fit.band],
        place=place,
        is_staff_only=fit.offer.visibility is Visibility.INSIDE,
        is_for_finding_out=fit.is_for_finding_out,
        facts=_facts(fit),
        reasons=[quotes_bold(text) for text in _told(fit.reasons, youth)],
        checks=_told(fit.checks, youth)[:MOST_CHECKS],
        suggestion=suggestion,
    )


def _told(told: Sequence[Told], youth: Youth) -> list[str]:
    return sentences([one.as_data() for one in told], name=youth.first_name)


def quotes_bold(text: str) -> Markup:
    """Return a sentence with what the young person said standing out."""
    # Finnish and Swedish use ” on both sides.
    return Markup(re.sub("([“”][^“”]+”)", r"<b>\1</b>", str(escape(text))))  # noqa: S704 - escaped just now


def _facts(fit: Fit) -> list[str]:
    place = ", ".join(part for part in (fit.offer.employer.name, area_of(fit.offer)) if part)
    return [
        fact for fact in (place, ", ".join(time_facts(fit.offer)), way_fact(fit.way), start_fact(fit.offer)) if fact
    ]


def _pills(youth_id: int, kinds: Sequence[OfferKind]) -> list[KindPill]:
    chosen = asked_kind()
    everything = KindPill(gettext("All"), _address(youth_id, kind=None), chosen is None)
    return [everything, *(KindPill(kind.label, _address(youth_id, kind=kind.value), chosen is kind) for kind in kinds)]


def _address(youth_id: int, **changed: object) -> str:
    values: Mapping[str, object] = {
        "kind": kind.value if (kind := asked_kind()) else None,
        "balance": asked_balance() if "balance" in request.args else None,
        **changed,
    }
    query = urlencode({name: value for name, value in values.items() if value is not None})
    return url_for("suggest.show", youth_id=youth_id) + (f"?{query}" if query else "")
