"""Reading a company as the open data describes it (version 3) into the details of an employer.

Names, forms and addresses come as lists with history: the one in force has no end date. Texts come in Finnish (1),
Swedish (2) and English (3). The code set of the line of business tells its version: TOIMI3 is TOL 2008.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from placement.employers.models import EmployerForm, RegisterStatus
from placement.vocabulary import municipalities_by_code

FINNISH = "1"
MAIN_NAME = "1"
VISITING_ADDRESS = "1"
TOL_VERSIONS = {"TOIMI": "TOL 1995", "TOIMI2": "TOL 2002", "TOIMI3": "TOL 2008", "TOIMI4": "TOL 2025"}
# Words in the Finnish text of a company form, in the order in which they are looked for.
_FORMS = (
    ("hyvinvointialue", EmployerForm.WELLBEING_COUNTY),
    ("seurakun", EmployerForm.PARISH),
    ("kunta", EmployerForm.MUNICIPALITY),
    ("kunnal", EmployerForm.MUNICIPALITY),
    ("kaupun", EmployerForm.MUNICIPALITY),
    ("valtion", EmployerForm.STATE),
    ("yhdisty", EmployerForm.ASSOCIATION),
    ("säätiö", EmployerForm.ASSOCIATION),
    ("elinkeinonharjoittaja", EmployerForm.SOLE_TRADER),
    ("toiminimi", EmployerForm.SOLE_TRADER),
)


class NotAsDocumented(ValueError):
    """The answer is not of the documented form."""


def read_answer(answer: Any, business_id: str) -> dict[str, Any]:
    """Return the details of the company in an answer as plain JSON values, empty when the register has none.

    Raises NotAsDocumented for an answer of another form.
    """
    if not isinstance(answer, dict) or not isinstance(answer.get("companies"), list):
        message = "no list of companies"
        raise NotAsDocumented(message)
    for company in answer["companies"]:
        if isinstance(company, dict) and _text(_map(company.get("businessId")).get("value")) == business_id:
            return _details(company)
    return {}


def _details(company: Mapping[str, Any]) -> dict[str, Any]:
    names = [name for name in _in_force(company.get("names")) if _text(name.get("name"))]
    main = [name for name in names if _text(name.get("type")) == MAIN_NAME] or names
    line = _map(company.get("mainBusinessLine"))
    street, municipality = _address(_in_force(company.get("addresses")))
    details = {
        "name": _text(main[0].get("name")) if main else "",
        "form": _form(_in_force(company.get("companyForms"))),
        "industry": _finnish(line.get("descriptions")),
        "industry_code": _text(line.get("type")),
        "industry_version": TOL_VERSIONS.get(_text(line.get("typeCodeSet")), ""),
        "street_address": street,
        "municipality_code": municipality,
        "website": _website(_text(_map(company.get("website")).get("url"))),
        "register_status": _status(company).value,
    }
    return {name: value for name, value in details.items() if value}


def _form(forms: Sequence[Mapping[str, Any]]) -> str:
    text = _finnish(forms[0].get("descriptions")).casefold() if forms else ""
    if not text:
        return ""
    return next((form for word, form in _FORMS if word in text), EmployerForm.COMPANY).value


def _status(company: Mapping[str, Any]) -> RegisterStatus:
    if _text(company.get("endDate")):
        return RegisterStatus.CEASED
    return RegisterStatus.IN_TROUBLE if _in_force(company.get("companySituations")) else RegisterStatus.ACTIVE


def _address(addresses: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    visiting = [one for one in addresses if _text(one.get("type")) == VISITING_ADDRESS] or list(addresses)
    if not visiting:
        return "", ""
    found = visiting[0]
    number = " ".join(
        part for part in (_text(found.get(name)) for name in ("buildingNumber", "entrance", "apartmentNumber")) if part
    )
    street = f"{_text(found.get('street'))} {number}".strip() or _text(found.get("freeAddressLine"))
    offices = [one for one in found.get("postOffices") or [] if isinstance(one, dict)]
    finnish = [one for one in offices if _text(one.get("languageCode")) == FINNISH] or offices
    code = _text(finnish[0].get("municipalityCode")) if finnish else ""
    city = _text(finnish[0].get("city")).capitalize() if finnish else ""
    post = f"{_text(found.get('postCode'))} {city}".strip()
    return ", ".join(part for part in (street, post) if part), code if code in municipalities_by_code() else ""


def _website(address: str) -> str:
    return f"https://{address}" if address and "://" not in address else address


def _in_force(rows: Any) -> list[Mapping[str, Any]]:
    """Return the rows without an end date, the newest first."""
    present = [row for row in rows or [] if isinstance(row, dict) and not _text(row.get("endDate"))]
    return sorted(present, key=lambda row: _text(row.get("registrationDate")), reverse=True)


def _finnish(descriptions: Any) -> str:
    texts = {
        _text(one.get("languageCode")): _text(one.get("description"))
        for one in descriptions or []
        if isinstance(one, dict)
    }
    return texts.get(FINNISH) or next(iter(texts.values()), "")


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
