"""What waits in the introductions of a worker's young people: promised days, answers to tell, meetings to ask about."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for

from placement.accounts.models import Staff
from placement.clock import in_helsinki, today_in_helsinki
from placement.db import ServiceSession
from placement.i18n import format_instant, gettext
from placement.introductions.models import Introduction
from placement.introductions.queries import introductions_of_worker, others_of_taken_places
from placement.introductions.states import IntroductionState
from placement.suggestions.models import Suggestion

_S = IntroductionState
MOST = 50
PATIENCE = timedelta(days=3)
"""After so many days somebody asks kindly how it feels; before that an answer may take its time."""
MEETINGS_AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do on a day."""

    on: date
    text: str
    detail: str
    label: str
    url: str


def due_introductions(session: ServiceSession, staff: Staff) -> list[Due]:
    """Return what a worker should do about introductions, in four queries however many there are."""
    today = today_in_helsinki()
    found = [_due(one) for one in introductions_of_worker(session, staff.id, limit=MOST)]
    latest = {True: today + MEETINGS_AHEAD, False: today}
    lines = [due for one, due in found if due.on <= latest[one.state is _S.AGREED]]
    return lines + [_kind_word(one, today) for one in others_of_taken_places(session, staff.id, limit=MOST)]


def _due(one: Introduction) -> tuple[Introduction, Due]:
    on, text, label = _what(one)
    page = "placements.add" if one.state is _S.CHOSEN else "introduce.show"
    url = url_for(page, youth_id=one.youth_id, introduction_id=one.id)
    return one, Due(on, text, f"{one.offer.title} · {one.offer.employer.name}", label, url)


def _what(one: Introduction) -> tuple[date, str, str]:
    since = in_helsinki(one.state_since).date()
    names = {"name": one.youth.short_name, "employer": one.offer.employer.name, "contact": one.contact.name}
    meeting = one.meeting_at
    if one.state is _S.AGREED and meeting is not None:
        when = format_instant(meeting)
        text = gettext("%(name)s and %(contact)s meet %(when)s: how did it go?", when=when, **names)
        return in_helsinki(meeting).date(), text, gettext("Open")
    told: dict[IntroductionState, tuple[date, str, str]] = {
        _S.DRAFT: (since + timedelta(days=1), gettext("Finish the card of %(name)s", **names), gettext("Go on")),
        _S.ASKED: (
            since + PATIENCE,
            gettext("%(name)s has not decided about the card yet: ask how it feels", **names),
            gettext("Open"),
        ),
        _S.GUARDIAN: (
            since + PATIENCE,
            gettext("The guardian of %(name)s has not answered yet", **names),
            gettext("Open"),
        ),
        _S.APPROVED: (since, gettext("%(name)s said yes to the card: send it", **names), gettext("Send")),
        _S.SENT: (
            one.answer_by or since,
            gettext("%(contact)s was to answer about %(name)s by this day", **names),
            gettext("Call"),
        ),
        _S.NOT_NOW: (
            one.ask_again_on or since + 10 * PATIENCE,
            gettext("Ask %(contact)s again about %(name)s", **names),
            gettext("Call"),
        ),
        _S.TIMES: (since + PATIENCE, gettext("%(name)s has not chosen a time yet", **names), gettext("Open")),
        _S.CHOSEN: (
            since,
            gettext("%(name)s goes on at %(employer)s: make the placement ready", **names),
            gettext("Plan a placement"),
        ),
        _S.DECLINED: (
            since,
            gettext("Tell %(name)s yourself what %(employer)s answered", **names),
            gettext("Open"),
        ),
    }
    return told[one.state]


def _kind_word(suggestion: Suggestion, today: date) -> Due:
    return Due(
        today,
        gettext("Tell %(name)s that the place has gone", name=suggestion.youth.short_name),
        f"{suggestion.offer.title} · {suggestion.offer.employer.name}",
        gettext("Open"),
        url_for("introduce.tell_kindly", youth_id=suggestion.youth_id, suggestion_id=suggestion.id),
    )
