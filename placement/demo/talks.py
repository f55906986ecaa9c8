"""Talks with the employers of an invented centre, the needs told in them, and the thread to some of the offers."""

from datetime import timedelta
from random import Random

from placement.demo.scene import Business, Scene
from placement.employers.hidden_jobs.models import EmployerTalk, Lead, NeedPrompt, PromisedBy, TalkChannel
from placement.employers.hidden_jobs.states import LeadState
from placement.offers.models import OfferKind
from placement.offers.states import OfferState

TALKED_OF = 0.6
"""The share of employers with whom a talk is written down."""
_PROMISES = {
    "fi": (
        ("Soitetaan kesän tarpeesta.", PromisedBy.US),
        ("Kertoo, kun uusi vuoro alkaa.", PromisedBy.EMPLOYER),
        ("Lähetetään esimerkki sopimuksesta.", PromisedBy.US),
        ("Kysyy esihenkilöltä.", PromisedBy.EMPLOYER),
    ),
    "sv": (
        ("Vi ringer om behovet i sommar.", PromisedBy.US),
        ("Frågar chefen.", PromisedBy.EMPLOYER),
    ),
}
_NEEDS = {
    "fi": (
        (NeedPrompt.UNDONE, "Varaston järjestäminen jää joka viikko tekemättä.", "T37"),
        (NeedPrompt.UNDONE, "Siivous jää kiireessä tekemättä.", "T18"),
        (NeedPrompt.HURRY, "Joulukuussa paketit pitää pakata kolmessa viikossa.", "T38"),
        (NeedPrompt.PEOPLE, "Yksi jää keväällä eläkkeelle.", None),
        (NeedPrompt.UNDONE, "Some-päivitykset unohtuvat.", "T82"),
        (NeedPrompt.HURRY, "Lounasaikaan tiskit kasaantuvat.", "T13"),
    ),
    "sv": (
        (NeedPrompt.UNDONE, "Lagret blir oordnat varje vecka.", "T37"),
        (NeedPrompt.HURRY, "I juli räcker vi inte till i köket.", "T13"),
        (NeedPrompt.PEOPLE, "En av oss går i pension i vår.", None),
    ),
}
_HEARD = {
    "fi": ("Avaavat toisen toimipisteen keväällä.", "Naapuri kertoi, että etsivät apua iltoihin."),
    "sv": ("De öppnar ett nytt ställe i vår.",),
}


def add_talks(scene: Scene) -> None:
    """Write down talks with most employers; some promises are late, some needs have become offers."""
    random = scene.random("talks")
    hidden = [
        offer
        for offer in scene.offers
        if offer.kind is OfferKind.HIDDEN_JOB and offer.state in {OfferState.LIVE, OfferState.FILLED, OfferState.DRAFT}
    ]
    by_employer = {offer.employer_id: offer for offer in hidden}
    for business in scene.businesses:
        if random.random() < TALKED_OF or business.employer.id in by_employer:
            _talk(random, scene, business)
    for number, offer in enumerate(by_employer.values()):
        business = next(one for one in scene.businesses if one.employer.id == offer.employer_id)
        lead = _need(random, scene, business, days_ago=30 + number, state=LeadState.OFFERED)
        offer.lead_id = lead.id
    quiet = [one for one in scene.businesses if one.employer.id not in by_employer]
    for business in random.sample(quiet, k=min(len(quiet), 9)):
        _need(random, scene, business, days_ago=random.randint(3, 25), state=LeadState.NOTED)
    for business, heard in zip(reversed(quiet), _HEARD[_main_language(quiet)], strict=False):
        _heard(scene, business, heard)
    scene.session.flush()  # later steps read the offers with their threads


def _main_language(businesses: list[Business]) -> str:
    languages = [business.workplace.language for business in businesses]
    return max(("fi", "sv"), key=languages.count)


def _talk(random: Random, scene: Scene, business: Business) -> EmployerTalk:
    days_ago = random.randint(2, 60)
    language = business.workplace.language
    promise, promised_by = random.choice(_PROMISES[language])
    is_open = random.random() < 0.35
    next_on = scene.today - timedelta(days=random.randint(-12, 3)) if is_open else None
    talk = EmployerTalk(
        centre_id=scene.centre.id,
        employer_id=business.employer.id,
        contact_id=business.contacts[0].id,
        staff_id=business.employer.owner_id,
        held_on=scene.today - timedelta(days=days_ago),
        channel=random.choice((TalkChannel.VISIT, TalkChannel.PHONE, TalkChannel.PHONE, TalkChannel.ONLINE)),
        promise=promise if is_open else "",
        promised_by=promised_by if is_open else None,
        next_on=next_on,
        next_owner_id=business.employer.owner_id if is_open else None,
        created_at=scene.at(days_ago, 15),
    )
    scene.session.add(talk)
    return talk


def _need(random: Random, scene: Scene, business: Business, *, days_ago: int, state: LeadState) -> Lead:
    talk = EmployerTalk(
        centre_id=scene.centre.id,
        employer_id=business.employer.id,
        contact_id=business.contacts[0].id,
        staff_id=business.employer.owner_id,
        held_on=scene.today - timedelta(days=days_ago),
        channel=TalkChannel.VISIT,
        promise="",
        created_at=scene.at(days_ago, 14),
    )
    scene.session.add(talk)
    scene.session.flush()  # the need refers to the talk
    prompt, need, family = random.choice(_NEEDS[business.workplace.language])
    lead = Lead(
        centre_id=scene.centre.id,
        employer_id=business.employer.id,
        talk_id=talk.id,
        prompt=prompt,
        need=need,
        task_family=family,
        owner_id=business.employer.owner_id,
        next_on=scene.today + timedelta(days=random.choice((-6, -1, 2, 5, 9, 14, 20))),
        state=state,
        state_since=scene.at(days_ago, 14),
        created_at=scene.at(days_ago, 14),
        updated_at=scene.at(days_ago, 14),
    )
    scene.session.add(lead)
    scene.session.flush()  # the offer refers to the lead
    return lead


def _heard(scene: Scene, business: Business, heard: str) -> None:
    scene.session.add(
        Lead(
            centre_id=scene.centre.id,
            employer_id=business.employer.id,
            heard=heard,
            owner_id=business.employer.owner_id,
            next_on=scene.today + timedelta(days=4),
            state=LeadState.HEARD,
            state_since=scene.at(2, 10),
            created_at=scene.at(2, 10),
            updated_at=scene.at(2, 10),
        )
    )
