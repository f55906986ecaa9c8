"""What the invented young people have told, marked, allowed and asked through their own pages."""

from datetime import timedelta
from random import Random

from sqlalchemy import select

from placement.audit.models import ActorKind
from placement.demo.scene import Scene
from placement.i18n import in_language
from placement.jobseekers.consents import TEXT_VERSION, consent_words
from placement.jobseekers.models import (
    SHOWN_STRENGTH_ANSWERS,
    Consent,
    ConsentItem,
    EvidencePlace,
    RequestKind,
    StrengthEvidence,
    Youth,
    YouthRequest,
)
from placement.jobseekers.states import ConsentState
from placement.offers.models import Visibility
from placement.offers.states import OPEN_STATES
from placement.suggestions.models import AnswerReason, OfferWish, Suggestion
from placement.suggestions.states import SuggestionState

_SHOWN = {
    "fi": (
        (EvidencePlace.HOBBY, "Seuran turnauksessa koko viikonlopun", "valmentaja Mika"),
        (EvidencePlace.HOME, "Autoin naapuria monta kertaa", "naapuri"),
        (EvidencePlace.SCHOOL, "Luokan myyjäiset", "opettaja Kaisa"),
        (EvidencePlace.GAMES, "Vedin kiltaa vuoden", ""),
        (EvidencePlace.JOB, "Kesätyössä kunnalla", "esimies"),
    ),
    "sv": (
        (EvidencePlace.HOBBY, "Hela helgen på föreningens turnering", "tränare Mika"),
        (EvidencePlace.HOME, "Hjälpte grannen många gånger", "granne"),
        (EvidencePlace.SCHOOL, "Klassens basar", "lärare Kajsa"),
        (EvidencePlace.JOB, "Sommarjobb i kommunen", "chef"),
    ),
}
_OUTREACH = {"fi": "etsivä nuorisotyö, Outi Mäntylä", "sv": "uppsökande ungdomsarbete, Outi Mäntylä"}
_WHY = {"fi": "Jotta Outi voi tulla mukaan tapaamiseen", "sv": "Så att Outi kan komma med på mötet"}
_WRONG = {"fi": "Puhelinnumeroni on vaihtunut, soittakaa äidille.", "sv": "Mitt telefonnummer har ändrats."}
_WHEN = {"fi": "ma–to 9–15", "sv": "må–to 9–15"}
_REASONS = (AnswerReason.TOO_FAR, AnswerReason.HOURS, AnswerReason.TIMING, None)
TOLD_BY = 14
WISHES = 3


def add_own_side(scene: Scene) -> None:
    """Let some young people tell where strengths have shown, mark places, and allow or ask something."""
    random = scene.random("own side")
    for worker in scene.guides:
        worker.phone_hours = _WHEN["sv" if worker.language == "sv" else "fi"]
    served = [youth for youth in scene.young_people if youth.one_adult_id is not None and len(youth.answers) >= 5]
    for youth in served[:TOLD_BY]:
        _tell_where(random, scene, youth)
    _mark_places(random, scene, served)
    _allow_and_ask(scene, served)
    _tell_why(random, scene)


def _language(youth: Youth) -> str:
    return "sv" if youth.language == "sv" else "fi"


def _tell_where(random: Random, scene: Scene, youth: Youth) -> None:
    strengths = [row.card_id for row in youth.answers if row.answer in SHOWN_STRENGTH_ANSWERS]
    stories = random.sample(_SHOWN[_language(youth)], 2)
    for card_id, (place, told, seen_by) in zip(random.sample(strengths, 2), stories, strict=False):
        scene.session.add(
            StrengthEvidence(
                youth_id=youth.id,
                card_id=card_id,
                place=place,
                told=told,
                seen_by=seen_by,
                added_at=scene.at(random.randint(3, 30), 17),
            )
        )


def _mark_places(random: Random, scene: Scene, served: list[Youth]) -> None:
    to_see = [offer for offer in scene.offers if offer.visibility is Visibility.OPEN and offer.state in OPEN_STATES]
    for number, youth in enumerate(served[1 : 1 + WISHES]):
        if not to_see:
            return
        offer = random.choice(to_see)
        wish = OfferWish(
            centre_id=scene.centre.id, youth_id=youth.id, offer_id=offer.id, wished_at=scene.at(number, 8, 10 + number)
        )
        scene.session.add(wish)
        scene.session.flush()  # the log needs the id
        _log(scene, "wish.marked", wish, youth, hour=8)


def _allow_and_ask(scene: Scene, served: list[Youth]) -> None:
    states = (ConsentState.ASKED, ConsentState.GIVEN, ConsentState.WITHDRAWN)
    for youth, state in zip(served, states, strict=False):
        language = _language(youth)
        items = [ConsentItem.NAME, ConsentItem.PLAN]
        until = scene.today + timedelta(days=90)
        with in_language(language):
            words = consent_words(items=items, to_whom=_OUTREACH[language], why=_WHY[language], until=until)
        scene.session.add(
            Consent(
                youth_id=youth.id,
                state=state,
                items=[item.value for item in items],
                to_whom=_OUTREACH[language],
                why=_WHY[language],
                until=until,
                language=language,
                text_version=TEXT_VERSION,
                text=words,
                asked_at=scene.at(9, 10),
                asked_by_id=youth.one_adult_id,
                answered_at=None if state is ConsentState.ASKED else scene.at(8, 18),
                withdrawn_at=scene.at(2, 12) if state is ConsentState.WITHDRAWN else None,
            )
        )
    for youth in served[3:4]:
        asked = YouthRequest(
            youth_id=youth.id, kind=RequestKind.CORRECT, text=_WRONG[_language(youth)], made_at=scene.at(1, 19)
        )
        scene.session.add(asked)
        scene.session.flush()  # the log needs the id
        _log(scene, "youth.asked_to_correct", asked, youth, hour=19)


def _tell_why(random: Random, scene: Scene) -> None:
    said_no = (SuggestionState.NOT_NOW, SuggestionState.NOT_FOR_ME)
    query = select(Suggestion).where(Suggestion.centre_id == scene.centre.id, Suggestion.state.in_(said_no))
    for suggestion in scene.session.scalars(query.order_by(Suggestion.id)):
        suggestion.reason_code = random.choice(_REASONS)


def _log(scene: Scene, action: str, about: OfferWish | YouthRequest, youth: Youth, *, hour: int) -> None:
    at = scene.at(1, hour)
    scene.log(action, about, at=at, actor_kind=ActorKind.YOUTH, actor_id=youth.id, youth_id=youth.id)
