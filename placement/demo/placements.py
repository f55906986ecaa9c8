"""Placements of the invented centre, each in another part of its life."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from placement.accounts.permissions import Role
from placement.audit.services import Actor
from placement.demo.scene import Business, Scene
from placement.jobseekers.models import Youth
from placement.placements.agreement_texts import write_text
from placement.placements.agreements import sign
from placement.placements.attendance.models import DayMark
from placement.placements.attendance.services import mark_day
from placement.placements.closing.models import AfterCareAnswer, NextStep, QuestionAnswered, Scale, Statement, WouldTake
from placement.placements.closing.services import View, answer_after_care, give_view
from placement.placements.kinds import PartyRole, PlacementKind
from placement.placements.models import Placement, YesNoUnknown
from placement.placements.packs.models import ContractLength
from placement.placements.packs.services import begin_pack, fill_pack
from placement.placements.parties import party_of, set_party, sync_parties
from placement.placements.queries import get_placement
from placement.placements.reasons import Side, StopReason
from placement.placements.schedule import DayPattern, add_months, plan_days
from placement.placements.services import add_placement, cancel, interrupt, set_hours, take_step
from placement.placements.states import PlacementAction
from placement.placements.support_plan.dates import StepCode

WEEK = dict.fromkeys(range(4), DayPattern(time(9), time(14, 30), 30))
SHORT_WEEK = dict.fromkeys(range(3), DayPattern(time(10), time(15), 30))
GROWN, AWAY_ON = 18, 4
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
    grown = (one for one in scene.young_people[6:] if (one.age_on(scene.today) or 0) >= GROWN)
    _closing(scene, next(grown), others[4], monday - timedelta(days=56))
    _ready(scene, next(grown), others[5], monday + timedelta(days=7))
    _ended_months_ago(scene, next(grown), others[6], monday - timedelta(days=154))
    _ended_early(scene, next(grown), others[7], monday - timedelta(days=7))


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


def _ready(scene: Scene, youth: Youth, business: Business, first: date) -> None:
    told = {"goal": "Onko kahvilatyö minua varten?", "tasks": "Teet voileipiä ja palvelet kassalla."}
    placement = _trial(scene, youth, business, first, title="Kahvilatyöntekijä", **told)
    _sent(scene, placement, _P.PARTICIPANT, _P.ORGANISER, _P.AUTHORITY)


def _going_on(scene: Scene, youth: Youth, business: Business, first: date) -> None:
    told = {"goal": "Sopiiko myymälätyö minulle?", "tasks": "Hyllytät, hinnoittelet ja autat asiakkaita."}
    placement = _started(scene, youth, business, first, title="Myymäläapulainen", **told)
    _days_at_work(scene, placement)


def _started(scene: Scene, youth: Youth, business: Business, first: date, **told: Any) -> Placement:
    """Let a trial that everybody signed begin on its first day."""
    placement = _trial(scene, youth, business, first, **told)
    _sent(scene, placement, _P.PARTICIPANT, _P.ORGANISER, _P.AUTHORITY)
    take_step(scene.session, placement, PlacementAction.START, actor=_actor(scene, placement))
    placement.started_on = placement.starts_on
    scene.session.flush()  # days and steps refer to it
    return placement


def _ended_months_ago(scene: Scene, youth: Youth, business: Business, first: date) -> None:
    """Let a trial be over for three months: one question after it was answered, and the next one is due."""
    told = {"goal": "Haluan nähdä, millaista kirjastossa on.", "tasks": "Hyllytät kirjoja ja autat asiakkaita."}
    placement = _started(scene, youth, business, first, title="Kirjastoapulainen", **told)
    for action in (PlacementAction.BEGIN_ENDING, PlacementAction.END):
        take_step(scene.session, placement, action, actor=_actor(scene, placement))
        scene.session.flush()  # the plan is kept in step with the state
    now = AfterCareAnswer.STUDY
    answer_after_care(scene.session, placement, StepCode.AFTER_1, answer=now, actor=_actor(scene, placement))
    scene.session.flush()  # its step is taken


def _ended_early(scene: Scene, youth: Youth, business: Business, first: date) -> None:
    told = {"goal": "Jaksanko tehdä siivoustyötä?", "tasks": "Siivoat portaita ja toimistoja."}
    placement = _started(scene, youth, business, first, title="Siistijä", **told)
    last_day, actor = first + timedelta(days=2), _actor(scene, placement)
    stopped: dict[str, Any] = {"reason": StopReason.DID_NOT_SUIT, "decided_by": Side.PARTICIPANT, "last_day": last_day}
    interrupt(scene.session, placement, actor=actor, **stopped)
    scene.session.flush()  # the state and its reason are checked together


def _days_at_work(scene: Scene, placement: Placement) -> None:
    """Mark the days so far: at work, but for one on which the young person was away and had told."""
    passed = [period.on for period in placement.periods if period.on < scene.today]
    for number, day in enumerate(passed):
        mark = DayMark.TOLD if number == AWAY_ON else DayMark.PRESENT
        mark_day(scene.session, placement, on=day, mark=mark, actor=_actor(scene, placement))


def _closing(scene: Scene, youth: Youth, business: Business, first: date) -> None:
    """Let a trial come to its end, with the views of both sides."""
    told = {"goal": "Voisiko tästä tulla minulle ammatti?", "tasks": "Laitat aamupalaa esille ja siivoat salia."}
    placement = _started(scene, youth, business, first, title="Keittiöapulainen", **told)
    take_step(scene.session, placement, PlacementAction.BEGIN_ENDING, actor=_actor(scene, placement))
    scene.session.flush()  # the days and views refer to it
    _days_at_work(scene, placement)
    seen = View(
        marks={Statement.ON_TIME: Scale.VERY_WELL, Statement.TASKS: Scale.WELL, Statement.TOGETHER: Scale.WELL},
        card_ids=["CAR03", "PEO12"],
        would_take_again=WouldTake.MAYBE,
        text="Tuli aina ajoissa ja oppi nopeasti.",
    )
    own = View(
        marks={Statement.ON_TIME: Scale.WELL, Statement.TASKS: Scale.WELL, Statement.OWN_STEPS: Scale.A_LITTLE},
        card_ids=["CAR03"],
        question_answered=QuestionAnswered.PARTLY,
        next_step=NextStep.STUDY,
        text="Aamut olivat aluksi vaikeita, sitten meni hyvin.",
    )
    for role, view in ((_P.ORGANISER, seen), (_P.PARTICIPANT, own)):
        give_view(scene.session, placement, role=role, view=view, actor=_actor(scene, placement))
    scene.session.flush()  # the views are read by the rows that follow


def _planned_job(scene: Scene, youth: Youth, business: Business, first: date) -> None:
    fields: dict[str, Any] = {"contact_id": business.contacts[0].id, "tasks": "Keräät ja pakkaat tilauksia."}
    job = add_placement(
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
    actor = Actor.staff(scene.guides[0])
    pack = begin_pack(scene.session, job, actor=actor)
    scene.session.flush()  # it is filled by its version
    told: dict[str, Any] = {
        "collective_agreement": "Kaupan työehtosopimus",
        "gross_pay": Decimal(2100),
        "hours_per_week": Decimal(30),
        "has_business_activity": True,
        "contract_length": ContractLength.FIXED_TERM,
        "lay_offs_told": True,
    }
    fill_pack(scene.session, pack, placement=job, version=pack.version, actor=actor, **told)
    scene.session.flush()  # the state and its columns are checked together


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
        ends_on=add_months(first, 2) - timedelta(days=1),
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
