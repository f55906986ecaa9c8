"""Forms about young people."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, Field, HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms import ValidationError as Refused
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from placement.accounts.models import Staff
from placement.clock import today_in_helsinki
from placement.i18n import gettext, language_name, local_name, sort_key
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import LanguageLevel, OwnWords, TravelMode, Youth
from placement.jobseekers.services import is_served_age
from placement.notifications.models import Channel
from placement.offers.models import DayPart
from placement.vocabulary import CARD_GROUPS, WorkCard, cards_in_group
from placement.web.forms import (
    LANGUAGE_CHOICES,
    ChoiceField,
    FinnishDateField,
    Form,
    LongTextField,
    MunicipalityField,
    NumberField,
    PhoneField,
    TextField,
)

LICENCE_CLASSES = ("AM", "A1", "A2", "A", "B", "C1", "C", "T")
SERVICE_LANGUAGES = ("fi", "sv", "en")
# fmt: off
OTHER_LANGUAGES = (
    "am", "ar", "bg", "bn", "cs", "da", "de", "el", "es", "et", "fa", "fr", "hi", "hu", "is", "it", "ja", "ku",
    "lt", "lv", "my", "nb", "ne", "nl", "pa", "pl", "ps", "pt", "ro", "ru", "se", "so", "sq", "sr", "sw", "ta",
    "th", "ti", "tl", "tr", "uk", "ur", "vi", "zh",
)
# fmt: on
OTHER_ROWS = (1, 2)
SUITS, SUITS_NOT, NOT_ASKED = "yes", "no", ""
_LEVELS = frozenset(level.value for level in LanguageLevel)


class VersionedForm(Form):
    """A form that knows from which version of the young person's row it was made."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def now_of(self, version: int) -> None:
        """Take what was typed as meant for a newer version, when the form is shown again."""
        self.version.data, self.version.raw_data = version, None


class ManyField(SelectMultipleField):  # type: ignore[misc]
    """Any number of choices, shown as tick boxes."""

    def __init__(self, label: Any, choices: Sequence[tuple[str, Any]], **options: Any) -> None:
        super().__init__(label, choices=list(choices), **options)


def _whole(_form: Form, field: Field) -> None:
    if field.data is not None and field.data != int(field.data):
        raise Refused(gettext("Give a whole number, without a comma."))


