"""Job postings as web pages tell them to search engines: schema.org ``JobPosting`` in JSON-LD."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from placement.errors import ImportRefused
from placement.i18n import lazy_gettext as _l
from placement.offers.importing.columns import Column
from placement.offers.importing.kinds import kind_in_title
from placement.offers.importing.tables import MOST_ROWS, Row, Table, clean
from placement.offers.models import OfferKind

_COLUMNS = (
    Column.EMPLOYER,
    Column.BUSINESS_ID,
    Column.TITLE,
    Column.KIND,
    Column.TASKS,
    Column.SKILLS,
    Column.MUNICIPALITY,
    Column.ADDRESS,
    Column.REMOTE,
    Column.SCHEDULE,
    Column.STARTS,
    Column.PLACES,
    Column.PAY,
    Column.CLOSES,
    Column.CONTACT,
    Column.PHONE,
    Column.EMAIL,
    Column.CONTACT_WAY,
)
_BLOCKS = frozenset({"p", "div", "li", "br", "ul", "ol", "h1", "h2", "h3", "h4", "tr"})
_SCRIPT = re.compile(r"<script(?=[\s>])", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_LINKED_DATA = re.compile(r"""\btype\s*=\s*["']?\s*application/ld\+json""", re.IGNORECASE)
_TAG = re.compile(r"<(/?[a-z!?][a-z0-9]*)[^<>]*>", re.IGNORECASE)
_PER = {"HOUR": "h", "DAY": "pv", "WEEK": "vko", "MONTH": "kk", "YEAR": "v"}


def read_json(text: str) -> Table:
    """Read the postings of a JSON-LD file."""
    document = _parsed(text)
    if document is None:
        message = _l("The file looks like JSON but cannot be read. Save it again.")
        raise ImportRefused(message, code="import_broken")
    return _table([document])


def read_page(text: str) -> Table:
    """Read the postings of a saved web page; blocks that are broken or speak of other things are passed over."""
    documents = (_parsed(block) for block in _blocks(text))
    return _table([document for document in documents if document is not None])


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


# Each search goes on where the last one ended: a file made to slow the reader down is read in one go as well.
# The parser of the standard library needs hours for five megabytes of beginnings of comments.
def _blocks(text: str) -> Iterator[str]:
    """Yield the JSON-LD blocks of a page."""
    begins = _SCRIPT.search(text)
    while begins is not None:
        head_ends = text.find(">", begins.end())
        if head_ends < 0:
            return
        ends = _SCRIPT_END.search(text, head_ends)
        if _LINKED_DATA.search(text, begins.end(), head_ends):
            yield text[head_ends + 1 : ends.start() if ends else len(text)]
        begins = _SCRIPT.search(text, ends.end()) if ends else None


def plain_text(markup: str) -> str:
    """Return the words of a text that may hold HTML tags and entities, with a new line where a block begins."""
    if not re.search(r"[<&]", markup):
        return markup.strip()
    words = html.unescape(_TAG.sub(_line_or_nothing, markup))
    lines = (" ".join(line.split()) for line in words.splitlines())
    return "\n".join(line for line in lines if line)


def _line_or_nothing(tag: re.Match[str]) -> str:
    return "\n" if tag[1].lower() in _BLOCKS else ""


def _table(documents: list[Any]) -> Table:
    nodes = list(_nodes(documents))
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    postings = [node for node in nodes if _is_posting(node)]
    if not postings:
        message = _l("There are no job postings in this file that the service can read.")
        raise ImportRefused(message, code="import_without_postings")
    if len(postings) > MOST_ROWS:
        message = _l("The list has more than %(most)s rows. Split it into smaller lists.", most=MOST_ROWS)
        raise ImportRefused(message, code="import_too_long")
    rows = [_row(number, posting, known) for number, posting in enumerate(postings, start=1)]
    return Table(tuple(column.value for column in _COLUMNS), tuple(rows))


