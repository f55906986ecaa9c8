"""A few open offers beside each other for one young person: what every rule says, in codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

import matching
from placement.clock import today_in_helsinki
from placement.jobseekers.models import Youth
from placement.offers.models import Offer
from placement.suggestions.adapter import Fit, RuleId, fit_from, person_of
from placement.suggestions.live_index import live_offers_of


class Meets(StrEnum):
    """Whether what an offer asks for meets what is known of a young person."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Compared:
    """One offer of the comparison; without a fit it was set aside for good, and the answers tell by what."""

    offer: Offer
    fit: Fit | None
    is_set_aside: bool
    answers: Mapping[str, Meets]

    def meets(self, *rules: RuleId) -> Meets:
        """Return the answer of some rules together: one no is a no, one unknown is unknown."""
        found = {self.answers.get(rule.value, Meets.YES) for rule in rules}
        return next((one for one in (Meets.NO, Meets.UNKNOWN) if one in found), Meets.YES)


def compare_offers(session: Session, youth: Youth, offers: Sequence[Offer]) -> list[Compared]:
    """Return how some open offers meet a young person loaded with their profile, in the order given.

    Each is judged alone, by the same rules and the same score as in the list. Offers that are not open are left
    out. How far somebody with protected contact is ready to travel would tell where they move about: that rule is
    answered with unknown.
    """
    live, today = live_offers_of(session, youth.centre_id), today_in_helsinki()
    person = person_of(session, youth)
    compared = []
    for offer in (one for one in offers if one.id in live.offers):
        plain = live.offers[offer.id]
        ranking = matching.rank_people(plain, [person], today=today, index=live.index)
        told = next(iter((*ranking.fits, *ranking.one_step_away)), None)
        results = matching.check_eligibility(person, plain, today=today, index=live.index)
        answers = {str(result.rule_id): Meets(result.verdict.value) for result in results}
        if youth.protected_contact:
            answers[RuleId.TRAVEL_LIMIT.value] = Meets.UNKNOWN
        fit = fit_from(told.fit, offer, youth) if told is not None else None
        compared.append(Compared(offer, fit, not ranking.fits, answers))
    return compared
