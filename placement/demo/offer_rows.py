"""The offers of an invented centre, each somewhere in its life, with the steps that led there."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from placement.accounts.models import Staff
from placement.audit.models import ActorKind
from placement.clock import in_helsinki
from placement.demo.offers import offer_values, plan_places
from placement.demo.scene import Business, Scene
from placement.offers.models import Offer, OfferEvent, OfferKind, OfferOrigin
from placement.offers.states import TRANSITIONS, OfferAction, OfferState

_S = OfferState
_A = OfferAction
PATHS: Mapping[OfferState, tuple[OfferAction, ...]] = {
    _S.DRAFT: (),
    _S.SUBMITTED: (_A.SUBMIT,),
    _S.CHECKED: (_A.SUBMIT, _A.CHECK),
    _S.REJECTED: (_A.SUBMIT, _A.REJECT),
    _S.LIVE: (_A.SUBMIT, _A.CHECK, _A.PUBLISH),
    _S.FILLED: (_A.SUBMIT, _A.CHECK, _A.PUBLISH, _A.FILL),
    _S.WITHDRAWN: (_A.SUBMIT, _A.CHECK, _A.PUBLISH, _A.WITHDRAW),
    _S.EXPIRED: (_A.SUBMIT, _A.CHECK, _A.PUBLISH, _A.EXPIRE),
}
# How long ago each life began, in days: from, to.
BEGAN: Mapping[OfferState, tuple[int, int]] = {
    _S.DRAFT: (1, 8),
    _S.SUBMITTED: (0, 2),
    _S.CHECKED: (2, 6),
    _S.REJECTED: (12, 50),
    _S.LIVE: (3, 75),
    _S.FILLED: (25, 80),
    _S.WITHDRAWN: (20, 70),
    _S.EXPIRED: (96, 110),
}
STATES_OF_KIVILAMPI = {
    _S.DRAFT: 5,
    _S.SUBMITTED: 9,
    _S.CHECKED: 4,
    _S.REJECTED: 2,
    _S.FILLED: 8,
    _S.WITHDRAWN: 4,
    _S.EXPIRED: 4,
}
STATES_OF_STRANDBY = {
    _S.DRAFT: 2,
    _S.SUBMITTED: 4,
    _S.CHECKED: 2,
    _S.REJECTED: 1,
    _S.FILLED: 4,
    _S.WITHDRAWN: 2,
    _S.EXPIRED: 2,
}
UNCONFIRMED_DAYS = (34, 34, 34, 47, 61)
_REASONS = {
    "fi": {_A.REJECT: "Tehtävästä puuttuu ohjaaja.", _A.WITHDRAW: "Työnantaja löysi tekijän muualta."},
    "sv": {_A.REJECT: "Det finns ingen handledare.", _A.WITHDRAW: "Arbetsgivaren hittade någon på annat håll."},
}


def add_offers(scene: Scene, kinds: Mapping[OfferKind, int], states: Mapping[OfferState, int]) -> None:
    """Add every offer; those without a state of their own are live, some of them unconfirmed for long."""
    random = scene.random("offers")
    by_workplace = {business.workplace: business for business in scene.businesses}
    places = plan_places(random, [business.workplace for business in scene.businesses], dict(kinds))
    lives = [state for state, count in states.items() for _ in range(count)]
    lives += [_S.LIVE] * (len(places) - len(lives))
    unconfirmed = list(UNCONFIRMED_DAYS)
    for number, (place, state) in enumerate(zip(places, lives, strict=True)):
        business = by_workplace[place.workplace]
        values = offer_values(random, place, today=scene.today, language=business.workplace.language)
        values |= _place_of(random, scene, business, number)
        days = random.randint(*BEGAN[state])
        if state is _S.LIVE and unconfirmed:
            _live(random, scene, values, state=state, days=unconfirmed[0] + 3, confirmed=unconfirmed.pop(0))
        else:
            _live(random, scene, values, state=state, days=days, confirmed=None)
    random.shuffle(scene.offers)
    scene.session.add_all(scene.offers)
    scene.session.flush()  # suggestions and the log need the ids of the offers
    for offer in scene.offers:
        _log_life(scene, offer)


def _place_of(random: Random, scene: Scene, business: Business, number: int) -> dict[str, Any]:
    unit, contact = random.choice(business.units), random.choice(business.contacts)
    origin = random.choices((OfferOrigin.EMPLOYER_LINK, OfferOrigin.STAFF, OfferOrigin.IMPORT), (55, 35, 10))[0]
    return {
        "centre_id": scene.centre.id,
        "employer_id": business.employer.id,
        "unit_id": unit.id,
        "contact_id": contact.id,
        "origin": origin,
        "import_key": f"demo-{number}" if origin is OfferOrigin.IMPORT else None,
        "street_area": unit.street_address.rsplit(" ", 1)[0],
        "municipality_code": unit.municipality_code,
        "guide_name": contact.name.split()[0],
    }


def _live(
    random: Random, scene: Scene, values: dict[str, Any], *, state: OfferState, days: int, confirmed: int | None
) -> None:
    """Let an offer live through the steps that lead to its state."""
    made = scene.at(days, 0 if days == 0 else random.randint(8, 15), random.randint(0, 30))
    offer = Offer(**values, state=state, created_at=made, events=[])
    checker = random.choice(scene.checkers)
    by_employer = offer.origin is OfferOrigin.EMPLOYER_LINK
    instants = _instants(random, scene, made, len(PATHS[state]))
    source = _S.DRAFT
    for action, at in zip(PATHS[state], instants, strict=True):
        target = TRANSITIONS[action].target
        _stamp(offer, action, at, checker)
        is_own = by_employer and TRANSITIONS[action].employer_may
        actor_kind, actor_id = (ActorKind.EMPLOYER, offer.contact_id) if is_own else (ActorKind.STAFF, checker.id)
        if action is _A.EXPIRE:
            actor_kind, actor_id = ActorKind.SYSTEM, None
        offer.events.append(
            OfferEvent(
                at=at,
                action=action,
                source=source.value,
                target=target.value,
                actor_kind=actor_kind,
                actor_id=actor_id,
                reason=_REASONS["sv" if offer.language == "sv" else "fi"].get(action, ""),
            )
        )
        source = target
    if state is _S.LIVE and confirmed is not None:
        offer.confirmed_on = scene.today - timedelta(days=confirmed)
    elif state is _S.LIVE and offer.live_at is not None:
        days_live = (scene.today - in_helsinki(offer.live_at).date()).days
        offer.confirmed_on = scene.today - timedelta(days=random.randint(0, min(27, days_live)))
    offer.updated_at = offer.events[-1].at if offer.events else made
    scene.offers.append(offer)


def _instants(random: Random, scene: Scene, made: datetime, steps: int) -> list[datetime]:
    """Return the time of each step: the first at once, the end near today, the others a day or two apart."""
    latest = scene.at(0, 1)
    instants = [min(made + timedelta(minutes=random.randint(4, 25)), latest)]
    for _ in range(1, min(steps, 3)):
        instants.append(min(instants[-1] + timedelta(hours=random.randint(3, 40)), latest))
    if steps == len(PATHS[_S.FILLED]):
        instants.append(scene.at(random.randint(1, 6), 14))
    return sorted(instants)[:steps]


def _stamp(offer: Offer, action: OfferAction, at: datetime, checker: Staff) -> None:
    if action is _A.SUBMIT:
        offer.submitted_at = at
    elif action is _A.CHECK:
        offer.checked_at, offer.checked_by_id = at, checker.id
    elif action is _A.PUBLISH:
        offer.live_at, offer.confirmed_on = at, in_helsinki(at).date()
    else:
        offer.ended_at = at


def _log_life(scene: Scene, offer: Offer) -> None:
    for step in offer.events:
        scene.log(
            f"offer.{step.action.value}",
            offer,
            at=step.at,
            actor_kind=step.actor_kind,
            actor_id=step.actor_id,
            changes={"state": [step.source, step.target]},
            reason=step.reason,
        )
