"""The menu of the staff pages: which items, for whom, and which one is current."""

from dataclasses import dataclass

from flask import request, url_for

from placement.accounts.permissions import Permission
from placement.i18n import LazyString
from placement.i18n import lazy_gettext as _l
from placement.web.access import may


@dataclass(frozen=True, slots=True)
class _Entry:
    screen: str
    endpoint: str
    label: LazyString
    permissions: tuple[Permission, ...]


_ENTRIES = (
    _Entry("today", "today.show", _l("Today"), (Permission.TODAY_VIEW,)),
    _Entry(
        "jobseekers",
        "jobseekers.index",
        _l("Young people"),
        (Permission.YOUTH_VIEW, Permission.YOUTH_VIEW_WITH_REASON),
    ),
    _Entry("offers", "offers.index", _l("Offers"), (Permission.OFFER_VIEW,)),
    _Entry("employers", "employers.index", _l("Employers"), (Permission.EMPLOYER_VIEW,)),
    _Entry("placements", "placements.index", _l("Placements"), (Permission.PLACEMENT_VIEW,)),
    _Entry("recruitment_days", "recruitment_days.index", _l("Recruitment days"), (Permission.DAY_VIEW,)),
    _Entry(
        "admin",
        "admin.index",
        _l("Service"),
        (
            Permission.MESSAGE_VIEW,
            Permission.JOB_VIEW,
            Permission.STAFF_MANAGE,
            Permission.AUDIT_VIEW,
            Permission.RULE_VIEW,
        ),
    ),
)
# Screens that have no item of their own light up the item of another.
_BELONGS_TO = {
    "introduce": "jobseekers",
    "shown_lists": "admin",
    "shown_lists.latest": "jobseekers",
    "suggest": "jobseekers",
}


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One item as the template shows it."""

    label: LazyString
    url: str
    is_current: bool
    count: int | None = None


def navigation() -> list[NavigationItem]:
    """Return the items that the signed-in worker may open."""
    blueprint = request.blueprint or ""
    current = _BELONGS_TO.get(request.endpoint or "") or _BELONGS_TO.get(blueprint, blueprint)
    return [
        NavigationItem(entry.label, url_for(entry.endpoint), entry.screen == current)
        for entry in _ENTRIES
        if any(may(permission) for permission in entry.permissions)
    ]
