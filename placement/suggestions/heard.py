"""What a young person has told about earlier places, said again beside similar ones.

A reason never lowers another offer and never hides one. It becomes one more thing to check with the young person,
for the reason may have been about that day or that place alone.
"""

from collections.abc import Iterable, Mapping, Sequence

from placement.jobseekers.models import Youth
from placement.offers.models import Offer
from placement.suggestions.adapter import way_to
from placement.suggestions.models import AnswerReason, Suggestion


def heard_before(youth: Youth, made: Iterable[Suggestion], offers: Sequence[Offer]) -> Mapping[int, list[Suggestion]]:
    """Return, by offer, the earlier suggestions whose reason may hold for it too, one of each reason, newest first.

    ``made`` are the suggestions of the young person, newest first, loaded with their offers.
    """
    told = [one for one in made if one.reason_code is not None]
    found: dict[int, list[Suggestion]] = {}
    for offer in offers:
        for one in told:
            if one.offer_id == offer.id or not _may_hold(one, youth, offer):
                continue
            said = found.setdefault(offer.id, [])
            if one.reason_code not in {other.reason_code for other in said}:
                said.append(one)
    return found


def _may_hold(told: Suggestion, youth: Youth, offer: Offer) -> bool:
    earlier = told.offer
    if told.reason_code is AnswerReason.TOO_FAR:
        # Never for protected contact: there is no way to tell of.
        then, now = way_to(youth, earlier), way_to(youth, offer)
        return then is not None and now is not None and now.kilometres >= then.kilometres
    if told.reason_code is AnswerReason.HOURS:
        return bool(earlier.day_parts) and set(earlier.day_parts) == set(offer.day_parts)
    if told.reason_code is AnswerReason.TASKS:
        return earlier.task_family is not None and earlier.task_family == offer.task_family
    if told.reason_code is AnswerReason.PLACE:
        return earlier.employer_id == offer.employer_id
    return False