def _number(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


def _staff_id(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


class PersonForm(Form):
    """Who the young person is, how they are reached and who serves them."""

    first_name = TextField(_l("First name"), [DataRequired(_l("Write the first name."))], longest=60)
    last_name = TextField(_l("Last name"), [Optional()], longest=60)
    birth_date = FinnishDateField(_l("Date of birth"), [InputRequired(_l("Write the date of birth."))])
    language = SelectField(_l("Language of messages"), choices=LANGUAGE_CHOICES, default="fi")
    channel = ChoiceField(_l("How may we send messages?"), Channel, default=Channel.SMS)
    phone = PhoneField(_l("Phone number"))
    email = TextField(_l("E-mail address"), longest=254)
    protected_contact = BooleanField(_l("Protected contact"))
    one_adult_id = SelectField(
        _l("Own adult"), [InputRequired(_l("Choose the own adult."))], coerce=_staff_id, default=None
    )
    deputy_id = SelectField(_l("Deputy"), coerce=_staff_id, default=None)

    def offer_workers(self, workers: Sequence[Staff]) -> None:
        """Give the workers who can be chosen as own adult and deputy."""
        named = [(worker.id, worker.display_name) for worker in workers]
        self.one_adult_id.choices = named
        self.deputy_id.choices = [("", gettext("Nobody yet")), *named]

    def validate_birth_date(self, field: Field) -> None:
        """Ohjaamo serves people under 30 (OH-02)."""
        if field.data and not is_served_age(field.data, on=today_in_helsinki()):
            raise Refused(
                gettext(
                    "Ohjaamo serves young people from 13 to 29 years of age. Check the date, or guide them onwards."
                )
            )

    def validate_phone(self, field: Field) -> None:
        """A text message needs a number."""
        if self.channel.data is Channel.SMS and not field.data:
            raise Refused(gettext("Write the phone number, or choose another way for messages."))

    def validate_email(self, field: Field) -> None:
        """An e-mail needs a proper address."""
        if self.channel.data is Channel.EMAIL and not field.data:
            raise Refused(gettext("Write the e-mail address, or choose another way for messages."))
        if field.data:
            Email(gettext("Write the e-mail address like this: name@example.fi"))(self, field)

    def validate_deputy_id(self, field: Field) -> None:
        """The deputy is somebody else."""
        if field.data is not None and field.data == self.one_adult_id.data:
            raise Refused(gettext("Choose somebody else than the own adult, or nobody yet."))

    def person(self) -> dict[str, Any]:
        """Return the plain values that the services take."""
        return self.values("is_another", "version")


class AddYouthForm(PersonForm):
    """A new young person."""

    is_another = BooleanField(_l("This is another person"))


class ContactForm(VersionedForm, PersonForm):
    """Changed details of a young person."""

    @classmethod
    def of(cls, youth: Youth) -> "ContactForm":
        """Return the form with what is known now."""
        return cls(obj=youth)

    def changed_labels(self, youth: Youth) -> list[str]:
        """Return the names of the fields that differ from what is saved now."""
        return [str(self[name].label.text) for name, value in self.person().items() if value != getattr(youth, name)]


def _day_part(part: DayPart) -> RadioField:
    choices = [(SUITS, _l("Suits")), (SUITS_NOT, _l("Does not suit")), (NOT_ASKED, _l("Not asked"))]
    return RadioField(part.label, choices=choices, default=NOT_ASKED)


class FrameForm(VersionedForm):
    """When, how far and with what the young person can work."""

    level_fi = ChoiceField(_l("Finnish"), LanguageLevel, empty=_l("Not asked"), default="")
    level_sv = ChoiceField(_l("Swedish"), LanguageLevel, empty=_l("Not asked"), default="")
    level_en = ChoiceField(_l("English"), LanguageLevel, empty=_l("Not asked"), default="")
    other_1 = SelectField(_l("Another language"), default="")
    other_level_1 = ChoiceField(_l("How well"), LanguageLevel, empty=_l("Not asked"), default="")
    other_2 = SelectField(_l("One more language"), default="")
    other_level_2 = ChoiceField(_l("How well"), LanguageLevel, empty=_l("Not asked"), default="")
    part_morning = _day_part(DayPart.MORNING)
    part_day = _day_part(DayPart.DAY)
    part_evening = _day_part(DayPart.EVENING)
    part_night = _day_part(DayPart.NIGHT)
    part_weekend = _day_part(DayPart.WEEKEND)
    hours_per_week_min = NumberField(_l("At least"), [Optional(), _whole], least=1, most=40)
    hours_per_week_max = NumberField(_l("At most"), [Optional(), _whole], least=1, most=40)
    travel_from = MunicipalityField(_l("Travels from"), [Optional()])
    travel_minutes_max = NumberField(_l("Longest way in one direction"), [Optional(), _whole], least=5, most=240)
    travel_modes = ManyField(_l("Ways to get there"), [(mode.value, mode.label) for mode in TravelMode])
    available_from = FinnishDateField(_l("Can start from"), [Optional()])
    cards_held = ManyField(_l("Cards held"), [(card.value, card.label) for card in WorkCard])
    licence_classes = ManyField(_l("Driving licence"), [(name, name) for name in LICENCE_CLASSES])
    question = LongTextField(_l("The question they want to answer"), longest=300)

    @classmethod
    def of(cls, youth: Youth) -> "FrameForm":
        """Return the form with what is known now."""
        others = _other_languages(youth)[: len(OTHER_ROWS)]
        shown = ("travel_minutes_max", "travel_modes", "available_from", "cards_held", "licence_classes", "question")
        values: dict[str, Any] = {name: getattr(youth, name) for name in shown}
        values |= {"version": youth.version, "travel_from": youth.travel_from or ""}
        values |= {"hours_per_week_min": youth.hours_per_week_min, "hours_per_week_max": youth.hours_per_week_max}
        values |= {f"level_{code}": _level(youth.languages.get(code)) for code in SERVICE_LANGUAGES}
        for row, code in zip(OTHER_ROWS, others, strict=False):
            values |= {f"other_{row}": code, f"other_level_{row}": _level(youth.languages[code])}
        said = {part: youth.day_parts[part.value] for part in DayPart if part.value in youth.day_parts}
        values |= {f"part_{part.value}": SUITS if suits else SUITS_NOT for part, suits in said.items()}
        form = cls(data=values)
        named = [(code, language_name(code)) for code in {*OTHER_LANGUAGES, *others}]
        named.sort(key=lambda pair: sort_key(pair[1]))
        for row in OTHER_ROWS:
            form[f"other_{row}"].choices = [("", gettext("Choose a language")), *named]
        return form

    def day_part_fields(self) -> list[Field]:
        """Return the question about each part of the day."""
        return [self[f"part_{part.value}"] for part in DayPart]

    def validate_hours_per_week_max(self, field: Field) -> None:
        """The most is not less than the least."""
        least = self.hours_per_week_min.data
        if field.data is not None and least is not None and field.data < least:
            raise Refused(gettext("Give at least as many hours as in “At least”."))

    def validate_other_level_1(self, field: Field) -> None:
        """A language is kept with its level."""
        _need_level(self.other_1.data, field)

    def validate_other_level_2(self, field: Field) -> None:
        """A language is kept with its level and once."""
        _need_level(self.other_2.data, field)
        if self.other_2.data and self.other_2.data == self.other_1.data:
            raise Refused(gettext("This language is already above."))

    def frame(self, youth: Youth) -> dict[str, Any]:
        """Return the plain values that the service takes. Languages for which the form has no row stay."""
        unseen = _other_languages(youth)[len(OTHER_ROWS) :]
        levels: dict[str, Any] = {code: _level(youth.languages[code]) for code in unseen}
        levels |= {code: self[f"level_{code}"].data for code in SERVICE_LANGUAGES}
        levels |= {self[f"other_{row}"].data: self[f"other_level_{row}"].data for row in OTHER_ROWS}
        parts = {part.value: self[f"part_{part.value}"].data for part in DayPart}
        return {
            "version": self.version.data,
            "languages": {code: str(level.value) for code, level in levels.items() if code and level},
            "day_parts": {code: answer == SUITS for code, answer in parts.items() if answer},
            "hours_per_week_min": _number(self.hours_per_week_min.data),
            "hours_per_week_max": _number(self.hours_per_week_max.data),
            "travel_from": self.travel_from.data or None,
            "travel_minutes_max": _number(self.travel_minutes_max.data),
            "travel_modes": self.travel_modes.data,
            "available_from": self.available_from.data,
            "cards_held": self.cards_held.data,
            "licence_classes": self.licence_classes.data,
            "question": self.question.data,
        }


def _other_languages(youth: Youth) -> list[str]:
    return sorted(code for code in youth.languages if code not in SERVICE_LANGUAGES)


def _level(code: str | None) -> LanguageLevel | str:
    return LanguageLevel(code) if code in _LEVELS else ""


def _need_level(language: str, field: Field) -> None:
    if language and not field.data:
        raise Refused(gettext("Choose how well the language is known."))


class ContactMadeForm(Form):
    """What comes next after a contact."""

    next_step = TextField(_l("Next step"), longest=160)
    next_on = FinnishDateField(_l("On which day"), [Optional()])

    def validate_next_on(self, field: Field) -> None:
        """What comes next is not in the past."""
        if field.data and field.data < today_in_helsinki():
            raise Refused(gettext("Give a day that is today or later."))

    @classmethod
    def of(cls, youth: Youth) -> "ContactMadeForm":
        """Return the form with the step agreed last, unless its day has passed."""
        is_ahead = youth.next_on is None or youth.next_on >= today_in_helsinki()
        return cls(data={"next_step": youth.next_step, "next_on": youth.next_on} if is_ahead else {})


class LookReasonForm(Form):
    """Why a worker opens the file of somebody they do not serve."""

    reason = TextField(
        _l("Why do you need to look?"),
        [
            DataRequired(_l("Write why you need to look.")),
            Length(min=5, message=_l("Write a few words more, so that the reason can be understood.")),
        ],
        longest=300,
    )
    next = HiddenField()


class AddOwnWordsForm(Form):
    """A strength in own words."""

    text = TextField(_l("What are you good at?"), [DataRequired(_l("Write something you are good at."))], longest=300)
    language = SelectField(_l("Language of the text"), choices=LANGUAGE_CHOICES)


NOT_STRENGTHS = frozenset({"style", "place", "values"})
"""Groups of cards that tell what is wished, not what one can do."""


class CorrectOwnWordsForm(Form):
    """Which cards the own words mean."""

    linked = ManyField(_l("It means"), [])
    another = SelectField(_l("It means this too"), validators=[Optional()])

    @classmethod
    def of(cls, words: OwnWords, choices: Sequence[tuple[str, str]]) -> "CorrectOwnWordsForm":
        """Return the form with the cards it was linked to ticked."""
        form = cls(data={"linked": words.card_ids})
        form.linked.choices = list(choices)
        shown = {card for card, _name in choices}
        groups = [group for group in CARD_GROUPS if group not in NOT_STRENGTHS]
        others = [(card.id, local_name(card)) for group in groups for card in cards_in_group(group)]
        form.another.choices = [("", _l("Nothing else")), *(one for one in others if one[0] not in shown)]
        return form

    def meaning(self) -> list[str]:
        """Return the cards that were left ticked, and the one that was added."""
        return [*self.linked.data, *([self.another.data] if self.another.data else [])]
