"""The company register, spoken to over HTTP: its documented form, and every way in which it can fail."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from placement.employers.models import EmployerForm
from placement.employers.register.client import RegisterSilent, ask_register
from placement.employers.register.reading import NotAsDocumented, read_answer
from tests.support.company_register import COMPANY, NUMBER, Register, running_register, texts


@pytest.fixture
def register() -> Iterator[Register]:
    """The register of a test."""
    with running_register() as made:
        yield made


def test_an_answer_of_the_documented_form_fills_an_employer(register: Register) -> None:
    told = ask_register(register.address, NUMBER)
    assert told == {
        "name": "Leipomo Koe Oy",
        "form": "company",
        "industry": "Leivän valmistus",
        "industry_code": "10710",
        "industry_version": "TOL 2008",
        "street_address": "Rantakatu 4 B, 33100 Tampere",
        "municipality_code": "837",
        "website": "https://www.leipomokoe.example",
        "register_status": "active",
    }
    [path] = register.asked
    assert urlsplit(path).path.endswith("/v3/companies")
    assert parse_qs(urlsplit(path).query) == {"businessId": [NUMBER]}


@pytest.mark.parametrize("body", [b'{"totalResults": 0, "companies": []}', json.dumps({"companies": [{}]}).encode()])
def test_a_business_id_that_the_register_does_not_know_has_no_details(register: Register, body: bytes) -> None:
    register.body = body
    assert ask_register(register.address, NUMBER) == {}
    register.status = 404
    assert ask_register(register.address, NUMBER) == {}


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (429, b"", "register_busy"),
        (500, b"", "register_silent"),
        (302, b"", "register_silent"),
        (200, b"<html>", "register_broken"),
        (200, b"[]", "register_broken"),
        (200, b'{"companies": "many"}', "register_broken"),
        (200, b"\xff\xfe", "register_broken"),
        (200, b"[" * 100_000, "register_broken"),
        (200, b" " * (2 * 1024 * 1024 + 1), "register_broken"),
    ],
)
def test_each_fault_of_the_register_is_told_and_never_breaks(
    register: Register, status: int, body: bytes, code: str
) -> None:
    register.status, register.body = status, body
    with pytest.raises(RegisterSilent) as told:
        ask_register(register.address, NUMBER)
    assert told.value.code == code


def test_a_slow_or_absent_register_is_not_waited_for(register: Register) -> None:
    register.delay = 0.6
    with pytest.raises(RegisterSilent):
        ask_register(register.address, NUMBER, timeout=(1, 0.1))
    with pytest.raises(RegisterSilent):
        ask_register("http://127.0.0.1:1", NUMBER)


@pytest.mark.parametrize(
    ("finnish", "form"),
    [
        ("Osakeyhtiö", EmployerForm.COMPANY),
        ("Yksityinen elinkeinonharjoittaja", EmployerForm.SOLE_TRADER),
        ("Aatteellinen yhdistys", EmployerForm.ASSOCIATION),
        ("Säätiö", EmployerForm.ASSOCIATION),
        ("Kunta", EmployerForm.MUNICIPALITY),
        ("Evankelis-luterilainen seurakunta", EmployerForm.PARISH),
        ("Hyvinvointialue", EmployerForm.WELLBEING_COUNTY),
        ("Valtion laitos", EmployerForm.STATE),
    ],
)
def test_the_form_of_an_employer_is_read_from_its_finnish_text(finnish: str, form: EmployerForm) -> None:
    company = COMPANY | {"companyForms": [{"type": "1", "descriptions": texts(finnish, "", "")}]}
    assert read_answer({"companies": [company]}, NUMBER)["form"] == form.value


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"endDate": "2024-01-01"}, "ceased"),
        ({"companySituations": [{"type": "SELTILA", "registrationDate": "2026-01-01"}]}, "in_trouble"),
        ({"companySituations": [{"type": "KONK", "endDate": "2020-01-01"}]}, "active"),
    ],
)
def test_a_company_that_ended_or_is_in_trouble_is_told(changes: dict[str, Any], status: str) -> None:
    assert read_answer({"companies": [COMPANY | changes]}, NUMBER)["register_status"] == status


def test_the_version_of_the_line_of_business_is_kept_and_holes_are_forgiven() -> None:
    newer = COMPANY | {"mainBusinessLine": {"type": 10710, "typeCodeSet": "TOIMI4"}, "addresses": None, "names": None}
    told = read_answer({"companies": [None, newer]}, NUMBER)
    assert (told["industry_code"], told["industry_version"]) == ("10710", "TOL 2025")
    assert "name" not in told
    with pytest.raises(NotAsDocumented):
        read_answer({}, NUMBER)
