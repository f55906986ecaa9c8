"""The forms of the sign-in library in our words. An error never tells whether an account exists."""

from typing import Any

from flask import request
from flask_login import current_user
from flask_security.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.recovery_codes import MfRecoveryCodesForm, MfRecoveryForm
from flask_security.utils import validate_redirect_url
from wtforms import EmailField, HiddenField, PasswordField, RadioField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from placement.accounts.passwords import LONGEST_PASSWORD
from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.web.forms import Form, TextField
from placement.web.sent_once import new_form_key

AFTER_SIGN_IN = "/today/"


def _password(label: Any, *, new: bool = False, message: Any = None, same_as: str = "") -> PasswordField:
    validators: list[Any] = [
        DataRequired(message or _l("Write your password.")),
        Length(max=LONGEST_PASSWORD, message=_l("Use at most 256 characters.")),
    ]
    if same_as:
        validators.append(EqualTo(same_as, _l("The two passwords are not the same.")))
    keep = "new-password" if new else "current-password"
    return PasswordField(label, validators, render_kw={"autocomplete": keep})


class _Shared:
    """The language switch posts the form back: it is never acted on then. ``form_key`` makes it act once."""

    form_key = HiddenField(default=new_form_key)

    def validate(self, **options: Any) -> bool:
        """Validate; a press of the language switch is never valid and leaves no error."""
        if "_language" in request.form:
            return False
        return bool(super().validate(**options))  # type: ignore[misc]


class _LeadsOn(_Shared):
    """A form that leads to the page first asked for, on this site only."""

    next = HiddenField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.next.data = self.next.data or request.args.get("next", AFTER_SIGN_IN)

    def validate_next(self, field: HiddenField) -> None:
        """Forget an address that leads elsewhere."""
        if field.data and not validate_redirect_url(field.data):
            field.data = AFTER_SIGN_IN


def _lower(text: str | None) -> str | None:
    return text.strip().lower() if text else text


def _without_spaces(text: str | None) -> str | None:
    return "".join(text.split()) if text else text


class SignInForm(_LeadsOn, LoginForm):
    """E-mail address and password."""

    email = EmailField(
        _l("E-mail address"),
        [DataRequired(_l("Write your e-mail address.")), Length(max=254, message=_l("Use at most 254 characters."))],
        filters=[_lower],
        render_kw={"autocomplete": "username"},
    )
    password = _password(_l("Password"))
    remember = None  # a shared desk machine must not remember anybody

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.password.description = ""

    def validate(self, **options: Any) -> bool:
        """Check the two together; whatever is wrong, the answer is the same."""
        if super().validate(**options):
            return True
        if self.email.data and self.password.data and "_language" not in request.form:
            self.email.errors = []
            self.password.errors = [
                gettext(
                    "The address or the password is not right. After ten tries signing in is stopped for 15 minutes."
                )
            ]
        return False


def _refuse_code(field: StringField) -> None:
    field.errors = [
        gettext("This code does not work. It may be wrong, too old or used already. Try again, or sign in anew.")
    ]


class CodeForm(_LeadsOn, TwoFactorVerifyCodeForm):
    """The code from the e-mail or the authenticator app."""

    code = StringField(
        _l("Code"),
        [DataRequired(_l("Write the code of six digits."))],
        filters=[_without_spaces],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "12"},
    )

    def validate(self, **options: Any) -> bool:
        """Check the code, unless the account is locked."""
        if "_language" in request.form:
            return False
        if self.code.data and (self.user is None or self.user.is_locked() or not super().validate(**options)):
            _refuse_code(self.code)
            return False
        return bool(self.code.data) or bool(super().validate(**options))


class RecoveryCodeForm(_LeadsOn, MfRecoveryForm):
    """One of the recovery codes, when the phone or the e-mail is out of reach."""

    code = StringField(
        _l("Recovery code"),
        [DataRequired(_l("Write one of your recovery codes."))],
        filters=[_lower, _without_spaces],
        render_kw={"autocomplete": "off", "maxlength": "20"},
    )

    def validate(self, **options: Any) -> bool:
        """Check the code, unless the account is locked; a wrong one counts as a failed sign-in."""
        if "_language" in request.form:
            return False
        if self.code.data and (self.user is None or self.user.is_locked() or not super().validate(**options)):
            if self.user is not None:
                self.user.track_failed_authn("code", True)
            _refuse_code(self.code)
            return False
        return bool(self.code.data) or bool(super().validate(**options))


class RecoveryCodesForm(_Shared, MfRecoveryCodesForm):
    """The button that makes new recovery codes."""


class SecondFactorForm(_Shared, TwoFactorSetupForm):
    """Where the code comes from."""

    setup = RadioField(
        _l("Where do you want the code?"),
        choices=[("authenticator", _l("From an app on my phone")), ("email", _l("By e-mail"))],
        validate_choice=False,
    )

    def validate(self, **options: Any) -> bool:
        """Ask for a choice."""
        if super().validate(**options):
            return True
        if "_language" not in request.form:
            self.setup.errors = [gettext("Choose one.")]
        return False


class ChoosePasswordForm(_Shared, ResetPasswordForm):
    """A new password by the link from the e-mail."""

    password = _password(_l("New password"), new=True, message=_l("Write a new password."))
    password_confirm = _password(
        _l("New password again"), new=True, message=_l("Write the new password again."), same_as="password"
    )


class NewPasswordForm(_Shared, ChangePasswordForm):
    """The present password and a new one."""

    password = _password(_l("Present password"))
    new_password = _password(_l("New password"), new=True, message=_l("Write a new password."))
    new_password_confirm = _password(
        _l("New password again"), new=True, message=_l("Write the new password again."), same_as="new_password"
    )


class ConfirmForm(_LeadsOn, VerifyForm):
    """The password once more before something important."""

    password = _password(_l("Password"))

    def validate(self, **options: Any) -> bool:
        """Check the password, unless the account is locked."""
        if "_language" in request.form:
            return False
        if self.password.data and (current_user.is_locked() or not super().validate(**options)):
            self.password.errors = [gettext("The password is not right.")]
            return False
        return bool(self.password.data) or bool(super().validate(**options))


class ForgottenPasswordForm(Form):
    """The address where the link to choose a new password is sent."""

    email = EmailField(
        _l("E-mail address"),
        [DataRequired(_l("Write your e-mail address.")), Length(max=254, message=_l("Use at most 254 characters."))],
        filters=[_lower],
        render_kw={"autocomplete": "username"},
    )


class AccountForm(Form):
    """What a worker decides about themselves: language, and when they can be called."""

    language = RadioField(
        _l("Language of pages and messages"), choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
    )
    phone_hours = TextField(_l("When can you be called?"), longest=80)
