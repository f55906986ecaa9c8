"""Reads of a worker's young people together. The number of queries does not depend on how many they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from placement.accounts.models import Staff
from placement.audit.models import AuditEntry
from placement.caseload.models import HandOver
from placement.caseload.silence import FIRST_WEEKS, longest_silence
from placement.clock import in_helsinki
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.introductions.models import Introduction
from placement.introductions.states import IntroductionState
from placement.jobseekers.models import Youth
from placement.jobseekers.queries import STRENGTHS_NEEDED, quiet_since, strengths_told
from placement.placements.models import Placement
from placement.placements.states import ALIVE, AT_WORK
from placement.suggestions.models import Suggestion
from placement.suggestions.states import SuggestionState

STALLED_AFTER = timedelta(days=30)
CHANGES_OF_ADULT = ("youth.contact_changed", "youth.taken_over", "youth.handed_over")
A_YEAR, A_MONTH = timedelta(days=365), 30.4


class Standing(LabelledEnum):
    """Where a young person is, in the words of the caseload; the farthest along counts."""

    STRENGTHS = "strengths", _l("Strengths being found")
    READY = "ready", _l("Ready for suggestions")
    WAITING = "waiting", _l("Waiting for an answer")
    INTERESTED = "interested", _l("Wants to hear more")
    INTRODUCED = "introduced", _l("Being introduced")
    MEETING = "meeting", _l("Meeting agreed")
    PREPARING = "preparing", _l("Placement being prepared")
    PLACED = "placed", _l("On a placement")


@dataclass(frozen=True, slots=True)
class Continuity:
    """How long the own adult has been the same, and how many there have been within a year."""

    since: date
    months: int
    adults: int


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One young person of a worker."""

    youth: Youth
    strengths: int
    standing: Standing
    next_on: date | None
    quiet_days: int
    is_quiet: bool
    is_stalled: bool
    is_deputy: bool
    continuity: Continuity
    hand_over: HandOver | None


def caseload_of(session: Session, staff: Staff, *, on: date) -> list[CaseRow]:
    """Return every young person of a worker by name, with where they are and what is due."""
    query = select(Youth, strengths_told()).where(
        Youth.centre_id == staff.centre_id,
        Youth.is_active,
        or_(Youth.one_adult_id == staff.id, Youth.deputy_id == staff.id),
    )
    people = [(row[0], row[1]) for row in session.execute(query.order_by(Youth.sort_name, Youth.id))]
    ids = [youth.id for youth, _told in people]
    standings, moved = _standings(session, ids)
    placements = _placements(session, ids)
    promised = _promised(session, ids)
    continuity = continuity_of(session, [youth for youth, _told in people], on=on)
    hand_overs = {row.youth_id: row for row in open_hand_overs_of(session, ids)}
    return [
        _row(
            youth,
            told,
            on=on,
            staff_id=staff.id,
            standing=standings.get(youth.id),
            moved=moved.get(youth.id),
            placement=placements.get(youth.id),
            promised=promised.get(youth.id),
            continuity=continuity[youth.id],
            hand_over=hand_overs.get(youth.id),
        )
        for youth, told in people
    ]


def continuity_of(session: Session, young_people: Sequence[Youth], *, on: date) -> Mapping[int, Continuity]:
    """Return the continuity of each young person, read from the log of changes: it cannot be written over."""
    ids = [youth.id for youth in young_people]
    query = select(AuditEntry.youth_id, AuditEntry.at, AuditEntry.changes).where(
        AuditEntry.youth_id.in_(ids), AuditEntry.action.in_(CHANGES_OF_ADULT)
    )
    changes: dict[int, list[tuple[date, object, object]]] = {}
    for youth_id, at, change in session.execute(query.order_by(AuditEntry.at, AuditEntry.id)):
        pair = change.get("one_adult_id")
        if pair:
            changes.setdefault(youth_id, []).append((in_helsinki(at).date(), *pair))
    return {youth.id: _continuity(youth, changes.get(youth.id, []), on) for youth in young_people}


def open_hand_overs_of(session: Session, youth_ids: Iterable[int]) -> Sequence[HandOver]:
    """Return the hand-overs under way of some young people."""
    query = select(HandOver).where(HandOver.youth_id.in_(list(youth_ids)), *_open())
    return session.scalars(query.options(joinedload(HandOver.to_staff), joinedload(HandOver.from_staff))).all()


def hand_overs_of_worker(session: Session, staff_id: int) -> Sequence[HandOver]:
    """Return the hand-overs under way from or to a worker, the soonest first."""
    query = select(HandOver).where(or_(HandOver.from_id == staff_id, HandOver.to_id == staff_id), *_open())
    query = query.options(joinedload(HandOver.youth), joinedload(HandOver.from_staff), joinedload(HandOver.to_staff))
    return session.scalars(query.order_by(HandOver.takes_effect_on, HandOver.id)).all()


def find_hand_over(session: Session, youth_id: int, *, lock: bool = False) -> HandOver | None:
    """Return the hand-over under way of a young person, if any."""
    query = select(HandOver).where(HandOver.youth_id == youth_id, *_open())
    query = query.options(joinedload(HandOver.youth), joinedload(HandOver.from_staff), joinedload(HandOver.to_staff))
    return session.scalar(query.with_for_update(of=HandOver) if lock else query)


