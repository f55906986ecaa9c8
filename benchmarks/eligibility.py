"""Every hard rule at every boundary of day, age, hour and level, beside the same rules written a second time.

The second writing stands in `tests/matching/rule_oracle.py`. Each case is asked one by one and as columns. Run
`python benchmarks/eligibility.py`; one difference is an error.
"""

from collections import Counter

from benchmarks.report import tell
from matching import Verdict
from matching.board import Board
from matching.eligibility import RULES
from matching.facts import read_offer, read_person
from matching.shared import Shared
from matching.verdicts import NO, NO_WITH_A_STEP, UNKNOWN, YES, verdicts
from tests.matching.oracle_cases import TODAY, all_cases, offer_of, person_of

IN_WORDS = {YES: Verdict.YES, UNKNOWN: Verdict.UNKNOWN, NO_WITH_A_STEP: Verdict.NO, NO: Verdict.NO}


def main() -> None:
    """Compare, print and write."""
    asked: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for of_person, of_offer, rule, wanted in all_cases():
        person, offer = read_person(person_of(of_person), {}), read_offer(offer_of(of_offer), ())
        alone = RULES[rule](person, offer, TODAY)
        column = verdicts(person, Board.of([offer]), TODAY, Shared())[rule]
        answers = {Verdict.YES if alone is None else alone.verdict, IN_WORDS[int(column[0])]}
        asked[rule] += 1
        wrong[rule] += answers != {wanted}
    rows = [[rule, count, wrong[rule]] for rule, count in asked.items()]
    tell("eligibility", ["rule", "cases", "differences"], [*rows, ["all", asked.total(), wrong.total()]])
    if wrong.total():
        raise SystemExit("a rule does not say what it should")


if __name__ == "__main__":
    main()
