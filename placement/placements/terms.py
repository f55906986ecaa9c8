"""What an agreement says, as plain values: one place that knows which change voids whose signature.

The hash is made of the terms, not of the words around them, so that the same agreement read in Finnish,
Swedish or English is one text. Contact details stand in the printed agreement but outside the hash:
a corrected phone number voids nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from placement.i18n import LazyString
from placement.i18n import lazy_gettext as _l
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement

Terms = dict[str, Any]

BINDING: Mapping[str, LazyString] = {
    "kind": _l("Kind"),
    "employer": _l("Employer"),
    "title": _l("Work"),
    "goal": _l("Goal"),
    "tasks": _l("Tasks"),
    "guide_name": _l("Workplace guide"),
    "place": _l("Place"),
    "is_remote": _l("Remote work"),
    "starts_on": _l("First day"),
    "ends_on": _l("Last day"),
    "hours": _l("Hours"),
    "insurance": _l("Insurance"),
    "absence_practice": _l("Absences"),
    "adjustments": _l("What was agreed to make it work"),
}
"""Fields that everybody has agreed on: a change voids every signature."""

OF_ONE_PARTY: Mapping[str, PartyRole] = {
    f"party.{role.value}": role for role in PartyRole if role is not PartyRole.GUIDE
}
"""The name and organisation of one who signs: a change voids their own signature alone."""


def terms_of(placement: Placement) -> Terms:
    """Return the terms of a placement loaded with employer, hours and parties."""
    terms: Terms = {
        "kind": placement.kind.value,
        "employer": placement.employer.name,
        "title": placement.title,
        "goal": placement.goal,
        "tasks": placement.tasks,
        "guide_name": placement.guide_name,
        "place": placement.place,
        "is_remote": placement.is_remote,
        "starts_on": placement.starts_on.isoformat(),
        "ends_on": placement.ends_on.isoformat(),
        "hours": [
            [period.on.isoformat(), f"{period.begins:%H:%M}", f"{period.ends:%H:%M}", period.break_minutes]
            for period in placement.periods
        ],
        "insurance": placement.insurance,
        "absence_practice": placement.absence_practice,
        "adjustments": placement.adjustments,
    }
    for party in placement.parties:
        if party.role is not PartyRole.GUIDE:
            terms[f"party.{party.role.value}"] = [party.name, party.organisation or ""]
    return terms


def hash_of(terms: Terms) -> str:
    """Return the hash that a signature is tied to, as 64 hexadecimal digits of SHA-256."""
    canonical = json.dumps(terms, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def changed_fields(old: Terms, new: Terms) -> list[str]:
    """Return the names of the terms that differ, in the order of the agreement."""
    order = [*BINDING, *OF_ONE_PARTY]
    return [name for name in order if old.get(name) != new.get(name)]


def fields_that_void(role: PartyRole, changed: Iterable[str]) -> list[str]:
    """Return those of the changed fields that void the signature of a party."""
    return [name for name in changed if name in BINDING or OF_ONE_PARTY.get(name) is role]


def name_of_field(name: str) -> str:
    """Return what a term is called in the reader's language."""
    role = OF_ONE_PARTY.get(name)
    return str(role.label) if role is not None else str(BINDING[name])
