"""What every benchmark tells beside its numbers: date, machine, Python, command; a table and a JSON file."""

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from placement.clock import utcnow

RESULTS = Path(__file__).parent / "results"


def tell(name: str, headings: Sequence[str], rows: Sequence[Sequence[object]], **more: Any) -> None:
    """Print a table and write ``benchmarks/results/<name>.json``."""
    widths = [max(len(str(row[place])) for row in [headings, *rows]) + 2 for place in range(len(headings))]
    for row in [headings, *rows]:
        print("".join(str(value).ljust(width) for value, width in zip(row, widths, strict=True)))
    for key, value in more.items():
        print(f"{key.replace('_', ' ')}: {value}")
    RESULTS.mkdir(parents=True, exist_ok=True)
    report = {**machine(), "rows": [dict(zip(headings, row, strict=True)) for row in rows], **more}
    (RESULTS / f"{name}.json").write_text(json.dumps(report, indent=2, default=str) + "\n", encoding="utf-8")


def machine() -> Mapping[str, object]:
    """Return when, on what and how the numbers were taken."""
    return {
        "date": utcnow().date().isoformat(),
        "cores": len(os.sched_getaffinity(0)),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "command": " ".join(["python", *sys.argv]),
    }
