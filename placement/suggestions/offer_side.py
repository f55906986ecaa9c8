"""The other way round: which young people suit an offer, and many against many, by the same score."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

import matching
from placement.clock import today_in_helsinki
from placement.jobseekers.models import Youth
from placement.offers.models import Offer
from placement.suggestions.adapter import Fit, fit_from
from placement.suggestions.live_index import live_offers_of
from placement.suggestions.rows import people_of


def people_for_offer(
    session: Session, offer: Offer, young_people: Sequence[Youth], *, balance: float = 0.5, limit: int | None = None
) -> list[tuple[Youth, Fit]]:
    """Rank young people for one open offer, the best first; those whom a rule sets aside are left out.

    The caller gives only young people whom the viewer may see; their profiles need not be loaded. Each is judged
    with the offer alone, so that nobody is compared with anybody: only ``position`` is the place in this list. The
    number of queries is the same for any number of people. An offer that is not open has an empty list.
    """
    live = live_offers_of(session, offer.centre_id)
    if offer.id not in live.offers or not young_people:
        return []
    by_id = {str(youth.id): youth for youth in young_people}
    ranking = matching.rank_people(
        live.offers[offer.id],
        people_of(session, list(by_id.values())),
        today=today_in_helsinki(),
        index=live.index,
        balance=balance,
        limit=limit,
    )
    return [(by_id[one.person_id], fit_from(one.fit, offer, by_id[one.person_id])) for one in ranking.fits]


def pair_scores(
    session: Session, centre_id: int, offers: Sequence[Offer], young_people: Sequence[Youth]
) -> dict[tuple[int, int], float]:
    """Return the score of every pair of young person and open offer that no rule sets aside, by their ids.

    For groups and recruitment days: everything is asked in one call. Scores serve the order and are never shown.
    """
    live = live_offers_of(session, centre_id)
    chosen = [offer.id for offer in offers if offer.id in live.offers]
    if not chosen or not young_people:
        return {}
    scores, eligible = matching.score_matrix(
        people_of(session, young_people),
        [live.offers[one] for one in chosen],
        today=today_in_helsinki(),
        index=live.index,
    )
    return {
        (youth.id, offer_id): float(scores[row, column])
        for row, youth in enumerate(young_people)
        for column, offer_id in enumerate(chosen)
        if eligible[row, column]
    }
