"""Input that no page of ours sends: refused in one place, so that it is never a fault of the service."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

LARGEST_ROW = 2**31 - 1  # what the databases keep in an id
LONGEST_ADDRESS = 4000  # characters; no page of ours makes half of it


class RowNumberConverter(IntegerConverter):
    """``<int:…>`` in an address; a number that no row can have leads to 404."""

    regex = r"\d{1,10}"

    def __init__(self, url_map: Map, **options: Any) -> None:
        super().__init__(url_map, **({"max": LARGEST_ROW} | options))


def row_number(text: str) -> int:
    """Return the number of a row; raise ValueError for anything else, as ``request.args.get`` expects."""
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > LARGEST_ROW:
        raise ValueError(text)
    return int(text)


def version_number(text: str | None) -> int:
    """Return the version that a form was made from; 0, which no row has, for nonsense."""
    try:
        return row_number(text or "")
    except ValueError:
        return 0


def _texts() -> Iterator[str]:
    for values in (request.args, request.form):
        for name, text in values.items(multi=True):
            yield name
            yield text


def refuse_odd_input() -> None:
    """Refuse zero bytes, which PostgreSQL does not take, and addresses that are too long or cannot be read."""
    if len(request.full_path) > LONGEST_ADDRESS:
        abort(414)
    if any("\x00" in text for text in _texts()):
        abort(400)
    try:
        for values in (request.args, request.form):
            urlsplit(values.get("next", ""))
    except ValueError:
        abort(400)


def init_app(app: Flask) -> None:
    """Register the converter, before any page is, and the check."""
    app.url_map.converters["int"] = RowNumberConverter
    app.before_request(refuse_odd_input)
