"""Introductions of the invented young people, each at another point on the way from a card to a meeting."""

from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from placement.audit.models import ActorKind
from placement.clock import helsinki_instant, in_helsinki, next_working_day
from placement.demo.scene import Scene
from placement.demo.suggestions import suggest
from placement.employers.models import EmployerContact
from placement.introductions.card import draft_hours, draft_strengths, guardian_is_needed
from placement.introductions.models import (
    CardApproval,
    DeclineReason,
    Introduction,
    IntroductionEvent,
    MeetingKind,
    ProposedTime,
    Signer,
)
from placement.introductions.states import TRANSITIONS, IntroductionAction, IntroductionState, Party
from placement.jobseekers.models import Youth
from placement.offers.models import Offer
from placement.offers.states import OPEN_STATES
from placement.suggestions.adapter import fits_for
from placement.suggestions.models import Suggestion
from placement.suggestions.states import SuggestionState

_S, _A = IntroductionState, IntroductionAction
_YES = (_A.ASK, _A.APPROVE)
_SENT = (*_YES, _A.SEND)
PATHS: dict[IntroductionState, tuple[IntroductionAction, ...]] = {
    _S.ASKED: (_A.ASK,),
    _S.GUARDIAN: (_A.ASK, _A.APPROVE_AS_MINOR),
    _S.APPROVED: _YES,
    _S.SENT: _SENT,
    _S.TIMES: (*_SENT, _A.WANT_TO_MEET),
    _S.AGREED: (*_SENT, _A.WANT_TO_MEET, _A.PICK_TIME),
    _S.DECLINED: (*_SENT, _A.DECLINE),
}
_ACTORS = {Party.WORKER: ActorKind.STAFF, Party.YOUTH: ActorKind.YOUTH, Party.EMPLOYER: ActorKind.EMPLOYER}
_DEEDS = {
    _A.APPROVE: Party.YOUTH,
    _A.APPROVE_AS_MINOR: Party.YOUTH,
    _A.PICK_TIME: Party.YOUTH,
    _A.WANT_TO_MEET: Party.EMPLOYER,
    _A.DECLINE: Party.EMPLOYER,
}
ON_THE_WAY = (_S.ASKED, _S.TIMES, _S.AGREED, _S.DECLINED, _S.APPROVED)
_HOLDS, _ANSWER_WITHIN, _MEETING = timedelta(days=30), timedelta(days=5), 30
_WORDS = {
    "fi": ("Kiitos kortista! Saimme tekijän jo muualta.", "Soittakaa keväällä uudestaan."),
    "sv": ("Tack för kortet! Vi fick redan någon annanstans ifrån.", "Ring gärna igen i vår."),
}


def add_introductions(scene: Scene) -> None:
    """Introduce some who said yes, and one young person to the contact person whose page the demo opens."""
    query = select(Suggestion).where(
        Suggestion.centre_id == scene.centre.id, Suggestion.state == SuggestionState.INTERESTED
    )
    around = selectinload(Suggestion.youth), selectinload(Suggestion.offer)
    introduced: set[int] = set()
    states, for_minors = list(ON_THE_WAY), [_S.GUARDIAN]
    for suggestion in scene.session.scalars(query.options(*around).order_by(Suggestion.id)):
        is_minor = guardian_is_needed(suggestion.youth)
        waits_for_a_call = suggestion.followed_up_at is None and not is_minor
        left = for_minors if is_minor else states
        if left and not waits_for_a_call and suggestion.youth_id not in introduced:
            introduced.add(suggestion.youth_id)
            _introduce(scene, suggestion, left.pop(0))
    _introduce_to_the_first(scene, introduced)


def _introduce_to_the_first(scene: Scene, introduced: set[int]) -> None:
    """Let the first employer have a card to answer, of somebody whom one of its places suits."""
    first = scene.businesses[0].employer.id
    places = {offer.id for offer in scene.offers if offer.employer_id == first and offer.state in OPEN_STATES}
    for youth in scene.young_people:
        is_free = youth.id not in introduced and youth.one_adult_id is not None and not youth.protected_contact
        if not is_free or guardian_is_needed(youth):
            continue
        ranking = fits_for(scene.session, youth)
        told = set(scene.session.scalars(select(Suggestion.offer_id).where(Suggestion.youth_id == youth.id)))
        fit = next((one for one in ranking.fits if one.offer.id in places - told and one.position is not None), None)
        if fit is not None:
            at = scene.at(4, 16, 20)
            made = suggest(scene, youth, fit, ranking, state=SuggestionState.INTERESTED, answered_at=at)
            scene.session.refresh(made, ["youth", "offer"])
            _introduce(scene, made, _S.SENT)
            return


