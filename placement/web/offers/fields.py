"""Fields and checks that the forms of staff and of employers share."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from placement.i18n import LabelledEnum, gettext, local_name, sort_key
from placement.offers.rule_texts import text_of
from placement.rules.answers import RuleAnswer
from placement.rules.sensitive_text import find_contact_details
from placement.vocabulary import families_by_id
from placement.web.forms import LONGEST_TEXT


class TicksField(SelectMultipleField):  # type: ignore[misc]
    """Several choices to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def no_contact_details(_form: FlaskForm, field: Field) -> None:
    """Refuse phone numbers and e-mail addresses where everybody reads them."""
    text = (field.data or "")[:LONGEST_TEXT]  # longer ones are refused anyway, and looking through them takes long
    if find_contact_details(text):
        text = gettext("Leave out phone numbers and e-mail addresses. Young people reach you through Ohjaamo.")
        raise ValidationError(text)


def family_choices() -> list[tuple[str, str]]:
    """Return the task families by name in the reader's language, with a first empty choice."""
    named = [(family.id, local_name(family)) for family in families_by_id().values()]
    return [("", gettext("Not chosen yet")), *sorted(named, key=lambda pair: sort_key(pair[1]))]


def enum_choices(members: Any) -> list[tuple[str, Any]]:
    """Return the members of an enum as choices of their plain values."""
    return [(member.value, member.label) for member in members if isinstance(member, LabelledEnum)]


def put_beside_fields(form: FlaskForm, answers: list[RuleAnswer]) -> None:
    """Write what the rules refuse beside the field it is about; above the form when it is about none of them."""
    for answer in answers:
        text = text_of(answer.code, answer.slots)
        field = form._fields.get(answer.field)
        if field is None:
            form.form_errors.append(text)
        else:
            field.errors = [*field.errors, text]
