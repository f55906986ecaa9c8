"""Whether what is said is true: 2,000 pairs of invented people and offers.

Every reason must come from a feature that really moved the score in its direction, every check that speaks against
from one that lowers it or from a rule, and every advice must do what it says when it is made. Run
`python benchmarks/truth.py`.
"""

import random
from dataclasses import replace

from benchmarks.matching_speed import TODAY, invent_offers, invent_person
from benchmarks.report import tell
from matching import BANDS, OfferIndex, Person, Verdict, ask_next, band_matrix, check_eligibility, opens_most, rank
from matching.changes import what_would_help
from matching.features import FEATURES

PAIRS = 2_000
LISTS = 60


def invent_people(count: int) -> list[Person]:
    """People who differ in what they can and may: some young, some with cards, some far away, some silent."""
    draw = random.Random(7)
    people = []
    for seed in range(count):
        one = invent_person(seed)
        people.append(
            replace(
                one,
                birth_date=draw.choice([None, one.birth_date, TODAY.replace(year=2010), TODAY.replace(year=2012)]),
                cards_held=draw.choice([None, frozenset(), frozenset({"hygiene"})]),
                licence_classes=draw.choice([None, frozenset(), frozenset({"B"})]),
                languages=draw.choice([{}, one.languages, {"fi": list(one.languages.values())[1]}]),
                travel_minutes_max=draw.choice([None, 20, 45, 60]),
                protected_contact=draw.random() < 0.1,
            )
        )
    return people


def main() -> None:
    """Measure, print and write; a false statement is an error."""
    offers = invent_offers(400, seed=1)
    index = OfferIndex.build(offers)
    people = invent_people(PAIRS)
    draw = random.Random(3)
    counts = dict.fromkeys(("reasons", "checks against", "advice", "one change", "question"), 0)
    wrong = dict.fromkeys(counts, 0)
    for person in people:
        offer = draw.choice(offers)
        some = {one.id: one for one in draw.sample(offers, 20)} if draw.random() < 0.1 else {}
        ranking = rank(person, {**some, offer.id: offer}.values(), today=TODAY, index=index)
        for one in (*ranking.suggestions, *ranking.one_step_away):
            moved = {part.feature: part.log_points for part in one.contributions}
            for reason in one.reasons_for:
                counts["reasons"] += 1
                wrong["reasons"] += not (moved[reason.source] > 0 and abs(moved[reason.source] - reason.weight) < 1e-12)
            for check in one.checks:
                if check.sign < 0 and check.source in FEATURES:
                    counts["checks against"] += 1
                    wrong["checks against"] += not moved[check.source] < 0
        plan = what_would_help(person, offer, today=TODAY, index=index)
        if plan is not None:
            counts["advice"] += 1
            changed = (person, offer)
            for change in plan.changes:
                changed = change.applied(*changed)
            results = check_eligibility(*changed, today=TODAY, index=OfferIndex.build([changed[1]]))
            fits = all(result.verdict != Verdict.NO for result in results)
            band = BANDS[band_matrix([changed[0]], [changed[1]], today=TODAY)[0, 0]]
            wrong["advice"] += not (fits and band == plan.band)
    for person in people[:LISTS]:
        before = {one.offer_id for one in rank(person, offers, today=TODAY, index=index).suggestions}
        opening = opens_most(person, offers, today=TODAY, index=index)
        if opening is not None:
            counts["one change"] += 1
            after = rank(replace(person, **opening.change.sets), offers, today=TODAY, index=index).suggestions
            wrong["one change"] += {one.offer_id for one in after} - before != set(opening.offer_ids)
        for question in ask_next(person, offers, today=TODAY, index=index):
            counts["question"] += 1
            firsts = {
                tuple(
                    one.offer_id
                    for one in rank(replace(person, **answer), offers, today=TODAY, index=index, limit=5).suggestions
                )
                for answer in question.answers
            }
            wrong["question"] += len(firsts) < 2
    rows = [[name, counts[name], wrong[name], f"{1 - wrong[name] / max(counts[name], 1):.1%}"] for name in counts]
    tell("truth", ["what is said", "times", "false", "true"], rows, pairs=PAIRS)
    if any(wrong.values()):
        raise SystemExit("something that is said is not true")


if __name__ == "__main__":
    main()
