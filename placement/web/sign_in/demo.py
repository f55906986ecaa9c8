"""What a demo installation tells on its sign-in pages. Nothing here is registered anywhere else."""

import re
from dataclasses import dataclass
from typing import Any

from flask import session as cookie
from flask_security import Security
from sqlalchemy import select

from placement.accounts.models import Staff
from placement.accounts.queries import all_centres, staff_of_centre
from placement.notifications.models import Message
from placement.settings import Settings
from placement.web.session import db_session

DEMO_PASSWORD = "sauma-demo-2026"  # noqa: S105 - printed on the page on purpose
_CODE = re.compile(r"\b\d{6}\b")


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One line of the box."""

    name: str
    email: str
    roles: list[Any]
    centre: str


def _accounts() -> dict[str, Any]:
    accounts = [
        DemoAccount(staff.display_name, staff.email, [role.name.label for role in staff.roles], centre.name)
        for centre in all_centres(db_session)
        for staff in staff_of_centre(db_session, centre.id)
    ]
    return {"demo_accounts": accounts, "demo_password": DEMO_PASSWORD}


def _newest_code() -> dict[str, Any]:
    owner = select(Staff.id).where(Staff.fs_uniquifier == cookie.get("tf_user_id", "")).scalar_subquery()
    query = select(Message.text).where(Message.name == "sign_in_code", Message.staff_id == owner)
    found = _CODE.search(db_session.scalar(query.order_by(Message.id.desc()).limit(1)) or "")
    return {"demo_code": found.group() if found else None}


def init_app(security: Security, settings: Settings) -> None:
    """Fill the demo boxes, in a demo installation only."""
    if settings.demo:
        security.login_context_processor(_accounts)
        security.tf_token_validation_context_processor(_newest_code)
