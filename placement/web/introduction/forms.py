"""What is told through the links of an introduction. Workers who write it down on the phone use the same forms."""

from datetime import date, datetime, timedelta
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import DataRequired, InputRequired, Optional

from placement.clock import helsinki_instant, today_in_helsinki, utcnow
from placement.i18n import format_day, gettext
from placement.i18n import lazy_gettext as _l
from placement.introductions.models import DeclineReason, MeetingKind
from placement.web.forms import ChoiceField, FinnishDateField, Form, LongTextField, TextField, TimeField

LONGEST_STRENGTHS, LONGEST_EXTRA, LONGEST_ANSWER = 800, 400, 400
WEEKS = (2, 4, 8)
LENGTHS = (30, 45, 60, 90)


class CardForm(Form):
    """The texts of the card."""

    strengths = LongTextField(
        _l("Strengths"),
        [InputRequired(_l("Write at least one strength."))],
        longest=LONGEST_STRENGTHS,
        description=_l("One on each line, in your own words if you like."),
    )
    hours = TextField(_l("Hours wished for"), longest=200)
    extra = LongTextField(
        _l("Something else that may be told"),
        longest=LONGEST_EXTRA,
        description=_l("Leave it empty if you do not want to add anything."),
    )
    card_version = HiddenField()


class ApproveForm(Form):
    """Until when the card may be shown. The buttons say yes or no."""

    weeks = RadioField(_l("How long may it be shown?"), coerce=int, default=4, validate_choice=True)
    card_version = HiddenField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.weeks.choices = [(number, self._until_words(number)) for number in WEEKS]

    @staticmethod
    def _until_words(weeks: int) -> str:
        day = format_day(today_in_helsinki() + timedelta(weeks=weeks))
        return str(gettext("%(weeks)s weeks, until %(day)s", weeks=weeks, day=day))

    def until(self) -> date:
        """Return the last day."""
        return today_in_helsinki() + timedelta(weeks=self.weeks.data)


class GuardianForm(Form):
    """A guardian's yes or no; the buttons carry it."""

    signed_name = TextField(_l("Your name"), [DataRequired(_l("Write your name."))], longest=120)
    card_version = HiddenField()


class MeetForm(Form):
    """When and where the employer can meet: up to three times."""

    kind = ChoiceField(_l("Where do you meet?"), MeetingKind, default=MeetingKind.WORKPLACE)
    place = TextField(_l("Address, room or link"), longest=160)
    day_1 = FinnishDateField(_l("First day"), [InputRequired(_l("Give at least one day and time."))])
    at_1 = TimeField(_l("First time"), [InputRequired(_l("Give at least one day and time."))])
    day_2 = FinnishDateField(_l("Second day"), [Optional()])
    at_2 = TimeField(_l("Second time"), [Optional()])
    day_3 = FinnishDateField(_l("Third day"), [Optional()])
    at_3 = TimeField(_l("Third time"), [Optional()])
    minutes = RadioField(
        _l("How long?"), coerce=int, default=30, choices=[(n, _l("%(minutes)s minutes", minutes=n)) for n in LENGTHS]
    )

    def rows(self) -> list[tuple[FinnishDateField, TimeField]]:
        """Return the fields of each time, side by side."""
        return [(self[f"day_{number}"], self[f"at_{number}"]) for number in (1, 2, 3)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that each day has its time and that all of them are ahead."""
        is_valid = super().validate(extra_validators=extra_validators)
        if not is_valid and not self.errors:
            return False
        for day, at in self.rows():
            if bool(day.data) is not bool(at.data) and not (day.errors or at.errors):
                missing = at if day.data else day
                missing.errors = [gettext("Give both the day and the time.")]
            elif day.data and at.data and helsinki_instant(day.data, at.data) <= utcnow():
                day.errors = [gettext("This time has passed.")]
        return not self.errors

    def times(self) -> list[datetime]:
        """Return the times as instants."""
        return [helsinki_instant(day.data, at.data) for day, at in self.rows() if day.data and at.data]


class NotNowForm(Form):
    """When it is worth asking again."""

    ask_again_on = FinnishDateField(_l("When may we ask again?"), [Optional()])
    text_for_worker = LongTextField(_l("A word to Ohjaamo"), longest=LONGEST_ANSWER)

    def validate(self, extra_validators: Any = None) -> bool:
        """The day is ahead."""
        is_valid = bool(super().validate(extra_validators=extra_validators))
        if self.ask_again_on.data and not today_in_helsinki() < self.ask_again_on.data:
            self.ask_again_on.errors = [gettext("This day has passed. Give a later one.")]
            return False
        return is_valid


class DeclineForm(Form):
    """Why not, from a list, and separate words for the young person and for Ohjaamo."""

    reason = ChoiceField(
        _l("Why?"), DeclineReason, empty=_l("Choose a reason"), validators=[DataRequired(_l("Choose a reason."))]
    )
    text_for_youth = LongTextField(
        _l("A word to the young person"),
        longest=LONGEST_ANSWER,
        description=_l("Their own adult tells it to them. One good thing is worth a lot."),
    )
    text_for_worker = LongTextField(
        _l("A word to Ohjaamo"), longest=LONGEST_ANSWER, description=_l("Only the workers read this.")
    )


class OutcomeForm(Form):
    """What came of the meeting."""

    outcome = RadioField(
        _l("What came of it?"),
        [InputRequired(_l("Choose what came of it."))],
        choices=[
            ("choose", _l("It leads to a placement")),
            ("meet_again", _l("They meet again")),
            ("end", _l("No placement this time")),
        ],
    )
    note = LongTextField(_l("A note to remember"), longest=LONGEST_ANSWER)


class PaperGuardianForm(Form):
    """A guardian's answer that a worker got on paper or by phone."""

    signed_name = TextField(_l("Name of the guardian"), [DataRequired(_l("Write the name."))], longest=120)
    how = TextField(
        _l("How did you get to know it?"),
        [DataRequired(_l("Tell how: on paper, by phone, here."))],
        longest=160,
    )
    is_heard = BooleanField(
        _l("The guardian has read or heard exactly what the card says"),
        [DataRequired(_l("The guardian must know what is shown before answering."))],
    )
    card_version = HiddenField()
