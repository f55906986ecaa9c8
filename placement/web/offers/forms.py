"""Forms of the offer pages."""

from decimal import Decimal
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired

from placement.clock import today_in_helsinki
from placement.employers.models import Employer
from placement.i18n import gettext, local_name
from placement.i18n import lazy_gettext as _l
from placement.offers.models import DayPart, GuideTime, Offer, OfferKind, SubsidyPath, Visibility
from placement.offers.rule_checks import blocking_answers, check_offer_rules
from placement.rules.book import NATIONAL, RuleBook
from placement.vocabulary import WorkCard, cards_in_group
from placement.web.forms import (
    LANGUAGE_CHOICES,
    ChoiceField,
    FinnishDateField,
    Form,
    LongTextField,
    MunicipalityField,
    NumberField,
    TextField,
    TimeField,
)
from placement.web.offers.fields import TicksField, enum_choices, family_choices, no_contact_details, put_beside_fields

YES_NO_UNKNOWN = [("unknown", _l("Not known")), ("no", _l("No")), ("yes", _l("Yes"))]
WORKING_LANGUAGES = (("fi", _l("Finnish")), ("sv", _l("Swedish")), ("en", _l("English")))
NO_LEVEL = "any"
LEVELS = [
    ("", _l("Not used")),
    (NO_LEVEL, _l("Used, any level is fine")),
    ("A1", _l("Single words and phrases (A1)")),
    ("A2", _l("Everyday basics (A2)")),
    ("B1", _l("Manages at work (B1)")),
    ("B2", _l("Good (B2)")),
    ("C1", _l("Very good (C1)")),
]
CARD_DEADLINES = [("", _l("Not needed")), ("by_month_3", _l("By month 3")), ("at_start", _l("At the start"))]
LICENCES = [("", _l("None")), *((code, code) for code in ("AM", "A1", "A2", "A", "B", "C1", "C", "D", "T"))]
YES_NO_MAYBE = [("", _l("Not known")), ("yes", _l("Yes")), ("no", _l("No"))]


