"""The base form and the fields that several screens share."""

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers
from flask import request
from flask_babel import get_locale
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length
from wtforms.widgets import TextInput

from placement.i18n import LabelledEnum, current_language, format_number, format_time, gettext, sort_key
from placement.i18n import lazy_gettext as _l
from placement.rules.sensitive_text import find_bank_account, find_identity_code
from placement.vocabulary import municipalities_by_code
from placement.web.sent_once import new_form_key

LONGEST_TEXT = 4000
_TIME_SHAPE = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")
_DATE_SHAPE = re.compile(r"\d{1,2}\.\d{1,2}\.(19|20|21)\d\d|(19|20|21)\d\d-\d{1,2}-\d{1,2}")


class Form(FlaskForm):  # type: ignore[misc]
    """Base of every form.

    When the language switch of the page was pressed, the form is not acted on: it comes back in the
    other language with everything that was typed. ``form_key`` makes the same form sent twice act once.
    """

    form_key = HiddenField(default=new_form_key)

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """WTForms' own messages in the language of the page."""

        @property
        def locales(self) -> list[str]:
            """The locale of the reader."""
            return [str(get_locale())]

    def validate(self, extra_validators: Any = None) -> bool:
        """Validate; a press of the language switch is never valid and leaves no error."""
        if "_language" in request.form:
            return False
        return bool(super().validate(extra_validators=extra_validators))

    def values(self, *without: str) -> dict[str, Any]:
        """Return the plain values of the fields, without the technical ones and those named."""
        technical = {"csrf_token", "form_key", "submit", *without}
        return {name: value for name, value in self.data.items() if name not in technical}


def no_sensitive_text(_form: FlaskForm, field: Field) -> None:
    """Refuse personal identity codes and bank accounts in free text (DP-06)."""
    text = field.data or ""
    if find_identity_code(text):
        raise ValidationError(gettext("Remove the personal identity code. It is not kept here."))
    if find_bank_account(text):
        raise ValidationError(gettext("Remove the bank account number. It is not kept here."))


class TextField(StringField):  # type: ignore[misc]
    """A line of text, trimmed, without control characters, of bounded length, without identity codes."""

    def __init__(self, label: Any = None, validators: Any = None, *, longest: int = 160, **options: Any) -> None:
        super().__init__(label, [*(validators or []), Length(max=longest), no_sensitive_text], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep one trimmed line."""
        text = valuelist[0] if valuelist else ""
        self.data = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())


class _AtMost(Length):  # type: ignore[misc]
    """A longest length that is told, not enforced by the browser, which would cut a pasted text without a word."""

    def __init__(self, longest: int) -> None:
        super().__init__(max=longest)
        self.field_flags: dict[str, Any] = {}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Say how long the text may be and how long it is."""
        written = len(field.data or "")
        if written > self.max:
            most, has = format_number(self.max), format_number(written)
            raise ValidationError(
                gettext("Write at most %(most)s characters. Now there are %(has)s.", most=most, has=has)
            )


class LongTextField(TextAreaField):  # type: ignore[misc]
    """Several lines of text, trimmed, of bounded length, without identity codes."""

    def __init__(
        self, label: Any = None, validators: Any = None, *, longest: int = LONGEST_TEXT, **options: Any
    ) -> None:
        super().__init__(label, [*(validators or []), _AtMost(longest), no_sensitive_text], **options)
        self.longest = longest

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the lines, without control characters."""
        text = valuelist[0] if valuelist else ""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.data = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text).strip()


class FinnishDateField(Field):  # type: ignore[misc]
    """A date typed as 22.11.2026; the browser's own 2026-11-22 is understood too."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data.day}.{self.data.month}.{self.data.year}" if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the date or say how to type one."""
        text = (valuelist[0] if valuelist else "").strip()
        self.data = read_date(text)
        if text and self.data is None:
            if _DATE_SHAPE.fullmatch(text):
                raise ValueError(gettext("There is no such day. Check the day and the month."))
            raise ValueError(gettext("Give the date like this: 22.11.2026"))


def read_date(text: str) -> date | None:
    """Return the date written in Finnish or ISO form, or None."""
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - a calendar date has no zone
        except ValueError:
            continue
        return day if 1900 <= day.year <= 2200 else None
    return None


class TimeField(Field):  # type: ignore[misc]
    """A clock time typed as 12, 12.30 or 12:30."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_time(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time or say how to type one."""
        text = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if not text:
            return
        found = _TIME_SHAPE.fullmatch(text)
        hour, minute = (int(found.group(1)), int(found.group(2) or 0)) if found else (99, 0)
        if hour > 23 or minute > 59:
            raise ValueError(gettext("Give the time like this: 12.30"))
        self.data = time(hour, minute)


class NumberField(Field):  # type: ignore[misc]
    """A number typed with a decimal comma or point."""

    widget = TextInput()

    def __init__(
        self,
        label: Any = None,
        validators: Any = None,
        *,
        least: Decimal | int = 0,
        most: Decimal | int = 100000,
        out_of_range: Any = None,
        **options: Any,
    ) -> None:
        super().__init__(label, validators, **options)
        self.least, self.most, self.out_of_range = least, most, out_of_range

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{Decimal(self.data).normalize():f}".replace(".", ",")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number or say which numbers will do."""
        text = (valuelist[0] if valuelist else "").strip().replace(" ", "").replace(",", ".")
        self.data = None
        if not text:
            return
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise ValueError(gettext("Write the number in digits, for example 5"))
        if not self.least <= number <= self.most:
            between = gettext("Give a number between %(least)s and %(most)s", least=self.least, most=self.most)
            raise ValueError(str(self.out_of_range or between))
        self.data = number.quantize(Decimal("0.01"))


class PhoneField(StringField):  # type: ignore[misc]
    """A phone number, Finnish unless it begins with +; kept as +358…"""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number or say how to type one."""
        text = (valuelist[0] if valuelist else "").strip()
        self.data = text
        if not text:
            return
        try:
            number = phonenumbers.parse(text, "FI")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise ValueError(gettext("Give the phone number like this: 040 123 4567"))
        self.data = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class ChoiceField(SelectField):  # type: ignore[misc]
    """A choice of the members of an enum. ``empty`` adds a first, unchosen option with that text."""

    def __init__(self, label: Any, members: Any, *, empty: Any = None, validators: Any = None, **options: Any) -> None:
        self._members = {member.value: member for member in members}
        choices = [(member.value, member.label) for member in members]
        if empty is not None:
            choices.insert(0, ("", empty))
        super().__init__(label, validators, choices=choices, coerce=self._member, **options)

    def _member(self, value: Any) -> Any:
        if isinstance(value, LabelledEnum):
            return value
        return self._members.get(value, value or "")


class MunicipalityField(SelectField):  # type: ignore[misc]
    """A choice of the municipalities by their name in the reader's language."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, choices=self._by_name, coerce=str, validate_choice=True, **options)

    @staticmethod
    def _by_name() -> list[tuple[str, Any]]:
        named = sorted(
            ((code, local_municipality(code)) for code in municipalities_by_code()), key=lambda pair: sort_key(pair[1])
        )
        return [("", gettext("Choose a municipality")), *named]


def local_municipality(code: str | None) -> str:
    """Return the name of a municipality in the reader's language; Finnish for readers of English."""
    municipality = municipalities_by_code().get(code or "")
    if municipality is None:
        return ""
    return municipality.name_sv if current_language() == "sv" else municipality.name_fi


LANGUAGE_CHOICES = [("fi", _l("Finnish")), ("sv", _l("Swedish")), ("en", _l("English"))]
