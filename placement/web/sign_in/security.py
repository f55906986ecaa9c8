"""The sign-in library fitted to this service: our session, our outbox, our words, our lock.

Staff sign in with a password and then a code: e-mailed, or from an authenticator app once they have
set one up. The library's own commits become flushes: the request ends the transaction.
"""

import base64
import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, abort, after_this_request, current_app, redirect, url_for
from flask import session as cookie
from flask_security import (
    MailUtil,
    PasswordUtil,
    Security,
    SQLAlchemySessionUserDatastore,
    Totp,
    password_changed,
    password_reset,
    tf_profile_changed,
    user_authenticated,
    user_failed_authn,
)
from passlib.exc import TokenError

from placement.accounts.models import Staff, StaffRole
from placement.accounts.passwords import known_words, password_weakness
from placement.links import page_address
from placement.notifications import messages
from placement.settings import Settings
from placement.web.session import db_session
from placement.web.sign_in import demo, forms, lifetime
from placement.web.sign_in.routes import bp, forgotten_password
from placement.web.sign_in.services import count_failed_sign_in, note_own_change, use_code_once, welcome

CODE_SECONDS = 600
CHANGED_PASSWORD = ["change"]  # how the library names its own sign-in after a changed password
TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"


class RequestDatastore(SQLAlchemySessionUserDatastore):
    """Staff rows through the session of the request, which alone commits."""

    def commit(self) -> None:
        """Write without ending the transaction."""
        self.db.session.flush()  # the library expects ids and defaults after its commit

    def mf_delete_recovery_code(self, user: Any, idx: int) -> bool:
        """Take a used recovery code away; a new list, since a change inside the old one would not be saved."""
        codes = list(user.mf_recovery_codes or [])
        if not 0 <= idx < len(codes):
            return False
        user.mf_recovery_codes = [*codes[:idx], *codes[idx + 1 :]]
        self.put(user)  # type: ignore[no-untyped-call]
        return True


class OneTimeCodes(Totp):
    """Codes that work once: the library itself would take the same code again while it is fresh."""

    def verify_totp(self, token: str, totp_secret: str, user: Any, window: int = 0) -> bool:
        """Return whether the code belongs to the secret and was not used before."""
        try:
            match = self._totp.verify(token, totp_secret, window=window)
        except TokenError:
            return False
        return use_code_once(db_session, secret=totp_secret, counter=match.counter)


class OutboxMail(MailUtil):
    """The library's letters become messages in our outbox, in our words."""

    def send_mail(  # noqa: PLR0917 - the library's signature
        self, template: str, subject: str, recipient: Any, sender: Any, body: Any, html: Any, **values: Any
    ) -> None:
        """Queue the message that belongs to the library's letter; raise LookupError for an unknown one."""
        staff: Staff = values["user"]
        letter = template.rpartition("/")[2]
        if letter == "two_factor_instructions":
            messages.sign_in_code(db_session, staff=staff, code=_code_to_send(staff, values["token"]))
        elif letter == "reset_instructions":
            address = page_address("security.reset_password", token=values["reset_token"])
            messages.password_reset(db_session, staff=staff, address=address)
        elif letter in {"reset_notice", "change_notice"}:
            messages.password_changed(db_session, staff=staff)
        else:
            raise LookupError(template)


def _code_to_send(staff: Staff, code: str) -> str:
    # Each sign-in gets a secret of its own, so a new code ends the earlier ones and two codes of
    # the same half minute differ. While a new method is tried out, its secret is in the cookie.
    if cookie.get("tf_state") != "ready":
        return code
    codes = _codes()
    staff.tf_totp_secret = codes.generate_totp_secret()
    return str(codes.generate_totp_password(staff.tf_totp_secret))


def _codes() -> OneTimeCodes:
    return cast("OneTimeCodes", current_app.extensions["security"].totp_factory)


class PasswordRules(PasswordUtil):
    """What a new password must be like."""

    def validate(self, password: str, is_register: bool, **values: Any) -> tuple[list[str] | None, str]:
        """Return what is wrong with the password, and the password in one Unicode form."""
        plain = self.normalize(password)
        staff: Staff = values["user"]
        words = known_words(first_name=staff.first_name, last_name=staff.last_name, email=staff.email)
        weakness = password_weakness(plain, about=words)
        return ([str(weakness)] if weakness else None), plain


def _derived(settings: Settings, purpose: str) -> bytes:
    return hashlib.sha256(f"{purpose}:{settings.signing_key()}".encode()).digest()


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SALT": _derived(settings, "password").hex(),
        "SECURITY_TOTP_SECRETS": {"1": _derived(settings, "totp").hex()},
        "SECURITY_TOTP_ISSUER": "Sauma",
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_REQUIRED": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["email", "authenticator"],
        "SECURITY_TWO_FACTOR_MAIL_VALIDITY": CODE_SECONDS,
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 60,
        "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/account",
        "SECURITY_TWO_FACTOR_ERROR_VIEW": "/sign-in",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [base64.urlsafe_b64encode(_derived(settings, "recovery"))],
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_TRACKABLE": False,
        # Our own forms and pages give the same answer whether an account exists or not.
        "SECURITY_RETURN_GENERIC_RESPONSES": False,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_FRESHNESS": timedelta(minutes=30),
        "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(minutes=10),
        "SECURITY_EMAIL_PLAINTEXT": False,  # the texts are ours: templates/messages
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"email": {"mapper": _address, "case_insensitive": True}}],
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_I18N_DIRNAME": ["builtin", str(TRANSLATIONS)],
        **_ADDRESSES,
        **_TEMPLATES,
    }


