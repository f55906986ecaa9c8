"""Placements of the invented centre, each in another part of its life."""

from datetime import date, time, timedelta
from typing import Any

from placement.accounts.permissions import Role
from placement.audit.services import Actor
from placement.demo.scene import Business, Scene
from placement.jobseekers.models import Youth
from placement.placements.agreement_texts import write_text
from placement.placements.agreements import sign
from placement.placements.kinds import PartyRole, PlacementKind
from placement.placements.models import Placement, YesNoUnknown
from placement.placements.parties import party_of, set_party, sync_parties
from placement.placements.queries import get_placement
from placement.placements.reasons import Side, StopReason
from placement.placements.schedule import DayPattern, plan_days
from placement.placements.services import add_placement, cancel, set_hours, take_step
from placement.placements.states import PlacementAction

WEEK = dict.fromkeys(range(4), DayPattern(time(9), time(14, 30), 30))
SHORT_WEEK = dict.fromkeys(range(3), DayPattern(time(10), time(15), 30))
_P = PartyRole


def add_placements(scene: Scene) -> None:
    """Add a few placements, each in another part of its life."""
    workshop = next((one for one in scene.businesses if one.workplace.name == "Pyöräpaja Sato"), scene.businesses[0])
    others = [one for one in scene.businesses if one is not workshop and one.contacts]
    known = {youth.first_name: youth for youth in scene.young_people[:6]}
    eero, onni, mira, joni, noora = (known[name] for name in ("Eero", "Onni", "Mira", "Joni", "Noora"))
    monday = scene.today - timedelta(days=scene.today.weekday())
    _waiting_for_the_authority(scene, eero, workshop, monday + timedelta(days=7))
    _waiting_for_a_guardian(scene, onni, others[0], monday + timedelta(days=14))
    _going_on(scene, mira, others[1], monday - timedelta(days=21))
    _planned_job(scene, joni, others[2], monday + timedelta(days=28))
    _cancelled(scene, noora, others[3], monday + timedelta(days=7))


def _waiting_for_the_authority(scene: Scene, youth: Youth, business: Business, first: date) -> None:
    goal = "Haluan tietää, tykkäänkö korjata pyöriä koko päivän."
    placement = _trial(
        scene, youth, business, first, goal=goal, tasks="Korjaat pyöriä ja palvelet asiakkaita.", title="Pyörähuolto"
    )
    _sent(scene, placement, _P.PARTICIPANT, _P.ORGANISER)


def _waiting_for_a_guardian(scene: Scene, youth: Youth, business: Business, first: date) -> None:
    placement = _trial(
        scene,
        youth,
        business,
        first,
        goal="Viihdynkö ulkona talvellakin?",
        tasks="Autat pihalla ja varastossa.",
        title="Apulainen",
        week=SHORT_WEEK,
        has_hazards=YesNoUnknown.NO,
        basic_education_done=YesNoUnknown.YES,
    )
    actor = _actor(scene, placement)
    set_party(scene.session, placement, _P.GUARDIAN, actor=actor, name=f"Paula {youth.last_name}", language="fi")
    _sent(scene, placement, _P.PARTICIPANT, _P.ORGANISER, _P.AUTHORITY)


def _going_on(scene: Scene, youth: Youth, business: Business, first: date) -> None:
    placement = _trial(
        scene,
        youth,
        business,
        first,
        goal="Sopiiko myymälätyö minulle?",
        tasks="Hyllytät, hinnoittelet ja autat asiakkaita.",
        title="Myymäläapulainen",
    )
    _sent(scene, placement, _P.PARTICIPANT, _P.ORGANISER, _P.AUTHORITY)
    take_step(scene.session, placement, PlacementAction.START, actor=_actor(scene, placement))
    placement.started_on = placement.starts_on
    scene.session.flush()  # the steps of other rows come after


def _planned_job(scene: Scene, youth: Youth, business: Business, first: date) -> None:
    fields: dict[str, Any] = {"contact_id": business.contacts[0].id, "tasks": "Keräät ja pakkaat tilauksia."}
    add_placement(
        scene.session,
        youth=youth,
        employer_id=business.employer.id,
        kind=PlacementKind.WAGE_SUBSIDY_JOB,
        title="Varastotyöntekijä",
        starts_on=first,
        ends_on=first + timedelta(days=150),
        actor=Actor.staff(scene.guides[0]),
        **fields,
    )
    scene.session.flush()  # rows of the log refer to it


def _cancelled(scene: Scene, youth: Youth, business: Business, first: date) -> None:
    placement = _trial(
        scene,
        youth,
        business,
        first,
        goal="Jaksanko toimistossa?",
        tasks="Autat toimistossa.",
        title="Toimistoapulainen",
    )
    actor = _actor(scene, placement)
    cancel(scene.session, placement, reason=StopReason.JOB, decided_by=Side.PARTICIPANT, actor=actor)
    scene.session.flush()  # the state and its reason are checked together


def _trial(scene: Scene, youth: Youth, business: Business, first: date, **told: Any) -> Placement:
    week = told.pop("week", WEEK)
    fields: dict[str, Any] = {
        "contact_id": business.contacts[0].id,
        "place": f"{business.units[0].street_address or 'Torikatu 3'}" if business.units else "Torikatu 3",
        "guide_name": business.contacts[0].name.split()[0],
        "plan_agreed": YesNoUnknown.YES,
        "laid_off_lately": YesNoUnknown.NO,
        "signatory_checked": True,
    } | told
    made = add_placement(
        scene.session,
        youth=youth,
        employer_id=business.employer.id,
        kind=PlacementKind.WORK_TRIAL,
        starts_on=first,
        ends_on=first + timedelta(days=60),
        actor=Actor.staff(scene.guides[0]),
        **fields,
    )
    scene.session.flush()  # it is loaded whole by its id
    placement = get_placement(scene.session, made.id, scene.centre.id)
    if placement is None:
        raise LookupError(made.id)
    periods = plan_days(week, placement.starts_on, placement.ends_on)
    set_hours(scene.session, placement, version=placement.version, periods=periods, actor=_actor(scene, placement))
    officers = scene.working(Role.AUTHORITY)
    if officers:
        set_party(
            scene.session,
            placement,
            _P.AUTHORITY,
            actor=_actor(scene, placement),
            name=officers[0].display_name,
            organisation="Kivilammen seudun työllisyysalue",
            email=officers[0].email,
            language=officers[0].language,
            staff_id=officers[0].id,
        )
    return placement


def _sent(scene: Scene, placement: Placement, *signers: PartyRole) -> None:
    """Write the text and let some sign it; nothing is sent anywhere."""
    actor = _actor(scene, placement)
    sync_parties(scene.session, placement)
    take_step(scene.session, placement, PlacementAction.PREPARE, actor=actor)
    text = write_text(scene.session, placement, actor=actor)
    for party in placement.parties:
        if party.role is not PartyRole.GUIDE:
            party.asked_at, party.asks, party.asked_number = scene.at(2), 1, text.number
    for role in signers:
        signer = party_of(placement, role)
        if signer is not None:
            sign(scene.session, placement, signer, name=signer.name, text_hash=text.text_hash, language="fi")
    scene.session.flush()  # signatures are checked against their parties


def _actor(scene: Scene, placement: Placement) -> Actor:
    owner = next((one for one in scene.staff if one.id == placement.owner_id), scene.guides[0])
    return Actor.staff(owner)
