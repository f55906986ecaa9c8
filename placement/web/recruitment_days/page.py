"""What the pages of recruitment days show."""

from dataclasses import dataclass

from flask import url_for

from placement.accounts.permissions import Permission
from placement.clock import today_in_helsinki
from placement.i18n import LazyString
from placement.i18n import lazy_gettext as _l
from placement.recruitment_days.models import RecruitmentDay
from placement.recruitment_days.states import DayAction, possible_actions
from placement.web.access import may

STATE_VARIANTS = {
    "idea": "neutral",
    "partners": "info",
    "open": "ok",
    "final_list": "ok",
    "day": "warn",
    "after": "neutral",
    "closed": "neutral",
    "cancelled": "bad",
}
MESSAGE_VARIANTS = {
    "planned": "neutral",
    "claimed": "neutral",
    "sent": "ok",
    "failed": "bad",
    "expired": "warn",
    "uncertain": "warn",
    "superseded": "neutral",
}
ANSWER_VARIANTS = {
    "invited": "neutral",
    "coming": "ok",
    "not_coming": "neutral",
    "waiting": "warn",
    "withdrawn": "neutral",
}
STEP_TAKEN: dict[DayAction, LazyString] = {
    DayAction.SEEK_PARTNERS: _l("Now you can invite employers."),
    DayAction.OPEN: _l("Sign-up is open now."),
    DayAction.CLOSE_LIST: _l("The list is closed now."),
    DayAction.BEGIN: _l("The day has begun."),
    DayAction.END: _l("The day has ended."),
    DayAction.CLOSE: _l("The day is closed for good."),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages of a day."""

    label: LazyString
    url: str
    is_current: bool


_TABS: tuple[tuple[str, LazyString, tuple[Permission, ...]], ...] = (
    ("show", _l("Plan"), (Permission.DAY_VIEW,)),
    ("employers", _l("Employers"), (Permission.EMPLOYER_VIEW,)),
    ("invitations", _l("Invitations"), (Permission.DAY_INVITE,)),
    ("messages", _l("Messages"), (Permission.DAY_EDIT, Permission.MESSAGE_VIEW)),
)


def day_tabs(day: RecruitmentDay, current: str) -> list[Tab]:
    """Return the pages of a day that the worker may open."""
    return [
        Tab(label, url_for(f"recruitment_days.{name}", day_id=day.id), name == current)
        for name, label, permissions in _TABS
        if any(may(permission) for permission in permissions)
    ]


def steps(day: RecruitmentDay) -> list[DayAction]:
    """Return the steps to offer as buttons; a day is not begun before its date."""
    is_early = day.held_on > today_in_helsinki()
    hidden = {DayAction.CANCEL} | ({DayAction.BEGIN} if is_early else set())
    return [action for action in possible_actions(day.state) if action not in hidden]
