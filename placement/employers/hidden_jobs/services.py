"""Verbs that change talks with employers and leads. ``move_lead`` is the only writer of ``lead.state``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import Actor, diff, record
from placement.clock import utcnow
from placement.employers.hidden_jobs.models import (
    FACE_TO_FACE,
    EmployerTalk,
    Lead,
    NeedPrompt,
    PromisedBy,
    TalkChannel,
)
from placement.employers.hidden_jobs.queries import leads_of_employer, open_steps_of_employer
from placement.employers.hidden_jobs.states import BEFORE_A_NEED, TRANSITIONS, LeadAction, LeadState
from placement.employers.merging.services import refuse_merged_away
from placement.employers.models import Employer
from placement.errors import ChangedMeanwhile, ReasonNeeded, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.vocabulary import guess_task_families

IN_OWN_WORDS = ("heard", "need", "drop_reason", "promise")


@dataclass(frozen=True, slots=True)
class NextStep:
    """What was promised, by whom, and the day on which the worker looks at it again."""

    on: date | None = None
    promise: str = ""
    promised_by: PromisedBy = PromisedBy.US


def log_talk(
    session: Session,
    *,
    employer: Employer,
    staff: Staff,
    held_on: date,
    channel: TalkChannel,
    step: NextStep,
    contact_id: int | None = None,
    needs: Mapping[NeedPrompt, str] | None = None,
    language: str = "fi",
    settles_earlier: bool = False,
) -> EmployerTalk:
    """Write down a talk. Each answer to the three questions becomes a need note of the worker with the same date.

    The first need goes on with what was heard of the employer before, so that the thread stays one.
    ``settles_earlier`` marks the steps that were open as done. ``language`` is that of the answers.
    """
    actor = Actor.staff(staff)
    refuse_merged_away(session, employer.id)
    if employer.asks_again_on is not None and employer.asks_again_on <= held_on:
        employer.asks_again_on = None  # they were asked again, as they had wished
    if settles_earlier:
        for earlier in open_steps_of_employer(session, employer.id):
            settle_step(session, talk=earlier, actor=actor)
    talk = EmployerTalk(
        centre_id=employer.centre_id,
        employer_id=employer.id,
        contact_id=contact_id,
        staff_id=staff.id,
        held_on=held_on,
        channel=channel,
        promise=step.promise,
        promised_by=step.promised_by if step.promise else None,
        next_on=step.on,
        next_owner_id=staff.id if step.on else None,
        created_at=utcnow(),
    )
    session.add(talk)
    record(session, actor=actor, action="employer.talk_logged", about=talk, changes={"employer_id": employer.id})
    told = {prompt: text for prompt, text in (needs or {}).items() if text}
    waiting = [lead for lead in reversed(leads_of_employer(session, employer.id)) if lead.state in BEFORE_A_NEED]
    _note_needs(session, talk=talk, told=told, waiting=waiting, language=language, actor=actor)
    action = LeadAction.VISIT if channel in FACE_TO_FACE else LeadAction.CONTACT
    for lead in waiting[len(told) :]:
        if lead.state in TRANSITIONS[action].sources:
            move_lead(session, lead=lead, action=action, actor=actor)
    return talk


def _note_needs(
    session: Session,
    *,
    talk: EmployerTalk,
    told: Mapping[NeedPrompt, str],
    waiting: list[Lead],
    language: str,
    actor: Actor,
) -> None:
    families = guess_task_families([(text, "", language) for text in told.values()]) if told else []
    for place, ((prompt, text), family) in enumerate(zip(told.items(), families, strict=True)):
        lead = waiting[place] if place < len(waiting) else _unsaved_lead(talk)
        lead.talk_id, lead.prompt, lead.need, lead.task_family = talk.id, prompt, text, family
        lead.owner_id, lead.next_on = talk.staff_id, talk.next_on
        session.add(lead)
        move_lead(session, lead=lead, action=LeadAction.NOTE, actor=actor)


def hear_of(session: Session, *, employer: Employer, staff: Staff, heard: str, next_on: date | None) -> Lead:
    """Keep what was heard of a possible job before anybody has talked with the employer."""
    refuse_merged_away(session, employer.id)
    lead = Lead(
        centre_id=employer.centre_id,
        employer_id=employer.id,
        heard=heard,
        owner_id=staff.id,
        next_on=next_on,
        state=LeadState.HEARD,
        state_since=utcnow(),
    )
    session.add(lead)
    record(session, actor=Actor.staff(staff), action="lead.heard", about=lead)
    return lead


def edit_lead(session: Session, *, lead: Lead, version: int, actor: Actor, **fields: Any) -> Lead:
    """Change a need note, its owner or its date; raise ChangedMeanwhile. A first need makes it noted."""
    if lead.version != version:
        raise ChangedMeanwhile(_l("Somebody else has changed this need. Look at what it says now."))
    for name, value in fields.items():
        setattr(lead, name, value)
    changes = _without_words(diff(lead))
    if changes:
        record(session, actor=actor, action="lead.changed", about=lead, changes=changes)
    if lead.need and lead.state in BEFORE_A_NEED:
        move_lead(session, lead=lead, action=LeadAction.NOTE, actor=actor)
    return lead


def drop_lead(session: Session, *, lead: Lead, actor: Actor, reason: str) -> Lead:
    """Note that a lead came to nothing, and why."""
    return move_lead(session, lead=lead, action=LeadAction.DROP, actor=actor, reason=reason)


def settle_step(session: Session, *, talk: EmployerTalk, actor: Actor) -> EmployerTalk:
    """Mark the next step of a talk as done; one that is done stays as it was."""
    if talk.next_on is None:
        raise TransitionNotAllowed(_l("Nothing was agreed in this talk."))
    if talk.next_done_at is None:
        talk.next_done_at = utcnow()
        record(session, actor=actor, action="employer.step_done", about=talk)
    return talk


def steps_and_leads_go_to(session: Session, *, employer_id: int, former_id: int, next_id: int) -> None:
    """Let another worker have the open steps and leads that a former contact of an employer had."""
    for talk in open_steps_of_employer(session, employer_id):
        if talk.next_owner_id == former_id:
            talk.next_owner_id = next_id
    for lead in leads_of_employer(session, employer_id):
        if lead.owner_id == former_id:
            lead.owner_id = next_id


def move_lead(session: Session, *, lead: Lead, action: LeadAction, actor: Actor, reason: str = "") -> Lead:
    """Take one step in the life of a lead; raise TransitionNotAllowed or ReasonNeeded."""
    transition = TRANSITIONS[action]
    if lead.state not in transition.sources:
        raise TransitionNotAllowed(_l("This step is not possible any more. Open the need again to see where it is."))
    if transition.needs_reason and not reason.strip():
        raise ReasonNeeded(_l("Write the reason."))
    source = lead.state
    lead.state, lead.state_since = transition.target, utcnow()
    lead.drop_reason = reason.strip() if transition.target is LeadState.DROPPED else ""
    if action is LeadAction.TAKE_UP and not lead.need:
        lead.need = lead.heard
    record(
        session,
        actor=actor,
        action=f"lead.{action.value}",
        about=lead,
        changes={"state": [source.value, transition.target.value]},
    )
    return lead


def _unsaved_lead(talk: EmployerTalk) -> Lead:
    return Lead(
        centre_id=talk.centre_id,
        employer_id=talk.employer_id,
        heard="",
        state=LeadState.HEARD,
        state_since=utcnow(),
    )


def _without_words(changes: dict[str, Any]) -> dict[str, Any]:
    # What somebody told is in their own words: the log says only that it changed.
    return {name: "changed" if name in IN_OWN_WORDS else value for name, value in changes.items()}
