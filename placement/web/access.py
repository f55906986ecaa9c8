"""Who may open which page. Deny by default: an endpoint without a rule stops the app from starting."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.local import LocalProxy

from placement.accounts.models import LinkPurpose, PersonalLink, Staff
from placement.accounts.permissions import Permission, can
from placement.accounts.personal_links import open_link
from placement.audit.services import Actor
from placement.web.session import db_session

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class AccessRule:
    """Who may open an endpoint: anybody, whoever holds a link, or staff with any of the permissions."""

    kind: str
    permissions: frozenset[Permission] = frozenset()


PUBLIC = AccessRule("public")
BY_LINK = AccessRule("link")
ANY_STAFF = AccessRule("staff")

# Endpoints of the libraries, which carry no decorator of ours.
LIBRARY_RULES = {
    "static": PUBLIC,
    "bootstrap.static": PUBLIC,
    "security.login": PUBLIC,
    "security.logout": ANY_STAFF,
    "security.forgot_password": PUBLIC,
    "security.reset_password": PUBLIC,
    "security.two_factor_token_validation": PUBLIC,
    "security.two_factor_rescue": PUBLIC,
    "security.mf_recovery": PUBLIC,
    "security.mf_recovery_codes": ANY_STAFF,
    "security.two_factor_setup": PUBLIC,  # also at a first sign-in; the library itself lets nobody else in
    "security.two_factor_setup_validate": ANY_STAFF,
    "security.tf_select": PUBLIC,
    "security.change_password": ANY_STAFF,
    "security.verify": ANY_STAFF,
    "security.static": PUBLIC,
}


def public(view: View) -> View:
    """Let anybody open the page."""
    view.access_rule = PUBLIC  # type: ignore[attr-defined]
    return view


def by_link(view: View) -> View:
    """Let whoever holds a personal link open the page; the view itself opens the link of its purpose."""
    view.access_rule = BY_LINK  # type: ignore[attr-defined]
    return view


def any_staff(view: View) -> View:
    """Let every signed-in worker open the page."""
    view.access_rule = ANY_STAFF  # type: ignore[attr-defined]
    return view


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Let signed-in workers open the page if a role of theirs grants any of the permissions."""

    def mark(view: View) -> View:
        view.access_rule = AccessRule("staff", frozenset(permissions))  # type: ignore[attr-defined]
        return view

    return mark


def rule_of(app: Flask, endpoint: str) -> AccessRule | None:
    """Return the rule of an endpoint, or None when it has none."""
    own = getattr(app.view_functions[endpoint], "access_rule", None)
    return own or LIBRARY_RULES.get(endpoint)


def _staff() -> Staff | None:
    return cast("Staff", current_user) if current_user and current_user.is_authenticated else None


def signed_in_staff() -> Staff:
    """Return the worker who is signed in; the access rule of the page has made sure that there is one."""
    if not current_user.is_authenticated:
        abort(401)
    return cast("Staff", current_user._get_current_object())  # noqa: SLF001 - the way to unwrap a proxy


current_staff = cast("Staff", LocalProxy(signed_in_staff))


def current_actor() -> Actor:
    """Return the signed-in worker as the one who acts."""
    return Actor.staff(signed_in_staff())


def may(permission: Permission) -> bool:
    """Return whether the signed-in worker, if any, holds the permission."""
    staff = _staff()
    return staff is not None and can(staff, permission)


def opened_link(token: str, purpose: LinkPurpose) -> PersonalLink:
    """Return the valid link of this token and purpose; LinkNotValid shows the page that offers a new one."""
    return open_link(db_session, token, purpose=purpose)


def check_access() -> Response | None:
    """Stop a request that the rule of its endpoint does not allow."""
    if request.endpoint is None:
        return None
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        abort(403)
    if rule.kind != "staff":
        return None
    staff = _staff()
    if staff is None:
        target = request.full_path if request.method == "GET" else None
        return cast("Response", redirect(url_for("security.login", next=target), code=303))
    if rule.permissions and not any(can(staff, permission) for permission in rule.permissions):
        abort(403)
    return None


def init_app(app: Flask) -> None:
    """Register the check."""
    app.before_request(check_access)


def refuse_open_endpoints(app: Flask) -> None:
    """Raise when an endpoint has no access rule; called when every screen is registered."""
    without = sorted({rule.endpoint for rule in app.url_map.iter_rules() if rule_of(app, rule.endpoint) is None})
    if without:
        message = f"endpoints without an access rule: {', '.join(without)}"
        raise RuntimeError(message)
