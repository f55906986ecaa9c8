"""The form of an estimate. It is sent with GET and kept nowhere."""

from decimal import Decimal
from typing import Any

from flask import request
from wtforms import RadioField

from placement.clock import today_in_helsinki
from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.offers.models import Offer
from placement.offers.money import AgeGroup, Job
from placement.web.forms import FinnishDateField, Form, NumberField

FULL_WEEK = Decimal("37.5")
USUAL_MONTHS = Decimal(6)


class EstimateForm(Form):
    """The job in numbers. Nothing about a person but a wide age, which is not kept either."""

    class Meta(Form.Meta):
        """Nothing is changed, so no token is needed."""

        csrf = False

    gross = NumberField(_l("Gross pay a month"), least=1, most=20000)
    starts_on = FinnishDateField(_l("Work begins"))
    months = NumberField(_l("Length of the job in months"), least=Decimal("0.5"), most=60)
    hours = NumberField(_l("Hours a week"), least=1, most=60)
    full_hours = NumberField(
        _l("Full hours a week in the sector"), least=1, most=60, description=_l("Usually 37.5 or 40.")
    )
    age = RadioField(_l("Age"), choices=[(group.value, group.label) for group in AgeGroup], default="unknown")
    unemployed = RadioField(
        _l("Unemployed for at least a year?"),
        choices=[("no", _l("No or not known")), ("yes", _l("Yes"))],
        default="no",
    )

    @classmethod
    def for_offer(cls, offer: Offer) -> "EstimateForm":
        """Return the form with what was asked, or with what the offer tells."""
        if "gross" in request.args:
            return cls(formdata=request.args)
        return cls(
            formdata=None,
            starts_on=max(offer.starts_from or today_in_helsinki(), today_in_helsinki()),
            months=offer.months or USUAL_MONTHS,
            hours=offer.hours_per_week or FULL_WEEK,
            full_hours=FULL_WEEK,
        )

    @property
    def is_asked(self) -> bool:
        """Whether somebody has asked for an estimate."""
        return "gross" in request.args

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for every number that is missing."""
        super().validate(extra_validators)
        for field in (self.gross, self.starts_on, self.months, self.hours, self.full_hours):
            if field.data is None and not field.errors:
                field.errors = [gettext("This is needed for the estimate.")]
        return not self.errors

    def job(self, offer: Offer) -> Job:
        """Return the job as it is counted; the form has been found in order."""
        numbers: dict[str, Any] = self.values("age", "unemployed")
        return Job(
            starts_on=numbers["starts_on"],
            gross_per_month=numbers["gross"],
            months=numbers["months"],
            hours_per_week=numbers["hours"],
            full_hours_per_week=numbers["full_hours"],
            employer_form=offer.employer.form,
            is_long_unemployed=self.unemployed.data == "yes",
            age_group=AgeGroup(self.age.data),
        )
