"""The relevance suite as a table: how many texts of each kind are linked to what a counsellor would say.

Run `PYTHONPATH=. python benchmarks/relevance.py`; it prints a table and writes JSON to benchmarks/results/.
"""

from collections import defaultdict

from benchmarks.report import tell
from matching import default_linker
from tests.matching.relevance import cases


def main() -> None:
    """Link every text of the suite and count."""
    linker = default_linker()
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for case in cases():
        for key in ((case.kind, case.language), ("all", "all")):
            count = counts[key]
            count[0] += bool(case.must)
            count[1] += bool(case.must) and case.is_met(linker)
            count[2] += bool(case.never)
            count[3] += bool(case.never) and not case.is_crossed(linker)
    rows = [
        [kind, language, f"{met}/{must}", f"{kept}/{never}"]
        for (kind, language), (must, met, never, kept) in sorted(counts.items())
    ]
    tell("relevance", ["kind", "language", "must match", "must not match"], rows)


if __name__ == "__main__":
    main()
