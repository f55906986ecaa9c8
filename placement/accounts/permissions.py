"""Who may do what: one list of permissions, one table of roles. Anything not granted here is denied."""

from enum import StrEnum
from typing import Protocol

from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l


class Role(LabelledEnum):
    """What a staff member does in the centre."""

    COUNSELLOR = "counsellor", _l("Counsellor")
    ONE_ADULT = "one_adult", _l("Own adult")
    PAIR_MEMBER = "pair_member", _l("Working pair member")
    EMPLOYER_WORKER = "employer_worker", _l("Company coordinator")
    LEAD = "lead", _l("Coordinator")
    AUTHORITY = "authority", _l("Employment authority officer")
    OUTREACH = "outreach", _l("Outreach worker")
    WORKSHOP = "workshop", _l("Workshop coach")
    ADMIN = "admin", _l("Administrator")
    AUDITOR = "auditor", _l("Auditor")


class Permission(StrEnum):
    """``<thing>:<action>``, in alphabetical order."""

    AUDIT_VIEW = "audit:view"
    DAY_EDIT = "day:edit"
    DAY_INVITE = "day:invite"
    DAY_VIEW = "day:view"
    EMPLOYER_EDIT = "employer:edit"
    EMPLOYER_LINK = "employer:link"
    EMPLOYER_VIEW = "employer:view"
    JOB_SWITCH = "job:switch"
    JOB_VIEW = "job:view"
    MESSAGE_SEND_AGAIN = "message:send_again"
    MESSAGE_VIEW = "message:view"
    OFFER_CHECK = "offer:check"
    OFFER_EDIT = "offer:edit"
    OFFER_IMPORT = "offer:import"
    OFFER_VIEW = "offer:view"
    PLACEMENT_EDIT = "placement:edit"
    PLACEMENT_VIEW = "placement:view"
    RULE_OVERRIDE = "rule:override"
    RULE_VIEW = "rule:view"
    STAFF_MANAGE = "staff:manage"
    SUGGESTION_SEND = "suggestion:send"
    SUGGESTION_VIEW = "suggestion:view"
    TODAY_VIEW = "today:view"
    YOUTH_ADD = "youth:add"
    YOUTH_EDIT = "youth:edit"
    YOUTH_VIEW = "youth:view"
    YOUTH_VIEW_WITH_REASON = "youth:view_with_reason"


_P = Permission
_GUIDANCE = frozenset(
    {
        _P.DAY_INVITE,
        _P.DAY_VIEW,
        _P.EMPLOYER_VIEW,
        _P.MESSAGE_SEND_AGAIN,
        _P.MESSAGE_VIEW,
        _P.OFFER_CHECK,
        _P.OFFER_EDIT,
        _P.OFFER_IMPORT,
        _P.OFFER_VIEW,
        _P.EMPLOYER_EDIT,
        _P.EMPLOYER_LINK,
        _P.PLACEMENT_EDIT,
        _P.PLACEMENT_VIEW,
        _P.RULE_VIEW,
        _P.SUGGESTION_SEND,
        _P.SUGGESTION_VIEW,
        _P.TODAY_VIEW,
        _P.YOUTH_ADD,
        _P.YOUTH_EDIT,
        _P.YOUTH_VIEW,
        _P.YOUTH_VIEW_WITH_REASON,
    }
)
_NETWORK_PARTNER = frozenset({_P.DAY_VIEW, _P.OFFER_VIEW, _P.RULE_VIEW, _P.TODAY_VIEW})

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.COUNSELLOR: _GUIDANCE,
    Role.ONE_ADULT: _GUIDANCE,
    Role.PAIR_MEMBER: _GUIDANCE - {_P.YOUTH_VIEW_WITH_REASON, _P.OFFER_IMPORT},
    Role.EMPLOYER_WORKER: frozenset(
        {
            _P.DAY_VIEW,
            _P.EMPLOYER_EDIT,
            _P.EMPLOYER_LINK,
            _P.EMPLOYER_VIEW,
            _P.OFFER_CHECK,
            _P.OFFER_EDIT,
            _P.OFFER_IMPORT,
            _P.OFFER_VIEW,
            _P.RULE_VIEW,
            _P.TODAY_VIEW,
        }
    ),
    Role.LEAD: frozenset(
        {
            _P.DAY_EDIT,
            _P.DAY_INVITE,
            _P.DAY_VIEW,
            _P.EMPLOYER_EDIT,
            _P.EMPLOYER_LINK,
            _P.EMPLOYER_VIEW,
            _P.JOB_SWITCH,
            _P.JOB_VIEW,
            _P.MESSAGE_SEND_AGAIN,
            _P.MESSAGE_VIEW,
            _P.OFFER_VIEW,
            _P.RULE_VIEW,
            _P.STAFF_MANAGE,
            _P.TODAY_VIEW,
            _P.YOUTH_VIEW_WITH_REASON,
        }
    ),
    Role.AUTHORITY: frozenset({_P.OFFER_VIEW, _P.RULE_VIEW, _P.TODAY_VIEW}),
    Role.OUTREACH: _NETWORK_PARTNER,
    Role.WORKSHOP: _NETWORK_PARTNER,
    Role.ADMIN: frozenset({_P.JOB_SWITCH, _P.JOB_VIEW, _P.RULE_OVERRIDE, _P.RULE_VIEW, _P.STAFF_MANAGE, _P.TODAY_VIEW}),
    Role.AUDITOR: frozenset({_P.AUDIT_VIEW, _P.RULE_VIEW, _P.TODAY_VIEW}),
}


class HasRoles(Protocol):
    """Anything that carries roles: a staff member, or a stand-in in a test."""

    @property
    def role_codes(self) -> frozenset[Role]:
        """The roles held now."""


def can(staff: HasRoles, permission: Permission) -> bool:
    """Return whether any of the roles held grants the permission."""
    return any(permission in ROLE_PERMISSIONS[role] for role in staff.role_codes)
