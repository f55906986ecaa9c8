"""Introductions for the tests, each walked to its state by the services of the product."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import Actor
from placement.clock import today_in_helsinki, utcnow
from placement.employers.models import EmployerContact
from placement.introductions.answers import decline, pick_time, propose_times
from placement.introductions.models import DeclineReason, Introduction, MeetingKind
from placement.introductions.queries import get_introduction
from placement.introductions.services import (
    answer_as_guardian,
    approve_card,
    ask_youth,
    change_card,
    make_introduction,
    send_card,
)
from placement.introductions.states import IntroductionState, Party
from placement.jobseekers.models import Youth
from placement.suggestions.models import Suggestion
from placement.suggestions.queries import get_suggestion
from placement.suggestions.states import SuggestionState
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth

_S = IntroductionState
STRENGTHS = "I make good coffee\nI come on time"
HOURS = "20 hours a week, mornings"


def make_draft(
    session: Session,
    *,
    staff: Staff | None = None,
    youth: Youth | None = None,
    suggestion: Suggestion | None = None,
    contact: EmployerContact | None = None,
    extra: str = "",
) -> Introduction:
    """The card of Aino, who wants to hear more of a café, for its contact person."""
    staff = staff or make_staff(session)
    if suggestion is None:
        offer = make_offer(session, make_employer(session, staff.centre))
        youth = youth or make_youth(session, staff)
        suggestion = make_suggestion(session, youth=youth, offer=offer, made_by=staff, state=SuggestionState.INTERESTED)
    session.flush()
    session.expire_all()
    found = get_suggestion(session, suggestion.id, youth_id=suggestion.youth_id)
    assert found is not None
    session.refresh(found.youth, ["answers", "own_words"])
    contact = contact or make_contact(session, found.offer.employer)
    actor = Actor.staff(staff)
    made = loaded(session, make_introduction(session, suggestion=found, contact=contact, actor=actor))
    change_card(session, made, version=1, strengths=STRENGTHS, hours=HOURS, extra=extra, actor=actor)
    return loaded(session, made)


def loaded(session: Session, introduction: Introduction) -> Introduction:
    """The introduction as a page loads it."""
    session.flush()
    found = get_introduction(session, introduction.id, youth_id=introduction.youth_id, lock=True)
    assert found is not None
    return found


def walk(session: Session, introduction: Introduction, to: IntroductionState, *, staff: Staff) -> Introduction:
    """Take the usual steps until the introduction is in a state on the way to an agreed meeting."""
    worker, today = Actor.staff(staff), today_in_helsinki()
    youth = Actor.youth(introduction.youth_id, introduction.centre_id)
    employer = Actor.employer(introduction.contact_id, introduction.centre_id)

    def sign() -> None:
        until = today + timedelta(days=30)
        approve_card(session, introduction, version=introduction.card_version, until=until, actor=youth)

    def guard() -> None:
        answer_as_guardian(
            session,
            introduction,
            version=introduction.card_version,
            is_yes=True,
            signed_name="Pirkko",
            actor=Actor.system(introduction.centre_id),
            party=Party.GUARDIAN,
        )

    def propose() -> None:
        propose_times(
            session,
            introduction,
            times=[utcnow() + timedelta(days=days) for days in (3, 4)],
            minutes=30,
            kind=MeetingKind.WORKPLACE,
            place="Back door",
            actor=employer,
        )

    steps: dict[IntroductionState, Callable[[], object]] = {
        _S.DRAFT: lambda: ask_youth(session, introduction, actor=worker),
        _S.ASKED: sign,
        _S.GUARDIAN: guard,
        _S.APPROVED: lambda: send_card(session, introduction, answer_by=today + timedelta(days=7), actor=worker),
        _S.SENT: propose,
        _S.TIMES: lambda: pick_time(session, introduction, time_id=introduction.times[0].id, actor=youth),
    }
    while introduction.state is not to:
        steps[introduction.state]()
        session.flush()
    return introduction


def make_introduced(
    session: Session,
    *,
    state: IntroductionState = _S.SENT,
    staff: Staff | None = None,
    youth: Youth | None = None,
    suggestion: Suggestion | None = None,
    contact: EmployerContact | None = None,
    extra: str = "",
) -> Introduction:
    """An introduction in a state on the way to an agreed meeting, or declined."""
    staff = staff or make_staff(session)
    made = make_draft(session, staff=staff, youth=youth, suggestion=suggestion, contact=contact, extra=extra)
    if state is not _S.DECLINED:
        return walk(session, made, state, staff=staff)
    walk(session, made, _S.SENT, staff=staff)
    decline(
        session,
        made,
        reason=DeclineReason.TAKEN,
        text_for_youth="You seem nice",
        text_for_worker="Call in spring",
        actor=Actor.employer(made.contact_id, made.centre_id),
    )
    session.flush()
    return made
