"""Forms of the employer's own page."""

from typing import Any

from flask import request
from wtforms import HiddenField, RadioField
from wtforms.validators import DataRequired

from placement.clock import today_in_helsinki
from placement.employers.models import Employer, EmployerForm
from placement.i18n import LabelledEnum, gettext
from placement.i18n import lazy_gettext as _l
from placement.offers.models import DayPart, GuideTime, Offer, OfferKind
from placement.offers.rule_checks import blocking_answers, check_offer_rules
from placement.offers.states import OfferState
from placement.rules.book import NATIONAL, RuleBook
from placement.web.forms import FinnishDateField, Form, LongTextField, MunicipalityField, NumberField, TextField
from placement.web.offers.fields import TicksField, enum_choices, no_contact_details, put_beside_fields

DRAFT = "draft"
ANSWERS = [("no", _l("No")), ("yes", _l("Yes")), ("unknown", _l("Not sure"))]


class WithdrawReason(LabelledEnum):
    """Why an employer takes a place back; a reason is quicker to choose than to write."""

    FILLED_ELSEWHERE = "filled_elsewhere", _l("We found somebody ourselves")
    NO_TIME = "no_time", _l("We have no time to guide just now")
    WORK_CHANGED = "work_changed", _l("The work changed")
    OTHER = "other", _l("Another reason")


KINDS = (
    (OfferKind.WORK_TRIAL, _l("A work trial, without pay")),
    (OfferKind.VISIT, _l("A half-day visit to look at the work")),
    (OfferKind.WAGE_SUBSIDY_JOB, _l("A job with wage subsidy")),
    (OfferKind.OPEN_JOB, _l("A job")),
    (OfferKind.HIDDEN_JOB, _l("A job that we do not advertise")),
    (OfferKind.SUMMER_JOB, _l("A summer job")),
    (OfferKind.WINTER_JOB, _l("A winter job")),
    (OfferKind.APPRENTICESHIP, _l("An apprenticeship")),
    (OfferKind.GROUP_TRIAL, _l("A trial for a group")),
    (OfferKind.WORKSHOP_PLACE, _l("A workshop place")),
)
"""The kinds in the words of an employer."""


