"""Verbs of the closing: the view of each side, a word back, strengths taken along, answers months later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.clock import in_helsinki, today_in_helsinki, utcnow
from placement.employers.hidden_jobs.services import hear_of
from placement.errors import DomainError, TransitionNotAllowed
from placement.i18n import gettext, in_language
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.evidence import Observed, add_observed_strengths
from placement.jobseekers.models import EvidencePlace, Youth
from placement.placements.closing.models import (
    AfterCare,
    AfterCareAnswer,
    ClosingView,
    NextStep,
    QuestionAnswered,
    Scale,
    Statement,
    WouldTake,
)
from placement.placements.closing.queries import after_care_of_code, view_of
from placement.placements.kinds import UNPAID, PartyRole
from placement.placements.models import Placement
from placement.placements.states import PlacementState
from placement.placements.support_plan.dates import StepCode
from placement.placements.support_plan.models import StepState
from placement.placements.support_plan.queries import find_step, wants_no_after_care
from placement.placements.support_plan.services import take_support_step
from placement.vocabulary import cards_by_id

MOST_CARDS = 8
CLOSES_IN = frozenset({PlacementState.RUNNING, PlacementState.ENDING, PlacementState.ENDED, PlacementState.INTERRUPTED})


@dataclass(frozen=True, slots=True)
class View:
    """What one side tells at the end."""

    marks: Mapping[Statement, Scale] = field(default_factory=dict)
    card_ids: Iterable[str] = ()
    question_answered: QuestionAnswered | None = None
    next_step: NextStep | None = None
    would_take_again: WouldTake | None = None
    text: str = ""
    language: str = "fi"


def give_view(session: Session, placement: Placement, *, role: PartyRole, view: View, actor: Actor) -> ClosingView:
    """Keep how a side sees a placement loaded whole; giving it again replaces it until the other side has answered.

    When the employer would take somebody again, a need to ask about is noted for the worker in charge, once.
    Raises TransitionNotAllowed before the start, DomainError for cards that are not strengths or too many.
    """
    if placement.state not in CLOSES_IN:
        raise TransitionNotAllowed(_l("The end is told once it has started."))
    cards = list(dict.fromkeys(view.card_ids))
    if len(cards) > MOST_CARDS or any(card not in cards_by_id() for card in cards):
        raise DomainError(_l("Choose at most eight strengths."), code="closing_cards")
    row = view_of(session, placement.id, role)
    if row is not None and (row.replied_at is not None or row.taken_cards):
        raise TransitionNotAllowed(_l("The other side has answered this already. Talk with Ohjaamo to change it."))
    asked_before = row is not None and row.would_take_again is WouldTake.YES
    if row is None:
        row = ClosingView(placement_id=placement.id, role=role, taken_cards=[])
        session.add(row)
    row.marks = {statement.value: mark.value for statement, mark in view.marks.items()}
    row.card_ids, row.text, row.language = cards, view.text, view.language
    row.question_answered = view.question_answered
    row.next_step = view.next_step if role is PartyRole.PARTICIPANT else None
    row.would_take_again = view.would_take_again if role is PartyRole.ORGANISER else None
    row.given_at, row.given_by = utcnow(), actor.kind
    _note(session, placement, "placement.view_given", actor, role=role.value)
    if row.would_take_again is WouldTake.YES and not asked_before:
        _note_need(session, placement)
    return row


def _note_need(session: Session, placement: Placement) -> None:
    worker = placement.owner or placement.youth.one_adult
    if worker is None:
        return
    with in_language(worker.language):
        heard = gettext("Would take somebody again for this work: %(title)s", title=placement.title)
    hear_of(session, employer=placement.employer, staff=worker, heard=heard, next_on=today_in_helsinki())


def reply_to_view(session: Session, view: ClosingView, *, placement: Placement, text: str, actor: Actor) -> ClosingView:
    """Keep how the other side sees it differently, beside the view and as worth as it."""
    view.reply, view.replied_at = text, utcnow()
    _note(session, placement, "placement.view_replied", actor, role=view.role.value)
    return view


def take_strengths(
    session: Session, view: ClosingView, *, placement: Placement, youth: Youth, card_ids: Iterable[str], actor: Actor
) -> ClosingView:
    """Take strengths that the workplace saw to the profile, as the young person said yes to them.

    Each is kept with where it showed and who saw it. The answers of the young person must be loaded. A card is
    taken only if the workplace had seen it.
    """
    if view.role is not PartyRole.ORGANISER:
        raise TransitionNotAllowed(_l("These are your own words already."))
    chosen = [card for card in view.card_ids if card in set(card_ids)]
    add_observed_strengths(
        session,
        youth,
        [Observed(card) for card in chosen],
        young_person_said_yes=True,
        place=EvidencePlace.TRIAL if placement.kind in UNPAID else EvidencePlace.JOB,
        seen_by=placement.employer.name,
        observed_on=in_helsinki(view.given_at).date(),
        actor=actor,
    )
    view.taken_cards = sorted({*view.taken_cards, *chosen})
    _note(session, placement, "placement.strengths_taken", actor)
    return view


def answer_after_care(
    session: Session, placement: Placement, code: StepCode, *, answer: AfterCareAnswer, actor: Actor
) -> AfterCare:
    """Keep what somebody does 1, 3 or 6 months after; the step of the support plan is then taken.

    Raises TransitionNotAllowed when the young person has asked not to be asked, unless a worker knows it.
    """
    if wants_no_after_care(session, placement.id):
        raise TransitionNotAllowed(_l("These questions have been stopped."))
    row = after_care_of_code(session, placement.id, code)
    if row is None:
        row = AfterCare(placement_id=placement.id, code=code)
        session.add(row)
    row.answer, row.answered_at, row.answered_by = answer, utcnow(), actor.kind
    _note(session, placement, "placement.after_care_answered", actor, code=code.value, answer=answer.value)
    step = find_step(session, placement.id, code)
    if step is not None and step.state is StepState.OPEN:
        take_support_step(session, step, placement=placement, note="", minutes=0, actor=actor)
    return row


def _note(session: Session, placement: Placement, action: str, actor: Actor, **changes: Any) -> None:
    record(session, actor=actor, action=action, about=placement, youth_id=placement.youth_id, changes=changes)
