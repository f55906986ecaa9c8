"""The form of a closing view, the same for staff and by link."""

from wtforms import RadioField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from placement.i18n import gettext, local_name
from placement.i18n import lazy_gettext as _l
from placement.placements.closing.models import (
    ClosingView,
    NextStep,
    QuestionAnswered,
    Scale,
    Statement,
    WouldTake,
)
from placement.placements.closing.services import MOST_CARDS, View
from placement.placements.kinds import PartyRole
from placement.vocabulary import cards_by_id
from placement.web.forms import Form, LongTextField

SEEN_AT_WORK = (
    *("CAR03", "CAR04", "CAR09", "THI04", "THI02", "PEO01", "PEO12", "PEO16", "PEO03", "PEO02"),
    *("CAR01", "CAR02", "CAR12", "CAR13", "HAN09", "HAN11", "MOV02", "THI01"),
)
"""Cards that are easily seen at any workplace. The young person's own answers are not shown to the employer."""
_SCALE = [(step.value, step.label) for step in Scale]


def _pick(label: object) -> RadioField:
    return RadioField(label, [Optional()], choices=_SCALE)


class ClosingForm(Form):
    """How one side sees it: four steps, strengths, and a few words. Nothing is compulsory."""

    on_time = _pick(Statement.ON_TIME.label)
    tasks = _pick(Statement.TASKS.label)
    together = _pick(Statement.TOGETHER.label)
    own_steps = _pick(Statement.OWN_STEPS.label)
    guidance = _pick(Statement.GUIDANCE.label)
    cards = SelectMultipleField(
        _l("Strengths that were seen"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    question_answered = RadioField(
        _l("Was the question answered?"),
        [Optional()],
        choices=[(one.value, one.label) for one in QuestionAnswered],
    )
    next_step = RadioField(_l("What comes next?"), [Optional()], choices=[(one.value, one.label) for one in NextStep])
    would_take_again = RadioField(
        _l("Would you take somebody again?"), [Optional()], choices=[(one.value, one.label) for one in WouldTake]
    )
    text = LongTextField(_l("In your own words"), longest=1000, description=_l("Nothing about health."))

    @classmethod
    def of_side(cls, role: PartyRole, known: ClosingView | None) -> "ClosingForm":
        """Return the form of a side, with what it has told before."""
        data = {}
        if known is not None:
            data = {
                **known.marks,
                "cards": known.card_ids,
                "question_answered": known.question_answered,
                "next_step": known.next_step,
                "would_take_again": known.would_take_again,
                "text": known.text,
            }
        form = cls(data=data)
        if role is PartyRole.PARTICIPANT:
            del form.would_take_again
        else:
            del form.next_step
        vocabulary = cards_by_id()
        form.cards.choices = [(card, local_name(vocabulary[card])) for card in SEEN_AT_WORK]
        if role is PartyRole.PARTICIPANT:
            form.cards.label.text = gettext("What strengths did you use?")
        return form

    def view(self, language: str) -> View:
        """Return what was told as plain values."""
        marks = {statement: Scale(self[statement.value].data) for statement in Statement if self[statement.value].data}
        return View(
            marks=marks,
            card_ids=self.cards.data or (),
            question_answered=QuestionAnswered(self.question_answered.data) if self.question_answered.data else None,
            next_step=NextStep(self.next_step.data) if "next_step" in self and self.next_step.data else None,
            would_take_again=(
                WouldTake(self.would_take_again.data)
                if "would_take_again" in self and self.would_take_again.data
                else None
            ),
            text=self.text.data,
            language=language,
        )

    def too_many_cards(self) -> bool:
        """Say so when more strengths were chosen than are kept."""
        if len(self.cards.data or ()) <= MOST_CARDS:
            return False
        self.cards.errors = [gettext("Choose at most eight strengths.")]
        return True


class ReplyForm(Form):
    """How the other side sees it differently."""

    reply = LongTextField(_l("I see it differently"), longest=1000)
