"""What the pages of an introduction show."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from placement.clock import in_helsinki
from placement.i18n import LazyString, format_day, format_instant, gettext
from placement.i18n import lazy_gettext as _l
from placement.introductions.card import CardView, approval_now, card_view, texts_of
from placement.introductions.messages import meeting_where
from placement.introductions.models import CardApproval, Introduction
from placement.introductions.states import IntroductionAction, IntroductionState, Party, is_possible
from placement.suggestions.presenting import employer_line

_S = IntroductionState
_A = IntroductionAction

IN_PLAIN_WORDS: dict[IntroductionState, LazyString] = {
    _S.DRAFT: _l("Your own adult is making the card. Nothing is shown to anybody."),
    _S.ASKED: _l("Read the card. It is shown only if you say yes."),
    _S.GUARDIAN: _l("You said yes. Your guardian is asked as well before anything is shown."),
    _S.APPROVED: _l("You said yes. Your own adult sends the card."),
    _S.SENT: _l("The employer has the card. We wait for their answer."),
    _S.NOT_NOW: _l("The employer cannot meet just now. We ask again later. It is not because of you."),
    _S.TIMES: _l("The employer wants to meet you! Choose a time that suits you."),
    _S.AGREED: _l("You have a meeting."),
    _S.CHOSEN: _l("Good news: this goes on. Your own adult tells you what comes next."),
    _S.PLACED: _l("Good news: this goes on. Your own adult tells you what comes next."),
    _S.REFUSED: _l("The card is not shown to anybody. That is fine."),
    _S.DECLINED: _l("It did not work out with this place. Your own adult talks with you about it."),
    _S.REVOKED: _l("The card was taken back. The employer sees nothing of you any more."),
    _S.WITHDRAWN: _l("This place has gone. It is not because of you."),
    _S.EXPIRED: _l("The time that you gave has run out. The employer sees nothing of you any more."),
    _S.ENDED: _l("You met, and it does not go on this time. We look for more places with you."),
}
"""Where things are, told to the young person: no name of a stage, no worry about what is not known yet."""


@dataclass(frozen=True, slots=True)
class TimeChoice:
    """One time that can be chosen."""

    id: int
    words: str


@dataclass(frozen=True, slots=True)
class IntroductionPage:
    """The page of the young person."""

    introduction: Introduction
    employer: str
    place: str
    card: CardView
    words: LazyString
    approval: CardApproval | None
    until: date | None
    times: list[TimeChoice]
    meeting: "MeetingView | None"
    may_change: bool
    may_answer: bool
    may_pick: bool
    may_cancel: bool
    may_revoke: bool
    told: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """The agreed meeting in words."""

    when: str
    minutes: int
    where: str


def youth_page(introduction: Introduction) -> IntroductionPage:
    """Return what the young person sees: the card as it may be shown, else as it is being made."""
    state = introduction.state
    approval = approval_now(introduction)
    texts = approval.texts if approval is not None else texts_of(introduction)
    is_told = state is _S.DECLINED and introduction.youth_told_at is not None

    def may(action: IntroductionAction) -> bool:
        return is_possible(state, action, Party.YOUTH)

    return IntroductionPage(
        introduction=introduction,
        employer=employer_line(introduction.offer),
        place=introduction.offer.title,
        card=card_view(texts, introduction.card_language),
        words=IN_PLAIN_WORDS[state],
        approval=approval,
        until=in_helsinki(approval.expires_at).date() if approval and approval.expires_at else None,
        times=time_choices(introduction) if may(_A.PICK_TIME) else [],
        meeting=meeting_view(introduction) if state is _S.AGREED else None,
        may_change=may(_A.CHANGE_OWN),
        # A draft is still being made: it can be answered once the young person is asked.
        may_answer=state is _S.ASKED,
        may_pick=may(_A.PICK_TIME),
        may_cancel=may(_A.CANCEL_MEETING),
        may_revoke=may(_A.REVOKE),
        told=introduction.text_for_youth if is_told else "",
    )


def time_choices(introduction: Introduction) -> list[TimeChoice]:
    """Return the proposed times in words, the earliest first."""
    return [TimeChoice(row.id, _when(row.starts_at)) for row in introduction.times]


def meeting_view(introduction: Introduction) -> MeetingView | None:
    """Return the agreed meeting in words, or None when there is none."""
    if introduction.meeting_at is None or introduction.meeting_minutes is None:
        return None
    return MeetingView(_when(introduction.meeting_at), introduction.meeting_minutes, str(meeting_where(introduction)))


def own_url(endpoint: str, token: str, introduction_id: int | None) -> str:
    """Return a page of an introduction, reached from its own link or from the young person's own page."""
    if introduction_id is None:
        return url_for(endpoint, token=token)
    return url_for(endpoint, token=token, introduction_id=introduction_id)


def promised_words(introduction: Introduction) -> str:
    """Return by when an answer is hoped for, in words."""
    if introduction.answer_by is None:
        return ""
    return str(gettext("We would be glad of an answer by %(day)s.", day=format_day(introduction.answer_by)))


def _when(instant: datetime) -> str:
    return format_instant(instant)