def _introduce(scene: Scene, suggestion: Suggestion, state: IntroductionState) -> None:
    youth, offer = suggestion.youth, suggestion.offer
    contact = _contact_of(scene, offer)
    made_at = scene.at(3, 10, 15)
    made = Introduction(
        centre_id=scene.centre.id,
        youth_id=youth.id,
        offer_id=offer.id,
        suggestion_id=suggestion.id,
        contact_id=contact.id,
        made_by_id=suggestion.made_by_id,
        state=state,
        state_since=made_at,
        card_language=contact.language,
        strengths=draft_strengths(youth, contact.language),
        hours=draft_hours(youth, contact.language),
        meeting_uid=scene.inventor.uid(),
        created_at=made_at,
        updated_at=made_at,
    )
    suggestion.followed_up_at = suggestion.followed_up_at or made_at
    scene.session.add(made)
    steps = [(action, made_at + timedelta(hours=5 * number)) for number, action in enumerate(PATHS[state], start=1)]
    for action, at in steps:
        _stamp(scene, made, action, at, youth=youth, contact=contact)
    scene.session.flush()  # the log needs the id
    scene.log(
        "introduction.made",
        made,
        at=made_at,
        actor_kind=ActorKind.STAFF,
        actor_id=made.made_by_id,
        youth_id=youth.id,
    )
    for event in made.events:
        scene.log(
            f"introduction.{event.action.value}",
            made,
            at=event.at,
            actor_kind=_ACTORS[event.party],
            actor_id=event.actor_id,
            youth_id=youth.id,
            changes={"state": [event.source, event.target]},
        )


def _stamp(
    scene: Scene,
    made: Introduction,
    action: IntroductionAction,
    at: datetime,
    *,
    youth: Youth,
    contact: EmployerContact,
) -> None:
    party = _DEEDS.get(action, Party.WORKER)
    who = {Party.WORKER: made.made_by_id, Party.YOUTH: youth.id, Party.EMPLOYER: contact.id}[party]
    source = made.events[-1].target if made.events else _S.DRAFT.value
    target = TRANSITIONS[action].target
    made.events.append(
        IntroductionEvent(at=at, action=action, source=source, target=target.value, party=party, actor_id=who)
    )
    made.state_since = at
    if action in {_A.APPROVE, _A.APPROVE_AS_MINOR}:
        made.approvals.append(_approval(made, youth=youth, contact=contact, at=at))
    elif action is _A.SEND:
        made.sent_at, made.answer_by = at, next_working_day(in_helsinki(at).date() + _ANSWER_WITHIN)
    elif action is _A.WANT_TO_MEET:
        made.answered_at, made.meeting_kind = at, MeetingKind.WORKPLACE
        days = [next_working_day(scene.today + timedelta(days=ahead)) for ahead in (3, 6)]
        made.times = [
            ProposedTime(starts_at=helsinki_instant(day, time(hour)), minutes=_MEETING)
            for day, hour in zip(days, (10, 14), strict=True)
        ]
    elif action is _A.PICK_TIME:
        made.meeting_at, made.meeting_minutes, made.meeting_sequence = made.times[0].starts_at, _MEETING, 1
    elif action is _A.DECLINE:
        made.decline_reason, made.answered_at, made.ended_at = DeclineReason.TAKEN, at, at
        made.text_for_youth, made.text_for_worker = _WORDS["sv" if contact.language == "sv" else "fi"]


def _approval(made: Introduction, *, youth: Youth, contact: EmployerContact, at: datetime) -> CardApproval:
    told = {"first_name": youth.first_name, "strengths": made.strengths, "hours": made.hours}
    texts = {field: text for field, text in told.items() if text}
    return CardApproval(
        signer=Signer.YOUTH,
        is_yes=True,
        card_version=1,
        language=made.card_language,
        fields=list(texts),
        texts=texts,
        contact_id=contact.id,
        receiver=f"{contact.name}, {contact.employer.name}",
        signed_at=at,
        expires_at=at + _HOLDS,
    )


def _contact_of(scene: Scene, offer: Offer) -> EmployerContact:
    known = {contact.id: contact for business in scene.businesses for contact in business.contacts}
    return known[offer.contact_id or 0]