def _nodes(documents: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield every object of the documents in their own order, without recursion: a file may nest very deep."""
    waiting = list(reversed(documents))
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting.extend(reversed(list(item.values())))
        elif isinstance(item, list):
            waiting.extend(reversed(item))


def _is_posting(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(str(kind).rpartition("/")[2].rpartition(":")[2] == "JobPosting" for kind in _many(kinds))


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _object(value: Any, known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the first object of a value; one that only points elsewhere is looked up, a bare text is a name."""
    for item in _many(value):
        if isinstance(item, dict):
            return known.get(item["@id"], item) if isinstance(item.get("@id"), str) else item
        if isinstance(item, str):
            return known.get(item, {"name": item})
    return {}


def _words(value: Any) -> str:
    """Return a value as text; of objects their name, of several values a line each."""
    lines = []
    for item in _many(value):
        word = _name(item) if isinstance(item, dict) else item
        if isinstance(word, str | int | float):
            lines.append(plain_text(str(word)))
    return "\n".join(line for line in lines if line)


def _name(item: dict[str, Any]) -> Any:
    return next((item[key] for key in ("name", "@value", "value", "title") if item.get(key)), None)


def _row(number: int, posting: dict[str, Any], known: dict[str, dict[str, Any]]) -> Row:
    employer = _object(posting.get("hiringOrganization"), known)
    place = _object(posting.get("jobLocation"), known)
    address = _object(place.get("address"), known)
    contact = _object(posting.get("applicationContact"), known) or _object(employer.get("contactPoint"), known)
    skills = (_words(posting.get(key)) for key in ("qualifications", "skills", "experienceRequirements"))
    values = {
        Column.EMPLOYER: _words(employer.get("name") or employer.get("legalName")),
        Column.BUSINESS_ID: _business_id(employer),
        Column.TITLE: _words(posting.get("title") or posting.get("name")),
        Column.KIND: kind_in_title(_words(posting.get("title"))) or OfferKind.OPEN_JOB,
        Column.TASKS: _words(posting.get("description")) or _words(posting.get("responsibilities")),
        Column.SKILLS: "\n".join(text for text in skills if text),
        Column.MUNICIPALITY: _words(address.get("addressLocality")),
        Column.ADDRESS: _words(address.get("streetAddress") or address.get("name")),
        Column.REMOTE: "1" if "TELECOMMUTE" in _words(posting.get("jobLocationType")) else "",
        Column.SCHEDULE: _words(posting.get("workHours")),
        Column.STARTS: _words(posting.get("jobStartDate"))
        or ("now" if posting.get("jobImmediateStart") is True else ""),
        Column.PLACES: _words(posting.get("totalJobOpenings")),
        Column.PAY: _pay(posting.get("baseSalary"), known),
        Column.CLOSES: _words(posting.get("validThrough")),
        Column.CONTACT: _words(contact.get("name")),
        Column.PHONE: _words(contact.get("telephone")),
        Column.EMAIL: _words(contact.get("email")).removeprefix("mailto:"),
        Column.CONTACT_WAY: _words(posting.get("url")),
    }
    return Row(number, tuple(clean(values.get(column, "")) for column in _COLUMNS))


def _business_id(employer: dict[str, Any]) -> str:
    for key in ("taxID", "vatID", "identifier"):
        text = _words(employer.get(key))
        if re.fullmatch(r"(FI)?\d{7}-?\d", text.strip()):
            return text.strip()
    return ""


def _pay(salary: Any, known: dict[str, dict[str, Any]]) -> str:
    if not isinstance(salary, dict):
        return _words(salary)
    value = _object(salary.get("value"), known) if isinstance(salary.get("value"), dict) else salary
    bounds = [_words(value.get(key)) for key in ("minValue", "maxValue")]
    amount = "–".join(bound for bound in bounds if bound) or _words(value.get("value"))
    if not amount:
        return ""
    currency = _words(salary.get("currency") or value.get("currency"))
    per = _PER.get(_words(value.get("unitText")).upper(), "")
    unit = "€" if currency in {"EUR", ""} else currency
    return f"{amount.replace('.', ',')} {unit}{'/' + per if per else ''}"
