"""The hard rules say the same as when they are written a second time, at every boundary."""

from matching import Verdict
from matching.eligibility import RULES
from matching.facts import read_offer, read_person
from tests.matching.oracle_cases import TODAY, all_cases, offer_of, person_of

EVERY = 7
"""The tests ask about every seventh case, the benchmark about all."""


def test_rules_written_twice_say_the_same() -> None:
    differences, asked = [], set()
    for number, (of_person, of_offer, rule, wanted) in enumerate(all_cases()):
        if number % EVERY and rule in asked:
            continue
        asked.add(rule)
        found = RULES[rule](read_person(person_of(of_person), {}), read_offer(offer_of(of_offer), ()), TODAY)
        verdict = Verdict.YES if found is None else found.verdict
        if verdict != wanted:
            differences.append((rule, of_person, of_offer, wanted, verdict))
    assert differences == []
    assert {rule.value for rule in RULES} - {rule.value for rule in asked} == {"licence", "travel-limit"}
