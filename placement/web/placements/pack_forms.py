"""Forms of a wage-subsidy or voucher pack."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import Optional

from placement.i18n import lazy_gettext as _l
from placement.placements.packs.models import ContractLength, SubsidyPack
from placement.web.forms import ChoiceField, FinnishDateField, Form, LongTextField, NumberField, TextField

YES_NO = [("yes", _l("Yes")), ("no", _l("No")), ("", _l("Not known yet"))]
_ANSWERS = ("has_business_activity", "taxes_in_order")


class PackForm(Form):
    """What an application needs, beside what the placement tells."""

    has_business_activity = RadioField(_l("Is it business activity?"), [Optional()], choices=YES_NO)
    collective_agreement = TextField(_l("Collective agreement"), longest=160)
    gross_pay = NumberField(_l("Gross pay in a month"), least=1, most=20000)
    hours_per_week = NumberField(_l("Weekly hours"), least=1, most=48)
    contract_length = ChoiceField(
        _l("How long is the contract?"), ContractLength, empty=_l("Not known yet"), validators=[Optional()]
    )
    other_aid_told = BooleanField(_l("Other aid and de minimis aid are listed"))
    lay_offs_told = BooleanField(_l("Dismissals and lay-offs are declared"))
    taxes_in_order = RadioField(_l("Taxes in order?"), [Optional()], choices=YES_NO)
    mandate_ready = BooleanField(_l("The employer may act in the e-service (Suomi.fi mandate)"))
    bank_details_at_hand = BooleanField(_l("The employer has the bank details at hand for the e-service"))
    identity_at_hand = BooleanField(_l("The identity of the young person is at hand for the e-service"))
    jobseeker_agreed_on = FinnishDateField(_l("The young person agreed on"))
    note = LongTextField(_l("Notes"), longest=1000)
    version = HiddenField()

    @classmethod
    def showing(cls, pack: SubsidyPack) -> "PackForm":
        """Return the form with what is known."""
        data = {name: getattr(pack, name) for name in cls._names()}
        for name in _ANSWERS:
            data[name] = {True: "yes", False: "no", None: ""}[data[name]]
        return cls(data=data | {"version": pack.version})

    @classmethod
    def _names(cls) -> list[str]:
        return [name for name in vars(cls) if hasattr(SubsidyPack, name) and name != "version"]

    def told(self) -> dict[str, Any]:
        """Return what was told as the columns of a pack."""
        values = self.values("version")
        for name in _ANSWERS:
            values[name] = {"yes": True, "no": False}.get(values[name])
        values["contract_length"] = values["contract_length"] or None
        return values


class PackStepForm(Form):
    """The day of a step; a grant has a period too."""

    on = FinnishDateField(_l("Day"))
    subsidy_from = FinnishDateField(_l("First day of the subsidy"))
    subsidy_to = FinnishDateField(_l("Last day of the subsidy"))
