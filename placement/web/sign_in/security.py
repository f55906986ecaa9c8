"""The sign-in library fitted to this service: our session, our outbox, our words, our lock.

Staff sign in with a password and then a code: e-mailed, or from an authenticator app once they have
set one up. The library's own commits become flushes: the request ends the transaction.
"""

import hashlib
from datetime import timedelta
from typing import Any

from flask import Flask
from flask_security import MailUtil, Security, SQLAlchemySessionUserDatastore, user_authenticated
from flask_security.signals import user_failed_authn

from placement.accounts.models import Staff, StaffRole
from placement.accounts.services import note_failed_sign_in, note_sign_in
from placement.i18n import lazy_gettext as _l
from placement.notifications.messages import password_changed, password_reset, sign_in_code
from placement.settings import Settings
from placement.web.session import db_session

SESSION_ABSOLUTE = timedelta(hours=12)
CODE_SECONDS = 600


class RequestDatastore(SQLAlchemySessionUserDatastore):  # type: ignore[misc]
    """Staff rows through the session of the request, which alone commits."""

    def commit(self) -> None:
        """Write without ending the transaction."""
        self.db.session.flush()  # the library expects ids and defaults after its commit


class OutboxMail(MailUtil):  # type: ignore[misc]
    """The library's letters become messages in our outbox, in our words."""

    def send_mail(
        self, template: str, subject: str, recipient: Any, sender: Any, body: Any, html: Any, **values: Any
    ) -> None:
        """Queue the message that belongs to the library's letter; raise LookupError for an unknown one."""
        staff: Staff = values["user"]
        if template == "two_factor_instructions":
            sign_in_code(db_session, staff=staff, code=values["token"])
        elif template == "reset_instructions":
            password_reset(db_session, staff=staff, address=values["reset_link"])
        elif template in {"reset_notice", "change_notice"}:
            password_changed(db_session, staff=staff)
        else:
            raise LookupError(template)


def _derived(settings: Settings, purpose: str) -> str:
    return hashlib.sha256(f"{purpose}:{settings.signing_key()}".encode()).hexdigest()


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SALT": _derived(settings, "password"),
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_TOTP_SECRETS": {"1": _derived(settings, "totp")},
        "SECURITY_TOTP_ISSUER": "Sauma",
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_REQUIRED": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["email", "authenticator"],
        "SECURITY_TWO_FACTOR_MAIL_VALIDITY": CODE_SECONDS,
        "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_TRACKABLE": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
        "SECURITY_TWO_FACTOR_SETUP_URL": "/account/second-factor",
        "SECURITY_TWO_FACTOR_RESCUE_URL": "/sign-in/rescue",
        "SECURITY_TWO_FACTOR_SELECT_URL": "/sign-in/select",
        "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery-code",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
        "SECURITY_RESET_URL": "/forgotten-password",
        "SECURITY_CHANGE_URL": "/account/password",
        "SECURITY_VERIFY_URL": "/account/confirm",
        "SECURITY_POST_LOGIN_VIEW": "/today",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_POST_CHANGE_VIEW": "/today",
        "SECURITY_POST_RESET_VIEW": "/sign-in",
        "SECURITY_LOGIN_USER_TEMPLATE": "sign_in/login.html",
        "SECURITY_TWO_FACTOR_VERIFY_CODE_TEMPLATE": "sign_in/code.html",
        "SECURITY_TWO_FACTOR_SETUP_TEMPLATE": "sign_in/second_factor.html",
        "SECURITY_MULTI_FACTOR_RECOVERY_TEMPLATE": "sign_in/recovery_code.html",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "sign_in/recovery_codes.html",
        "SECURITY_FORGOT_PASSWORD_TEMPLATE": "sign_in/forgotten_password.html",
        "SECURITY_RESET_PASSWORD_TEMPLATE": "sign_in/reset_password.html",
        "SECURITY_CHANGE_PASSWORD_TEMPLATE": "sign_in/change_password.html",
        "SECURITY_VERIFY_TEMPLATE": "sign_in/confirm.html",
        "SECURITY_EMAIL_SUBJECT_TWO_FACTOR": _l("Your sign-in code"),
        "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"email": {"mapper": _address, "case_insensitive": True}}],
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_I18N_DIRNAME": ["builtin", settings.instance / "none"],
    }


def _address(identity: str) -> str | None:
    return identity.strip().lower() if "@" in identity else None


def init_app(app: Flask, settings: Settings) -> Security:
    """Fit the library to the app and return it."""
    app.config.update(_configuration(settings))
    security = Security(app, RequestDatastore(db_session, Staff, StaffRole), mail_util_cls=OutboxMail)
    user_failed_authn.connect(_count_failure, app)
    user_authenticated.connect(_forget_failures, app)
    return security


def _count_failure(_app: Flask, user: Staff, **_details: Any) -> None:
    note_failed_sign_in(user)


def _forget_failures(_app: Flask, user: Staff, **_details: Any) -> None:
    note_sign_in(user)
