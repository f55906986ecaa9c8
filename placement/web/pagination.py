"""Pages of a long list."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for

Row = TypeVar("Row")
ROWS_ON_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list and where they stand in it."""

    rows: list[Row]
    page: int
    total: int
    size: int = ROWS_ON_A_PAGE

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def has_prev(self) -> bool:
        """Whether there is a page before this one."""
        return self.page > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after this one."""
        return self.page < self.pages


def asked_page() -> int:
    """Return the number of the page asked for; nonsense means the first."""
    return max(1, min(request.args.get("page", 1, type=int) or 1, 100000))


def url_for_page(number: int) -> str:
    """Return the address of another page of the list being shown, with the same filters."""
    # What url_for itself understands must not come from the address.
    filters = {
        name: value
        for name, value in request.args.to_dict(flat=False).items()
        if not name.startswith("_") and name != "endpoint"
    }
    values: dict[str, Any] = {**filters, **(request.view_args or {}), "page": number}
    return url_for(request.endpoint or "public.index", **values)
