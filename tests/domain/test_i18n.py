"""Dates, times, numbers and names as people in Finland write them, in three languages."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from placement.i18n import (
    current_language,
    format_day,
    format_instant,
    format_long_day,
    format_number,
    format_time,
    in_language,
    quoted,
    sort_key,
)

DAY = date(2026, 11, 26)
INSTANT = datetime(2026, 11, 26, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fi", ["to 26.11.", "torstai 26.11.2026", "to 26.11. 9.05", "9.05", "1 234,5"]),
        ("sv", ["tors 26.11.", "torsdag 26.11.2026", "tors 26.11. 9.05", "9.05", "1 234,5"]),
        ("en", ["Thu 26.11.", "Thursday 26.11.2026", "Thu 26.11. 9:05", "9:05", "1,234.5"]),
    ],
)
def test_each_language_writes_its_own_way(app: Flask, language: str, written: list[str]) -> None:
    with app.app_context(), in_language(language):
        assert current_language() == language
        number = format_number(1234.5).replace("\u00a0", " ").replace("\u202f", " ")
        days = [format_day(DAY, weekday=True, year=False), format_long_day(DAY), format_instant(INSTANT)]
        assert [*days, format_time(INSTANT), number] == written


def test_an_unknown_language_falls_back_to_finnish(app: Flask) -> None:
    with app.app_context(), in_language("xx"):
        assert current_language() == "fi"


def test_letters_of_finnish_and_swedish_stand_last_in_lists() -> None:
    names = ["Öberg", "Zander", "Äijälä", "aalto", "Åström"]
    assert sorted(names, key=sort_key) == ["aalto", "Zander", "Åström", "Äijälä", "Öberg"]


@pytest.mark.parametrize(("language", "written"), [("fi", "”hei”"), ("sv", "”hei”"), ("en", "“hei”")])
def test_quotation_marks_follow_the_language(app: Flask, language: str, written: str):
    with app.app_context(), in_language(language):
        assert quoted("hei") == written