def hand_overs_due(session: Session, *, on: date) -> Sequence[int]:
    """Return the ids of the young people whose own adult changes by a day and who have been told."""
    query = select(HandOver.youth_id).where(*_open(), HandOver.takes_effect_on <= on, HandOver.told_at.is_not(None))
    return session.scalars(query.order_by(HandOver.id)).all()


def _open() -> tuple[ColumnElement[bool], ...]:
    return HandOver.done_at.is_(None), HandOver.cancelled_at.is_(None)


def _standings(session: Session, ids: Sequence[int]) -> tuple[dict[int, Standing], dict[int, date]]:
    """Return the farthest standing by suggestions and introductions, and the day something last moved."""
    found: dict[int, Standing] = {}
    moved: dict[int, date] = {}
    query = select(Suggestion.youth_id, Suggestion.state, Suggestion.sent_at, Suggestion.answered_at)
    for youth_id, state, sent_at, answered_at in session.execute(query.where(Suggestion.youth_id.in_(ids))):
        moved[youth_id] = max(moved.get(youth_id, date.min), in_helsinki(answered_at or sent_at).date())
        known = {SuggestionState.SENT: Standing.WAITING, SuggestionState.INTERESTED: Standing.INTERESTED}.get(state)
        if known is not None and found.get(youth_id) is not Standing.INTERESTED:
            found[youth_id] = known
    under_way = select(Introduction.youth_id, Introduction.state, Introduction.state_since, Introduction.ended_at)
    for youth_id, stage, since, ended_at in session.execute(under_way.where(Introduction.youth_id.in_(ids))):
        moved[youth_id] = max(moved.get(youth_id, date.min), in_helsinki(since).date())
        if ended_at is None and found.get(youth_id) is not Standing.MEETING:
            found[youth_id] = Standing.MEETING if stage is IntroductionState.AGREED else Standing.INTRODUCED
    return found, moved


def _placements(session: Session, ids: Sequence[int]) -> dict[int, tuple[bool, date]]:
    query = select(Placement.youth_id, Placement.state, Placement.starts_on).where(
        Placement.youth_id.in_(ids), Placement.state.in_(ALIVE)
    )
    return {youth_id: (state in AT_WORK, starts_on) for youth_id, state, starts_on in session.execute(query)}


def _promised(session: Session, ids: Sequence[int]) -> dict[int, date]:
    """Return the next day that an introduction waits for: the meeting, the promised answer, when to ask again."""
    query = select(
        Introduction.youth_id,
        Introduction.state,
        Introduction.meeting_at,
        Introduction.answer_by,
        Introduction.ask_again_on,
    ).where(Introduction.youth_id.in_(ids), Introduction.ended_at.is_(None))
    found: dict[int, date] = {}
    for youth_id, state, meeting_at, answer_by, ask_again_on in session.execute(query):
        day = {
            IntroductionState.AGREED: in_helsinki(meeting_at).date() if meeting_at else None,
            IntroductionState.SENT: answer_by,
            IntroductionState.NOT_NOW: ask_again_on,
        }.get(state)
        if day is not None:
            found[youth_id] = min(day, found.get(youth_id, date.max))
    return found


def _row(
    youth: Youth,
    strengths: int,
    *,
    on: date,
    staff_id: int,
    standing: Standing | None,
    moved: date | None,
    placement: tuple[bool, date] | None,
    promised: date | None,
    continuity: Continuity,
    hand_over: HandOver | None,
) -> CaseRow:
    if placement is not None:
        standing = Standing.PLACED if placement[0] else Standing.PREPARING
    elif standing is None:
        standing = Standing.READY if strengths >= STRENGTHS_NEEDED else Standing.STRENGTHS
    starts = placement[1] if placement is not None else None
    days = [day for day in (youth.next_on, promised, starts if standing is Standing.PREPARING else None) if day]
    is_new = placement is not None and placement[0] and on - placement[1] <= FIRST_WEEKS
    silent = (on - quiet_since(youth)).days
    return CaseRow(
        youth=youth,
        strengths=strengths,
        standing=standing,
        next_on=min(days) if days else None,
        quiet_days=silent,
        is_quiet=silent >= longest_silence(is_starting=is_new),
        is_stalled=_is_stalled(youth, standing, moved, max(days, default=None), on),
        is_deputy=youth.deputy_id == staff_id,
        continuity=continuity,
        hand_over=hand_over,
    )


def _is_stalled(youth: Youth, standing: Standing, moved: date | None, latest: date | None, on: date) -> bool:
    # Nothing is under way, nothing is planned, and nothing has happened for a month.
    if standing not in {Standing.STRENGTHS, Standing.READY} or (latest is not None and latest >= on):
        return False
    return on - max(moved or date.min, in_helsinki(youth.created_at).date()) > STALLED_AFTER


def _continuity(youth: Youth, changes: Sequence[tuple[date, object, object]], on: date) -> Continuity:
    since = changes[-1][0] if changes else in_helsinki(youth.created_at).date()
    year_ago = on - A_YEAR
    adults = {old for day, old, _new in changes if day >= year_ago and old is not None}
    adults |= {new for day, _old, new in changes if day >= year_ago and new is not None}
    if youth.one_adult_id is not None:
        adults.add(youth.one_adult_id)
    return Continuity(since, int((on - since).days / A_MONTH), len(adults))