_ADDRESSES = {
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
    "SECURITY_POST_LOGIN_VIEW": forms.AFTER_SIGN_IN,
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_POST_CHANGE_VIEW": "/account",
    "SECURITY_POST_VERIFY_VIEW": "/account",
    "SECURITY_POST_RESET_VIEW": "/sign-in",
}
_TEMPLATES = {
    "SECURITY_LOGIN_USER_TEMPLATE": "sign_in/login.html",
    "SECURITY_TWO_FACTOR_VERIFY_CODE_TEMPLATE": "sign_in/code.html",
    "SECURITY_TWO_FACTOR_SETUP_TEMPLATE": "sign_in/second_factor.html",
    "SECURITY_MULTI_FACTOR_RECOVERY_TEMPLATE": "sign_in/recovery_code.html",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "sign_in/recovery_codes.html",
    "SECURITY_RESET_PASSWORD_TEMPLATE": "sign_in/reset_password.html",
    "SECURITY_CHANGE_PASSWORD_TEMPLATE": "sign_in/change_password.html",
    "SECURITY_VERIFY_TEMPLATE": "sign_in/confirm.html",
}


def _address(identity: str) -> str | None:
    return identity.strip().lower() if "@" in identity else None


def init_app(app: Flask, settings: Settings) -> Security:
    """Fit the library to the app and return it."""
    app.config.update(_configuration(settings))
    security = Security(
        app,
        RequestDatastore(db_session, Staff, StaffRole),  # type: ignore[arg-type]
        mail_util_cls=OutboxMail,
        password_util_cls=PasswordRules,
        totp_cls=OneTimeCodes,
        login_form=forms.SignInForm,
        verify_form=forms.ConfirmForm,
        reset_password_form=forms.ChoosePasswordForm,
        change_password_form=forms.NewPasswordForm,
        two_factor_verify_code_form=forms.CodeForm,
        two_factor_setup_form=forms.SecondFactorForm,
        mf_recovery_codes_form=forms.RecoveryCodesForm,
        mf_recovery_form=forms.RecoveryCodeForm,
    )
    security.want_json(lambda _request: False)  # pages only: no tokens are ever given out
    _speak_calmly(app)
    _fit_pages(app)
    _listen(app)
    lifetime.init_app(app)
    demo.init_app(security, settings)
    app.register_blueprint(bp)
    app.context_processor(lambda: {"account_url": url_for("account.show")})
    return security


# Sentences of the library in plain words; they are translated in its own catalogue, flask_security.po.
_PLAIN_WORDS = {
    "TWO_FACTOR_PERMISSION_DENIED": "Write your address and password first.",
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": "From now on the code comes the way you chose.",
    "REAUTHENTICATION_REQUIRED": "Write your password once more to go on.",
    "REAUTHENTICATION_SUCCESSFUL": "Thank you. You can go on.",
    "INVALID_RESET_PASSWORD_TOKEN": "This link does not work any more. Ask for a new one.",
    "PASSWORD_RESET_EXPIRED": "This link is too old. Ask for a new one.",
    "PASSWORD_RESET_NO_LOGIN": "Your new password is saved. Sign in with it.",
    "PASSWORD_CHANGE": "Your password is changed.",
}


def _speak_calmly(app: Flask) -> None:
    for key, sentence in _PLAIN_WORDS.items():
        name = f"SECURITY_MSG_{key}"
        app.config[name] = (sentence, app.config[name][1])
    # The library's kinds of messages in ours: an error of the library is our warning.
    for name, value in list(app.config.items()):
        if name.startswith("SECURITY_MSG_") and value[1] == "error":
            app.config[name] = (value[0], "warning")


def _fit_pages(app: Flask) -> None:
    app.view_functions["security.forgot_password"] = forgotten_password
    app.view_functions["security.two_factor_rescue"] = _lead_to_recovery_code
    for unused in ("security.tf_select", "security.two_factor_setup_validate", "security.static"):
        app.view_functions[unused] = _not_here


def _lead_to_recovery_code() -> Any:
    return redirect(url_for("security.mf_recovery"), code=303)


def _not_here(**_values: Any) -> Any:
    abort(404)


def _listen(app: Flask) -> None:
    listeners = (
        (user_failed_authn, _failed),
        (user_authenticated, _signed_in),
        (password_changed, _password_changed),
        (password_reset, _password_changed),
        (tf_profile_changed, _second_factor_changed),
    )
    for signal, listener in listeners:
        signal.connect(listener, app)


def _failed(_app: Flask, user: Staff, **_details: Any) -> None:
    count_failed_sign_in(db_session, staff=user)


def _signed_in(_app: Flask, user: Staff, **details: Any) -> None:
    welcome(db_session, staff=user)
    if details.get("authn_via") != CHANGED_PASSWORD:
        after_this_request(_without_messages)


def _without_messages(response: Response) -> Response:
    # The library says that the code was right, in the language of the browser; the next page says enough itself.
    cookie.pop("_flashes", None)
    return response


def _password_changed(_app: Flask, user: Staff, **_details: Any) -> None:
    note_own_change(db_session, staff=user, action="staff.password_changed")


def _second_factor_changed(_app: Flask, user: Staff, **_details: Any) -> None:
    note_own_change(db_session, staff=user, action="staff.second_factor_changed")
