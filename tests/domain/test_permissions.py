"""The role table, checked against what each role must never be able to do."""

from dataclasses import dataclass

import pytest

from placement.accounts.permissions import ROLE_PERMISSIONS, Permission, Role, can

YOUTH = {permission for permission in Permission if permission.startswith(("youth:", "suggestion:"))}
NEVER = {
    Role.COUNSELLOR: {Permission.AUDIT_VIEW, Permission.STAFF_MANAGE, Permission.JOB_VIEW, Permission.DAY_EDIT},
    Role.ONE_ADULT: {Permission.AUDIT_VIEW, Permission.STAFF_MANAGE, Permission.JOB_VIEW, Permission.DAY_EDIT},
    Role.PAIR_MEMBER: {Permission.YOUTH_VIEW_WITH_REASON, Permission.AUDIT_VIEW, Permission.STAFF_MANAGE},
    Role.EMPLOYER_WORKER: YOUTH | {Permission.AUDIT_VIEW, Permission.STAFF_MANAGE, Permission.MESSAGE_VIEW},
    Role.LEAD: {Permission.YOUTH_VIEW, Permission.YOUTH_EDIT, Permission.SUGGESTION_SEND, Permission.AUDIT_VIEW},
    Role.AUTHORITY: YOUTH | {Permission.EMPLOYER_EDIT, Permission.OFFER_EDIT, Permission.STAFF_MANAGE},
    Role.OUTREACH: YOUTH | {Permission.EMPLOYER_VIEW, Permission.OFFER_EDIT, Permission.STAFF_MANAGE},
    Role.WORKSHOP: YOUTH | {Permission.EMPLOYER_VIEW, Permission.OFFER_EDIT, Permission.STAFF_MANAGE},
    Role.ADMIN: YOUTH | {Permission.MESSAGE_VIEW, Permission.AUDIT_VIEW, Permission.OFFER_VIEW},
    Role.AUDITOR: YOUTH | {Permission.MESSAGE_VIEW, Permission.STAFF_MANAGE, Permission.OFFER_EDIT},
}


@dataclass(frozen=True)
class _Worker:
    role_codes: frozenset[Role]


def test_every_role_has_its_row_and_its_limits() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role) == set(NEVER)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_never_gets_what_it_must_not_have(role: Role) -> None:
    assert not ROLE_PERMISSIONS[role] & NEVER[role]


def test_without_a_role_nothing_is_allowed() -> None:
    nobody = _Worker(frozenset())
    assert not any(can(nobody, permission) for permission in Permission)


def test_two_roles_add_up() -> None:
    both = _Worker(frozenset({Role.EMPLOYER_WORKER, Role.AUDITOR}))
    assert can(both, Permission.OFFER_IMPORT)
    assert can(both, Permission.AUDIT_VIEW)
    assert not can(both, Permission.YOUTH_VIEW)


def test_every_permission_is_granted_to_somebody() -> None:
    granted = set().union(*ROLE_PERMISSIONS.values())
    assert granted == set(Permission)


def test_permissions_stand_in_alphabetical_order() -> None:
    names = [permission.name for permission in Permission]
    assert names == sorted(names)
