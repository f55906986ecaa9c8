"""What one cell says: dates, numbers, kinds, places and people as they are written in Finland."""

import contextlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.offers.importing import values
from placement.offers.importing.kinds import find_kind, kind_in_title
from placement.offers.importing.rows import guess_language
from placement.offers.models import OfferKind

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "first", "last", "year"),
    [
        ("1.12.2026", date(2026, 12, 1), None, 2026),
        ("01.12.26", date(2026, 12, 1), None, 2026),
        ("2026-12-01", date(2026, 12, 1), None, 2026),
        ("2026-12-01 08:30", date(2026, 12, 1), None, 2026),
        ("2026-12-01T08:30:00+02:00", date(2026, 12, 1), None, 2026),
        ("1/12/2026", date(2026, 12, 1), None, 2026),
        ("1.12.", date(2026, 12, 1), None, None),
        ("1.6.", date(2027, 6, 1), None, None),
        ("1.11.", date(2026, 11, 1), None, None),
        ("29.2.", date(2028, 2, 29), None, None),
        ("ma 7.12.2026 alkaen", date(2026, 12, 7), None, 2026),
        ("heti", TODAY, None, None),
        ("Genast", TODAY, None, None),
        ("ASAP", TODAY, None, None),
        ("sopimuksen mukaan", None, None, None),
        ("46357", date(2026, 12, 1), None, 2026),
        ("kesäkuu 2027", date(2027, 6, 1), None, 2027),
        ("juni", date(2027, 6, 1), None, None),
        ("6/2027", date(2027, 6, 1), None, 2027),
        ("1.6.–31.7.2027", date(2027, 6, 1), date(2027, 7, 31), 2027),
        ("1.-15.6.2027", date(2027, 6, 1), date(2027, 6, 15), 2027),
        ("15.12.–15.4.2027", date(2026, 12, 15), date(2027, 4, 15), 2027),
    ],
)
def test_starts_are_read_as_they_are_written(
    text: str, first: date | None, last: date | None, year: int | None
) -> None:
    assert values.read_start(text, TODAY) == (first, last, year)


@pytest.mark.parametrize("text", ["31.6.2027", "eilen", "32", "1.13.", "0.0.2027", "1.1.1200", "99999", "2027"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(values.Unreadable):
        values.read_start(text, TODAY)


def test_a_month_as_an_end_means_its_last_day() -> None:
    assert values.read_day("helmikuu 2028", TODAY) == date(2028, 2, 29)
    assert values.read_day("toistaiseksi", TODAY) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("37,5", "37.5"),
        ("5 h", "5"),
        ("5–6", "6"),
        ("n. 5 h/pv", "5"),
        ("20-25 h", "25"),
        ("7.25", "7.25"),
        ("02", "2"),
    ],
)
def test_numbers_have_decimal_commas_units_and_spans(text: str, number: str) -> None:
    assert values.read_number(text, least=0, most=100) == Decimal(number)


@pytest.mark.parametrize("text", ["viisi", "5 h/pv, 3 pv/vko", "-5", "1e9", "999", "½"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(values.Unreadable):
        values.read_number(text, least=0, most=100)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Työkokeilu", OfferKind.WORK_TRIAL),
        ("arbetsprövning", OfferKind.WORK_TRIAL),
        ("PALKKATUKI", OfferKind.WAGE_SUBSIDY_JOB),
        ("lönesubvention", OfferKind.WAGE_SUBSIDY_JOB),
        ("piilotyö", OfferKind.HIDDEN_JOB),
        ("avoin", OfferKind.OPEN_JOB),
        ("kesätyö (16–17 v.)", OfferKind.SUMMER_JOB),
        ("talviduuni", OfferKind.WINTER_JOB),
        ("oppisopimus", OfferKind.APPRENTICESHIP),
        ("ryhmäkokeilu", OfferKind.GROUP_TRIAL),
        ("pajapaikka", OfferKind.WORKSHOP_PLACE),
        ("tutustuminen", OfferKind.VISIT),
        ("half-day visit", OfferKind.VISIT),
        ("work_trial", OfferKind.WORK_TRIAL),
        ("seikkailu", None),
    ],
)
def test_kinds_are_known_by_the_words_centres_use(text: str, kind: OfferKind | None) -> None:
    assert find_kind(text) is kind


def test_a_title_may_name_the_kind_but_never_a_plain_job() -> None:
    assert kind_in_title("Kesätyö: jäätelökioski") is OfferKind.SUMMER_JOB
    assert kind_in_title("Summer job at the harbour") is OfferKind.SUMMER_JOB
    assert kind_in_title("Avoin paikka pajalla") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("Salo", "734"), ("Pargas", "445"), ("96200 Rovaniemi", "698"), ("FI-00100 HELSINKI", "091"), ("91", "091")],
)
def test_municipalities_are_read_by_their_exact_name_or_code(text: str, code: str) -> None:
    assert values.read_municipality(text) == code


@pytest.mark.parametrize("text", ["Salonki", "Iisalmi/Ii", "Turkku", "999", "²"])
def test_a_part_of_a_name_is_no_municipality(text: str) -> None:
    with pytest.raises(values.Unreadable):
        values.read_municipality(text)


def test_the_end_of_an_address_may_tell_the_municipality() -> None:
    assert values.municipality_in_address("Torikatu 1, 96200 Rovaniemi") == "698"
    assert values.municipality_in_address("Salontie 1") is None


@pytest.mark.parametrize("text", ["9999700-6", "99997006", "FI99997006", "9999700–6"])
def test_business_ids_are_read_in_every_form(text: str) -> None:
    assert values.read_business_id(text) == "9999700-6"


@pytest.mark.parametrize("text", ["9999700-5", "123", "131052-308T", "Oy"])
def test_a_wrong_business_id_is_refused(text: str) -> None:
    with pytest.raises(values.Unreadable):
        values.read_business_id(text)


def test_people_are_read_as_they_are_reached() -> None:
    assert values.read_phone("040 555 0101 / 0500 1234") == "+358405550101"
    assert values.is_mobile("+358405550101")
    assert not values.is_mobile("+358161234567")
    assert values.read_email("Henna@Aamu.fi") == "Henna@aamu.fi"
    for wrong in ("mappi(at)example", "henna@", "@aamu.fi"):
        with pytest.raises(values.Unreadable):
            values.read_email(wrong)
    with pytest.raises(values.Unreadable):
        values.read_phone("soita")


def test_languages_may_have_levels() -> None:
    assert values.read_languages("suomi B1, englanti / svenska") == {"fi": "B1", "en": None, "sv": None}
    with pytest.raises(values.Unreadable):
        values.read_languages("klingon")


def test_the_language_of_a_text_is_guessed_from_its_small_words() -> None:
    assert guess_language("Du planterar och vattnar för oss") == "sv"
    assert guess_language("You help the cook and wash up") == "en"
    assert guess_language("Tiskaaja") == "fi"


@given(text=st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_a_reader(text: str) -> None:
    def _number(cell: str) -> Decimal:
        return values.read_number(cell, least=0, most=100)

    for reader in (
        _number,
        values.read_flag,
        values.read_kind,
        values.read_business_id,
        values.read_municipality,
        values.municipality_in_address,
        values.read_phone,
        values.read_email,
        values.read_languages,
        lambda cell: values.read_start(cell, TODAY),
        lambda cell: values.read_day(cell, TODAY),
        kind_in_title,
    ):
        with contextlib.suppress(values.Unreadable):
            reader(text)