class OfferForm(Form):
    """All of an offer. What does not go with the chosen kind is refused beside its field."""

    kind = ChoiceField(_l("Kind"), OfferKind, default=OfferKind.WORK_TRIAL)
    title = TextField(_l("Title"), [DataRequired(_l("Write a title.")), no_contact_details], longest=120)
    tasks = LongTextField(
        _l("What would you do?"),
        [no_contact_details],
        description=_l("3–8 short lines, spoken to the newcomer: “You make coffee.”"),
    )
    task_family = SelectField(_l("What work is it most like?"), choices=family_choices)
    language = SelectField(_l("Language of the text"), choices=LANGUAGE_CHOICES, default="fi")

    unit_id = SelectField(_l("Place of business"), coerce=int)
    contact_id = SelectField(_l("Contact person"), coerce=int)
    street_area = TextField(_l("Street or part of town"), [no_contact_details])
    municipality_code = MunicipalityField(_l("Municipality"))
    access_notes = LongTextField(
        _l("How to get there"), [no_contact_details], longest=1000, description=_l("Bus, bicycle, which door.")
    )
    is_remote = BooleanField(_l("Can be done from home"))
    premises_notes = LongTextField(
        _l("Accessibility of the place"),
        [no_contact_details],
        longest=1000,
        description=_l("Steps, lift, doors, a quiet room."),
    )

    day_parts = TicksField(_l("When is the work done?"), choices=lambda: enum_choices(DayPart))
    hours_per_day = NumberField(_l("Hours a day"), most=24)
    days_per_week = NumberField(_l("Days a week"), most=7)
    hours_per_week = NumberField(
        _l("Hours a week"), most=100, description=_l("May be empty: it is counted from the two above.")
    )
    work_begins = TimeField(_l("Work begins at"), description=_l("For example 8.00."))
    work_ends = TimeField(_l("Work ends at"))
    schedule_notes = TextField(
        _l("Days and times in words"), [no_contact_details], longest=200, description=_l("For example Mon–Fri 8–13.")
    )
    starts_from = FinnishDateField(_l("Can start from"))
    starts_until = FinnishDateField(_l("Start at the latest"))
    months = NumberField(_l("Length in months"), most=60, description=_l("A usual work trial lasts 1–3 months."))
    places = NumberField(_l("How many places"), least=1, most=500, default=1)
    talks_cap = NumberField(
        _l("People in talks at once, at most"), least=1, most=50, default=3, description=_l("For each place.")
    )

    guide_name = TextField(_l("Who guides?"), [no_contact_details], longest=80)
    guide_time = ChoiceField(_l("How much of the day is the guide there?"), GuideTime, empty=_l("Not known"))
    environment_yes = TicksField(_l("The place is like this"))
    environment_no = TicksField(_l("The place is surely not like this"))
    language_fi = SelectField(_l("Finnish at work"), choices=LEVELS)
    language_sv = SelectField(_l("Swedish at work"), choices=LEVELS)
    language_en = SelectField(_l("English at work"), choices=LEVELS)

    minimum_age = NumberField(_l("Minimum age"), least=13, most=30, description=_l("Only if the law sets one."))
    minimum_age_reason = TextField(_l("Why this age?"), [no_contact_details])
    card_hygiene = SelectField(WorkCard.HYGIENE.label, choices=CARD_DEADLINES)
    card_safety = SelectField(WorkCard.SAFETY.label, choices=CARD_DEADLINES)
    card_hot_work = SelectField(WorkCard.HOT_WORK.label, choices=CARD_DEADLINES)
    card_serving = SelectField(WorkCard.SERVING.label, choices=CARD_DEADLINES)
    card_first_aid = SelectField(WorkCard.FIRST_AID.label, choices=CARD_DEADLINES)
    licence_needed = SelectField(_l("Driving licence"), choices=LICENCES)
    needs_record_check = BooleanField(_l("A criminal record check is asked for after selection (work with children)"))
    required_skills = LongTextField(
        _l("Skills that are needed"),
        [no_contact_details],
        longest=1000,
        description=_l("Not for a work trial: it may not ask for any."),
    )

    pay = TextField(
        _l("Pay"), [no_contact_details], description=_l("Only for paid work. For example the collective agreement.")
    )
    is_zero_hours = BooleanField(_l("Zero-hours contract"))
    is_commission_only = BooleanField(_l("Pay is commission only"))
    subsidy_paths = TicksField(
        _l("Support the employer might get"),
        choices=lambda: enum_choices(SubsidyPath),
        description=_l("Only staff see this. The authority decides."),
    )
    can_grow_into_job = RadioField(_l("Can it grow into a job?"), choices=YES_NO_MAYBE, default="")

    visibility = ChoiceField(_l("Who may see it?"), Visibility, default=Visibility.SELECTED)
    employer_allows_open = BooleanField(_l("The employer says that a hidden job may be shown to everybody"))
    employer_name_hidden = BooleanField(_l("The name of the employer is not shown to young people"))
    contact_way = TextField(_l("How does the employer want to be contacted?"), longest=200)
    laid_off_lately = RadioField(
        _l("Has the employer laid off or dismissed people lately?"), choices=YES_NO_UNKNOWN, default="unknown"
    )
    taxes_in_order = RadioField(_l("Are taxes and wages in order?"), choices=YES_NO_UNKNOWN, default="unknown")
    version = HiddenField()

    _book = NATIONAL
    # What an imported list has told and this form has no field for stays as it is.
    _kept_marks: dict[str, bool] = {}  # noqa: RUF012 - replaced, never changed
    _kept_languages: dict[str, str | None] = {}  # noqa: RUF012 - replaced, never changed

    @classmethod
    def for_employer(cls, employer: Employer, book: RuleBook) -> "OfferForm":
        """Return the form of a new offer of an employer, checked by the rules of the centre."""
        spoken = {
            f"language_{code}": NO_LEVEL for code, _name in WORKING_LANGUAGES if code in employer.working_languages
        }
        form = cls(municipality_code=employer.municipality_code, **spoken)
        form._book = book
        form._offer_choices(employer)
        return form

    @classmethod
    def from_offer(cls, offer: Offer, book: RuleBook) -> "OfferForm":
        """Return the form filled with an offer, checked by the rules of the centre."""
        levels = {
            f"language_{code}": offer.working_languages[code] or NO_LEVEL
            for code, _name in WORKING_LANGUAGES
            if code in offer.working_languages
        }
        cards = {f"card_{card}": deadline for card, deadline in offer.cards_needed.items()}
        form = cls(
            obj=offer,
            environment_yes=[card for card, is_so in offer.environment.items() if is_so],
            environment_no=[card for card, is_so in offer.environment.items() if not is_so],
            **levels,
            **cards,
        )
        form._book = book
        if not form.is_submitted():
            form.can_grow_into_job.data = {True: "yes", False: "no", None: ""}[offer.can_grow_into_job]
        form._offer_choices(offer.employer)
        form._kept_marks = {card: is_so for card, is_so in offer.environment.items() if card not in form._marks()}
        form._kept_languages = {
            code: level for code, level in offer.working_languages.items() if code not in dict(WORKING_LANGUAGES)
        }
        return form

    def _marks(self) -> frozenset[str]:
        return frozenset(card for card, _name in self.environment_yes.choices)

    def _offer_choices(self, employer: Employer) -> None:
        self._employer_form = employer.form
        self.unit_id.choices = [(0, gettext("The same as above")), *((unit.id, unit.name) for unit in employer.units)]
        people = [(one.id, one.name) for one in employer.contacts if one.is_active or one.id == self.contact_id.data]
        self.contact_id.choices = [(0, gettext("Nobody chosen")), *people]
        marks = [(card.id, local_name(card)) for card in cards_in_group("place")]
        self.environment_yes.choices = self.environment_no.choices = marks

    def validate(self, extra_validators: Any = None) -> bool:
        """Check what depends on several fields, and what the rules say about the kind."""
        is_valid = super().validate(extra_validators)
        is_language_switch = not is_valid and not self.errors
        if is_language_switch:
            return False
        if self.starts_from.data and self.starts_until.data and self.starts_until.data < self.starts_from.data:
            self.starts_until.errors = [gettext("This day is before the first possible day.")]
        begins, ends = self.work_begins.data, self.work_ends.data
        if begins and ends and ends <= begins and DayPart.NIGHT.value not in self.day_parts.data:
            text = gettext("The day ends before it begins. Tick “Nights” if it goes past midnight.")
            self.work_ends.errors = [text]
        if self.minimum_age.data is not None and not self.minimum_age_reason.data:
            self.minimum_age_reason.errors = [gettext("Write why the law sets this age.")]
        if set(self.environment_yes.data) & set(self.environment_no.data):
            self.environment_no.errors = [gettext("The same thing is ticked both ways. Leave it in one of the lists.")]
        hidden_and_open = self.kind.data is OfferKind.HIDDEN_JOB and self.visibility.data is Visibility.OPEN
        if hidden_and_open and not self.employer_allows_open.data:
            text = gettext("A hidden job is shown to everybody only if the employer says so. Tick that below.")
            self.visibility.errors = [text]
        answers = check_offer_rules(self.offer_values(), self._employer_form, today_in_helsinki(), self._book)
        put_beside_fields(self, blocking_answers(answers))
        return not self.errors

    def told_of_change(self, offer: Offer) -> None:
        """Say beside each field what somebody else has written there meanwhile; what was typed here stays.

        The form now speaks of the offer as it is, so that saving it again is a choice, not an accident.
        """
        self.form_errors.append(
            gettext("Somebody else has changed this offer meanwhile. Look at the fields marked below, then save again.")
        )
        typed = self.offer_values()
        for name, field in self._fields.items():
            if name in typed and name not in {"form_key", "version"} and typed[name] != getattr(offer, name):
                theirs = getattr(offer, name)
                shown = getattr(theirs, "label", theirs)
                text = gettext(
                    "Now saved: %(value)s", value=shown if shown not in (None, "", [], {}) else gettext("empty")
                )
                field.errors = [*field.errors, text]
        self.version.data = offer.version

    def offer_values(self) -> dict[str, Any]:
        """Return the values as the columns of an offer."""
        technical = {"version", "employer_allows_open", "environment_yes", "environment_no"}
        values = {
            name: value
            for name, value in self.values().items()
            if name not in technical and not name.startswith(("language_", "card_"))
        }
        for name in ("unit_id", "contact_id", "licence_needed", "task_family", "municipality_code", "guide_time"):
            values[name] = values[name] or None
        for name in ("minimum_age", "places", "talks_cap"):
            values[name] = int(values[name]) if values[name] is not None else None
        values["places"], values["talks_cap"] = values["places"] or 1, values["talks_cap"] or 3
        values["can_grow_into_job"] = {"yes": True, "no": False}.get(values["can_grow_into_job"])
        values["hours_per_week"] = self._week(values)
        values["environment"] = (
            self._kept_marks
            | dict.fromkeys(self.environment_yes.data or [], True)
            | dict.fromkeys(self.environment_no.data or [], False)
        )
        values["working_languages"] = self._kept_languages | {
            code: None if level == NO_LEVEL else level
            for code, _name in WORKING_LANGUAGES
            if (level := self[f"language_{code}"].data)
        }
        values["cards_needed"] = {card: when for card in map(str, WorkCard) if (when := self[f"card_{card}"].data)}
        return values

    @staticmethod
    def _week(values: dict[str, Any]) -> Decimal | None:
        if values["hours_per_week"] is None and values["hours_per_day"] and values["days_per_week"]:
            return Decimal(values["hours_per_day"] * values["days_per_week"]).quantize(Decimal("0.01"))
        week: Decimal | None = values["hours_per_week"]
        return week


class ReasonForm(Form):
    """A step that needs a reason."""

    reason = LongTextField(_l("Reason"), [DataRequired(_l("Write the reason."))], longest=1000)