class PlaceForm(Form):
    """A place of any kind in six questions. Saved as a draft it may be unfinished."""

    kind = RadioField(
        _l("What kind of place is it?"),
        choices=[(kind.value, words) for kind, words in KINDS],
        default=OfferKind.WORK_TRIAL.value,
        description=_l("If you are not sure, choose a work trial. We can change it together."),
    )
    tasks = LongTextField(
        _l("What would the newcomer do?"),
        [no_contact_details],
        longest=2000,
        description=_l("A few short lines: “You make coffee.”"),
    )
    title = TextField(
        _l("What do you call the work?"), [no_contact_details], longest=120, description=_l("For example café helper.")
    )
    street_area = TextField(_l("Where is the place?"), [no_contact_details], description=_l("Street or part of town."))
    municipality_code = MunicipalityField(_l("Municipality"))
    access_notes = LongTextField(
        _l("How does one get there?"),
        [no_contact_details],
        longest=1000,
        description=_l("Bus, bicycle, which door. May be empty."),
    )
    day_parts = TicksField(_l("When is the work done?"), choices=lambda: enum_choices(DayPart))
    hours_per_day = NumberField(_l("Hours a day"), most=24, out_of_range=_l("A day has at most 24 hours."))
    days_per_week = NumberField(_l("Days a week"), most=7, out_of_range=_l("A week has 7 days."))
    starts_from = FinnishDateField(_l("When could it start?"), description=_l("For example 7.1.2027. May be empty."))
    months = NumberField(
        _l("How many months?"),
        most=60,
        out_of_range=_l("A work trial usually lasts 1–3 months."),
        description=_l("Usually 1–3. May be empty."),
    )
    guide_name = TextField(
        _l("Who guides the newcomer?"),
        [no_contact_details],
        longest=80,
        description=_l("A first name is enough."),
    )
    guide_time = RadioField(
        _l("How much is the guide there?"),
        choices=lambda: [(part.value, part.label) for part in GuideTime if part is not GuideTime.NONE],
        validate_choice=True,
    )
    pay = TextField(
        _l("What do you pay?"),
        [no_contact_details],
        description=_l("For example the collective agreement. Leave it empty for a trial, a visit or a workshop."),
    )
    talks_cap = NumberField(
        _l("How many young people may we introduce to you at once?"),
        least=1,
        most=50,
        default=3,
        description=_l("For each place. You do not need to take the first who comes."),
    )
    laid_off_lately = RadioField(_l("Have you laid off or dismissed people lately?"), choices=ANSWERS)
    taxes_in_order = RadioField(_l("Are your taxes and wages in order?"), choices=ANSWERS)
    version = HiddenField()

    _book = NATIONAL
    _may_be_unfinished = True
    _needed = (
        ("tasks", _l("Tell what the newcomer would do.")),
        ("title", _l("Write what you call the work.")),
        ("municipality_code", _l("Choose the municipality.")),
        ("guide_name", _l("Write who guides the newcomer.")),
        ("guide_time", _l("Choose how much the guide is there.")),
        ("laid_off_lately", _l("Choose an answer. “Not sure” is fine.")),
        ("taxes_in_order", _l("Choose an answer. “Not sure” is fine.")),
    )

    _hours = (
        ("hours_per_day", _l("Write how many hours a day.")),
        ("days_per_week", _l("Write how many days a week.")),
    )

    @classmethod
    def for_employer(cls, employer: Employer, book: RuleBook) -> "PlaceForm":
        """Return the form of a new place, checked by the rules of the centre."""
        form = cls(municipality_code=employer.municipality_code)
        form._at(employer, book)
        return form

    @classmethod
    def from_offer(cls, offer: Offer, book: RuleBook) -> "PlaceForm":
        """Return the form filled with a place the employer told about before."""
        form = cls(obj=offer, kind=offer.kind.value)
        form._at(offer.employer, book)
        form._may_be_unfinished = offer.state is OfferState.DRAFT
        return form

    def _at(self, employer: Employer, book: RuleBook) -> None:
        self._employer, self._book = employer, book
        if employer.form is not EmployerForm.WORKSHOP:
            workshop = OfferKind.WORKSHOP_PLACE.value
            self.kind.choices = [choice for choice in self.kind.choices if choice[0] != workshop]

    @property
    def is_draft(self) -> bool:
        """Whether the employer stops here and goes on later."""
        return self._may_be_unfinished and request.form.get("next") == DRAFT

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask at once for all that is wrong, missing or refused by the rules; a draft may be unfinished."""
        # A question that was left open is told below in plain words, and not at all in a draft.
        for question in (self.guide_time, self.laid_off_lately, self.taxes_in_order):
            question.validate_choice = question.data is not None
        is_valid = super().validate(extra_validators)
        is_language_switch = not is_valid and not self.errors
        if self.is_draft or is_language_switch:
            return is_valid
        for name, text in self._needed if self.kind.data == OfferKind.VISIT.value else (*self._needed, *self._hours):
            if self[name].data in (None, "") and not self[name].errors:
                self[name].errors = [text]
        if self.starts_from.data and self.starts_from.data < today_in_helsinki():
            self.starts_from.errors = [gettext("This day has passed. Give a later one.")]
        answers = check_offer_rules(self.offer_values(), self._employer.form, today_in_helsinki(), self._book)
        put_beside_fields(self, blocking_answers(answers))
        return not self.errors

    def offer_values(self) -> dict[str, Any]:
        """Return the values as the columns of an offer."""
        values = self.values("version")
        values["talks_cap"] = int(values["talks_cap"] or 3)
        is_known = values["kind"] in set(OfferKind)
        values["kind"] = OfferKind(values["kind"]) if is_known else OfferKind.WORK_TRIAL
        values["title"] = values["title"] or gettext("Place without a name yet")
        values["municipality_code"] = values["municipality_code"] or None
        values["guide_time"] = GuideTime(values["guide_time"]) if values["guide_time"] in set(GuideTime) else None
        for name in ("laid_off_lately", "taxes_in_order"):
            values[name] = values[name] or "unknown"
        day, days = values["hours_per_day"], values["days_per_week"]
        values["hours_per_week"] = day * days if day and days else None
        return values


class WithdrawForm(Form):
    """Why the place is taken back."""

    reason = RadioField(
        _l("Why?"), [DataRequired(_l("Choose a reason."))], choices=lambda: enum_choices(WithdrawReason)
    )
