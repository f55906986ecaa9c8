"""What was suggested to the invented young people, with the real reasons of the ranking, and what they answered."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from placement.audit.models import ActorKind
from placement.demo.scene import Scene
from placement.jobseekers.models import Youth
from placement.notifications.models import Channel, Message, MessageState
from placement.offers.models import Offer, OfferEvent
from placement.offers.states import OfferAction, OfferState
from placement.suggestions.adapter import Fit, FitList, fits_for
from placement.suggestions.models import Suggestion, SuggestionEvent
from placement.suggestions.states import ANSWERED_STATES, SuggestionAction, SuggestionState

_S = SuggestionState
ACTIONS = {
    _S.INTERESTED: SuggestionAction.HEAR_MORE,
    _S.NOT_NOW: SuggestionAction.NOT_NOW,
    _S.NOT_FOR_ME: SuggestionAction.NOT_FOR_ME,
}
LOOKED_AT = 12
# The first answers to each worker: today (0) or yesterday (1), hour, earliest minute; some people are up late.
FRESH_ANSWERS = ((0, 0, 5), (0, 0, 30), (1, 20, 20), (1, 16, 5))
FRESH_STATES = (_S.INTERESTED, _S.NOT_NOW, _S.INTERESTED, _S.NOT_FOR_ME)
_NOTES = {
    "fi": ("Tätä juttelimme viimeksi.", "Täällä on mukava ohjaaja.", "Voin tulla mukaan tutustumaan.", "", ""),
    "sv": ("Det här pratade vi om senast.", "Här finns en trevlig handledare.", "Jag kan följa med på besök.", "", ""),
}
_WHY_NOT = {
    "fi": ("Liian pitkä matka", "Aika ei sovi nyt", "Haluan jotain muuta", ""),
    "sv": ("För lång väg", "Tiden passar inte nu", "Jag vill ha något annat", ""),
}
_TEXTS = {
    "fi": "Hei {name}! {sender} Ohjaamosta löysi sinulle paikan: {title}. Katso ja vastaa omasta linkistäsi.",
    "sv": "Hej {name}! {sender} på Navigatorn hittade en plats åt dig: {title}. Titta och svara via din egen länk.",
    "en": "Hi {name}! {sender} from Ohjaamo found a place for you: {title}. Look and answer through your own link.",
}
_SUBJECTS = {"fi": "Sinulle löytyi paikka", "sv": "En plats för dig", "en": "A place for you"}


def add_suggestions(scene: Scene, *, people: int, talks: int) -> None:
    """Suggest places to so many young people; some have answered, and some places are in talks because of it."""
    random = scene.random("suggestions")
    served = [youth for youth in scene.young_people if youth.one_adult_id is not None and len(youth.answers) >= 5]
    chosen = served[:people]
    scene.session.flush()  # the ranking reads the offers from the database
    lists = [(youth, fits_for(scene.session, youth, limit=LOOKED_AT)) for youth in chosen]
    talks_of: Counter[int] = Counter()
    answered: Counter[int] = Counter()
    for youth, ranking in lists:
        fits = list({fit.offer.title: fit for fit in ranking.fits if fit.position is not None}.values())
        chosen_fits = random.sample(fits, min(len(fits), random.choice((1, 1, 2, 2, 3))))
        for number, fit in enumerate(sorted(chosen_fits, key=lambda fit: fit.position or 0)):
            state, at = _answer(random, scene, youth, answered, may_be_fresh=number == 0)
            waits = youth is chosen[0] and number == len(chosen_fits) - 1  # a page of the demo with something to answer
            if waits or (state is _S.INTERESTED and talks_of[fit.offer.id] >= fit.offer.talks_cap * fit.offer.places):
                state, at = _S.SENT, None
            talks_of[fit.offer.id] += state is _S.INTERESTED
            suggest(scene, youth, fit, ranking, state=state, answered_at=at, random=random)
    _begin_talks(scene, [offer for offer in scene.offers if talks_of[offer.id]][:talks])


def _answer(
    random: Random, scene: Scene, youth: Youth, answered: Counter[int], *, may_be_fresh: bool
) -> tuple[SuggestionState, datetime | None]:
    worker = youth.one_adult_id or 0
    number = answered[worker]
    if may_be_fresh and number < len(FRESH_ANSWERS):
        answered[worker] += 1
        days_ago, hour, earliest = FRESH_ANSWERS[number]
        return FRESH_STATES[number], scene.at(days_ago, hour, earliest + random.randint(0, 19))
    state = random.choices((_S.SENT, _S.INTERESTED, _S.NOT_NOW, _S.NOT_FOR_ME), (60, 17, 13, 10))[0]
    if state is _S.SENT:
        return state, None
    return state, scene.at(random.randint(2, 14), random.randint(9, 20), random.randint(0, 59))


def suggest(
    scene: Scene,
    youth: Youth,
    fit: Fit,
    ranking: FitList,
    *,
    state: SuggestionState,
    answered_at: datetime | None,
    random: Random | None = None,
) -> Suggestion:
    """Suggest a place as a worker would have done some days ago, with the message that told of it."""
    random = random or scene.random(f"suggestion of {fit.offer.id} to {youth.id}")
    language = "sv" if youth.language == "sv" else "fi"
    sent_at = scene.at(random.randint(1, 12), random.randint(9, 15), random.randint(0, 59))
    if answered_at is not None:
        sent_at = answered_at - timedelta(hours=random.randint(3, 60))
    is_no = state in {_S.NOT_NOW, _S.NOT_FOR_ME}
    suggestion = Suggestion(
        centre_id=scene.centre.id,
        youth_id=youth.id,
        offer_id=fit.offer.id,
        made_by_id=youth.one_adult_id,
        state=state,
        band=fit.band,
        position=fit.position,
        considered=ranking.considered,
        reasons=[told.as_data() for told in fit.reasons],
        checks=[told.as_data() for told in fit.checks],
        versions=dict(ranking.versions),
        note=random.choice(_NOTES[language]),
        sent_at=sent_at,
        answered_at=answered_at,
        answer_reason=random.choice(_WHY_NOT[language]) if is_no else "",
    )
    if answered_at is not None and state is _S.INTERESTED and answered_at < scene.at(1, 0):
        suggestion.followed_up_at = answered_at + timedelta(hours=20)
    scene.session.add(suggestion)
    scene.session.flush()  # its steps and the message need its id
    _log(scene, suggestion)
    _tell(scene, youth, suggestion, fit.offer)
    return suggestion


def _log(scene: Scene, suggestion: Suggestion) -> None:
    youth_id = suggestion.youth_id
    scene.log(
        "suggestion.sent",
        suggestion,
        at=suggestion.sent_at,
        actor_kind=ActorKind.STAFF,
        actor_id=suggestion.made_by_id,
        youth_id=youth_id,
    )
    if suggestion.state not in ANSWERED_STATES or suggestion.answered_at is None:
        return
    action = ACTIONS[suggestion.state]
    scene.session.add(
        SuggestionEvent(
            suggestion_id=suggestion.id,
            at=suggestion.answered_at,
            action=action,
            source=_S.SENT.value,
            target=suggestion.state.value,
            actor_kind=ActorKind.YOUTH,
            actor_id=youth_id,
        )
    )
    scene.log(
        f"suggestion.{action.value}",
        suggestion,
        at=suggestion.answered_at,
        actor_kind=ActorKind.YOUTH,
        actor_id=youth_id,
        youth_id=youth_id,
        changes={"state": [_S.SENT.value, suggestion.state.value]},
    )


def _tell(scene: Scene, youth: Youth, suggestion: Suggestion, offer: Offer) -> None:
    """Keep the message that told of it; one of them did not arrive."""
    address = {Channel.SMS: youth.phone, Channel.EMAIL: youth.email}.get(youth.channel, "")
    if not address:
        return
    has_failed = youth.first_name == "Joni" and suggestion.state is _S.SENT
    sender = next(staff.first_name for staff in scene.staff if staff.id == suggestion.made_by_id)
    scene.session.add(
        Message(
            dedupe_key=f"suggestion_sent|{suggestion.id}|demo",
            centre_id=scene.centre.id,
            name="suggestion_sent",
            youth_id=youth.id,
            channel=youth.channel,
            address=address,
            language=youth.language,
            subject=_SUBJECTS[youth.language] if youth.channel is Channel.EMAIL else "",
            text=_TEXTS[youth.language].format(name=youth.first_name, sender=sender, title=offer.title),
            state=MessageState.FAILED if has_failed else MessageState.SENT,
            due_at=suggestion.sent_at,
            attempts=1,
            ended_at=suggestion.sent_at + timedelta(minutes=1),
            outcome="unknown number" if has_failed else "",
            message_id=f"<{scene.inventor.uid()}@sauma>",
            created_at=suggestion.sent_at,
        )
    )


def _begin_talks(scene: Scene, offers: list[Offer]) -> None:
    for offer in offers:
        if offer.state is not OfferState.LIVE:
            continue
        at = scene.at(1, 15, 20)
        offer.state = OfferState.MATCHED
        actor = scene.guides[0]
        event = OfferEvent(
            offer_id=offer.id,
            at=at,
            action=OfferAction.BEGIN_TALKS,
            source=OfferState.LIVE.value,
            target=OfferState.MATCHED.value,
            actor_kind=ActorKind.STAFF,
            actor_id=actor.id,
        )
        offer.updated_at = at
        scene.session.add(event)
        scene.log("offer.begin_talks", offer, at=at, actor_kind=ActorKind.STAFF, actor_id=actor.id)
