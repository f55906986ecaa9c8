"""What a worker sees of an introduction: where it is, the one next step, what has happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from placement.clock import in_helsinki, today_in_helsinki, utcnow
from placement.i18n import LazyString, format_day, format_instant, gettext
from placement.i18n import lazy_gettext as _l
from placement.introductions.card import CardView, approval_now, card_view, guardian_is_needed, texts_of
from placement.introductions.models import CardApproval, Introduction
from placement.introductions.states import IntroductionAction, IntroductionState, Party, possible_actions
from placement.web.introduction.page import MeetingView, TimeChoice, meeting_view, time_choices

_S = IntroductionState
_A = IntroductionAction
TAG_STYLES = {
    _S.AGREED: "ok",
    _S.CHOSEN: "ok",
    _S.PLACED: "ok",
    _S.DRAFT: "info",
    _S.ASKED: "warn",
    _S.GUARDIAN: "warn",
    _S.APPROVED: "warn",
    _S.SENT: "warn",
    _S.TIMES: "warn",
}
DONE: dict[IntroductionAction, LazyString] = {
    _A.CHANGE: _l("The card was changed"),
    _A.CHANGE_OWN: _l("The young person changed the card"),
    _A.ASK: _l("The young person was asked"),
    _A.APPROVE: _l("The young person said yes to the card"),
    _A.APPROVE_AS_MINOR: _l("The young person said yes to the card"),
    _A.REFUSE: _l("The young person said no to the card"),
    _A.GUARDIAN_YES: _l("The guardian gave permission"),
    _A.GUARDIAN_NO: _l("The guardian did not give permission"),
    _A.SEND: _l("The card was sent to the employer"),
    _A.WANT_TO_MEET: _l("The employer wants to meet and proposed times"),
    _A.SAY_NOT_NOW: _l("The employer said: not now"),
    _A.DECLINE: _l("The employer said no"),
    _A.PICK_TIME: _l("A time was agreed"),
    _A.ASK_OTHER_TIMES: _l("None of the times suited"),
    _A.CANCEL_MEETING: _l("The time was cancelled"),
    _A.MEET_AGAIN: _l("They meet again"),
    _A.CHOOSE: _l("It leads to a placement"),
    _A.END: _l("They met, no placement this time"),
    _A.HAND_ON: _l("The placement began"),
    _A.REVOKE: _l("The card was taken back"),
    _A.WITHDRAW: _l("Ohjaamo ended it"),
    _A.EXPIRE: _l("The approval ran out"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of what has happened."""

    state: str
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class StaffPage:
    """The page of one introduction."""

    introduction: Introduction
    variant: str
    card: CardView
    can: frozenset[str]
    approval: CardApproval | None
    approvals: list[CardApproval]
    until: date | None
    needs_guardian: bool
    guardian_signed: CardApproval | None
    times: list[TimeChoice]
    meeting: MeetingView | None
    meeting_is_over: bool
    is_late: bool
    waits_for_telling: bool
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Line:
    """One introduction in a list."""

    title: str
    language: str
    employer: str
    state: LazyString
    variant: str
    url: str
    since: datetime


def staff_page(introduction: Introduction) -> StaffPage:
    """Return what the page shows; the buttons come from the table of transitions."""
    approval = approval_now(introduction)
    guardians = [one for one in introduction.approvals if one.signer.value == "guardian" and one.revoked_at is None]
    meeting_at = introduction.meeting_at
    return StaffPage(
        introduction=introduction,
        variant=TAG_STYLES.get(introduction.state, "neutral"),
        card=card_view(texts_of(introduction), introduction.card_language),
        can=frozenset(action.value for action in possible_actions(introduction.state, Party.WORKER)),
        approval=approval,
        approvals=list(reversed(introduction.approvals)),
        until=in_helsinki(approval.expires_at).date() if approval and approval.expires_at else None,
        needs_guardian=guardian_is_needed(introduction.youth),
        guardian_signed=guardians[-1] if guardians else None,
        times=time_choices(introduction) if introduction.state is _S.TIMES else [],
        meeting=meeting_view(introduction),
        meeting_is_over=meeting_at is not None and meeting_at <= utcnow(),
        is_late=introduction.state is _S.SENT
        and introduction.answer_by is not None
        and introduction.answer_by < today_in_helsinki(),
        waits_for_telling=introduction.state is _S.DECLINED and introduction.youth_told_at is None,
        steps=[_step(introduction, number) for number in range(len(introduction.events) - 1, -1, -1)],
    )


def introduction_lines(introductions: Sequence[Introduction]) -> list[Line]:
    """Return introductions as lines of a list."""
    return [
        Line(
            title=one.offer.title,
            language=one.offer.language,
            employer=one.offer.employer.name,
            state=one.state.label,
            variant=TAG_STYLES.get(one.state, "neutral"),
            url=url_for("introduce.show", youth_id=one.youth_id, introduction_id=one.id),
            since=one.state_since,
        )
        for one in introductions
    ]


def _step(introduction: Introduction, number: int) -> Step:
    event = introduction.events[number]
    who = {
        Party.WORKER: gettext("written down at Ohjaamo"),
        Party.YOUTH: gettext("on their own page"),
        Party.GUARDIAN: gettext("through the guardian’s link"),
        Party.EMPLOYER: gettext("through the employer’s link"),
        Party.SERVICE: gettext("by itself"),
    }[event.party]
    return Step("done", str(DONE[event.action]), f"{format_instant(event.at)} · {who}")


def ready_words(name: str, title: str) -> str:
    """Return kind words, ready to be said, for somebody whose place has gone to another."""
    return str(
        gettext(
            "Hi %(name)s! The place “%(title)s” has gone to somebody else. It is not because of you: "
            "you did well to say that it interested you. I look for the next one with you. When can we talk?",
            name=name,
            title=title,
        )
    )


def answered_words(introduction: Introduction) -> str:
    """Return when the employer answered, in words."""
    if introduction.ask_again_on is not None:
        return str(gettext("May be asked again %(day)s", day=format_day(introduction.ask_again_on)))
    return ""
