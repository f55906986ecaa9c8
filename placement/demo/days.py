"""The three recruitment days of the demo: one open and soon, one being planned, one past."""

from datetime import date, time, timedelta
from decimal import Decimal
from random import Random

from placement.accounts.permissions import Role
from placement.audit.models import ActorKind
from placement.clock import helsinki_instant
from placement.demo.scene import Scene
from placement.recruitment_days.models import DayEmployer, DayInvitation, RecruitmentDay, VenueKind
from placement.recruitment_days.reminders import default_rules
from placement.recruitment_days.states import DayState, InvitationState

_I = InvitationState
YOUTH_ANSWERS = ((_I.COMING, 55), (_I.INVITED, 30), (_I.NOT_COMING, 15))
EMPLOYER_ANSWERS = ((_I.COMING, 60), (_I.INVITED, 25), (_I.NOT_COMING, 15))
_BRINGS = {
    "fi": (
        "Kerromme kesätöistä ja annamme kokeilla kassaa.",
        "Kolme paikkaa työkokeiluun, ja mukana on nuori, joka aloitti keväällä.",
        "Haemme talven kausityöntekijöitä. Tuomme työkaluja kokeiltavaksi.",
        "Juttelemme ja jaamme yhteystietoja. Hakemusta ei tarvita.",
    ),
    "sv": (
        "Vi berättar om sommarjobb och låter er pröva kassan.",
        "Tre platser för arbetsprövning. En ung som började i våras är med.",
        "Vi söker folk till vintern och tar med verktyg att pröva.",
        "Vi pratar och delar ut kontaktuppgifter. Ingen ansökan behövs.",
    ),
}
_NEEDS = ("", "", "", "", "", "rauhallinen hetki", "kaveri mukaan", "esteetön reitti")


def _day(scene: Scene, *, held_on: date, begins: int, ends: int, **values: object) -> RecruitmentDay:
    made = scene.at(45, 9)
    day = RecruitmentDay(
        uid=scene.inventor.uid(),
        centre_id=scene.centre.id,
        held_on=held_on,
        begins=time(begins),
        ends=time(ends),
        starts_at=helsinki_instant(held_on, time(begins)),
        ends_at=helsinki_instant(held_on, time(ends)),
        reminder_rules=default_rules(),
        created_at=made,
        updated_at=made,
        **values,
    )
    scene.session.add(day)
    scene.session.flush()  # invitations and the log need the id
    lead = scene.working(Role.LEAD)[0]
    scene.log("day.made", day, at=made, actor_kind=ActorKind.STAFF, actor_id=lead.id)
    return day


def add_open_day(scene: Scene) -> None:
    """Add a day in about ten days to which people have been invited and are answering."""
    random = scene.random("open day")
    day = _day(
        scene,
        title="Talviduuni-päivä",
        description="Tule juttelemaan työnantajien kanssa. Kysy mitä vain ja kokeile työkaluja. CV:tä ei tarvita.",
        state=DayState.OPEN,
        held_on=_weekday(scene.today + timedelta(days=10)),
        begins=12,
        ends=15,
        venue_kind=VenueKind.LIBRARY,
        venue_name="Kivilammen pääkirjasto",
        venue_address="Koulutie 2",
        access_notes="Bussit 4 ja 12 pysähtyvät ovella. Sisään pääsee ilman portaita.",
        quiet_from=time(12),
        quiet_until=time(13),
        cost=Decimal(380),
        work_hours=42,
        capacity=40,
        answer_by=_weekday(scene.today + timedelta(days=7)),
    )
    _invite(random, scene, day, youths=36, employers=9, days_ago=5)


def add_past_day(scene: Scene) -> None:
    """Add a day that was held five weeks ago and is closed."""
    random = scene.random("past day")
    day = _day(
        scene,
        title="Syksyn rekrypäivä",
        description="Kahdeksan työnantajaa, kahvit ja rauhallinen nurkka juttelulle.",
        state=DayState.CLOSED,
        held_on=_weekday(scene.today - timedelta(days=35)),
        begins=13,
        ends=16,
        venue_kind=VenueKind.CENTRE,
        venue_name=scene.centre.name,
        venue_address=scene.centre.street_address,
        capacity=50,
        answer_by=_weekday(scene.today - timedelta(days=40)),
    )
    _invite(random, scene, day, youths=40, employers=8, days_ago=44, all_answered=True)


def add_planned_day(scene: Scene) -> None:
    """Add a day in spring for which partners are being found."""
    random = scene.random("planned day")
    day = _day(
        scene,
        title="Sommarjobb vid kusten – Kesätöihin rannikolle",
        description="Arbetsgivare från kusten berättar om sommarens jobb. Kerromme kesän töistä suomeksi ja ruotsiksi.",
        state=DayState.PARTNERS,
        held_on=_weekday(scene.today + timedelta(days=68)),
        begins=14,
        ends=17,
        venue_kind=VenueKind.HALL,
        venue_name="Strandby idrottshall",
        venue_address="Hamnvägen 11",
        access_notes="Gratis buss från torget kl. 13.30. Ilmainen bussi torilta klo 13.30.",
        capacity=80,
    )
    _invite(random, scene, day, youths=0, employers=6, days_ago=3)


def _weekday(day: date) -> date:
    """Return the day itself, or the Tuesday after a weekend."""
    return day + timedelta(days=8 - day.weekday()) if day.weekday() >= 5 else day


def _invite(
    random: Random,
    scene: Scene,
    day: RecruitmentDay,
    *,
    youths: int,
    employers: int,
    days_ago: int,
    all_answered: bool = False,
) -> None:
    invited_at = scene.at(days_ago, 10, 15)
    guides = scene.guides
    known = [youth for youth in scene.young_people if youth.created_at < invited_at]
    for number, youth in enumerate(random.sample(known, youths)):
        state = _state(random, YOUTH_ANSWERS, all_answered=all_answered)
        invitation = DayInvitation(
            uid=scene.inventor.uid(),
            day_id=day.id,
            youth_id=youth.id,
            invited_by_id=youth.one_adult_id or guides[number % len(guides)].id,
            state=state,
            invited_at=invited_at,
            answered_at=None if state is _I.INVITED else scene.at(days_ago - random.randint(1, 4), 18, 5),
            needs=random.choice(_NEEDS) if state is _I.COMING else "",
        )
        scene.session.add(invitation)
    lead = scene.working(Role.LEAD)[0]
    for business in random.sample(scene.businesses, employers):
        state = _state(random, EMPLOYER_ANSWERS, all_answered=all_answered)
        is_coming = state is _I.COMING
        scene.session.add(
            DayEmployer(
                uid=scene.inventor.uid(),
                day_id=day.id,
                employer_id=business.employer.id,
                contact_id=business.contacts[0].id,
                invited_by_id=lead.id,
                state=state,
                invited_at=invited_at,
                answered_at=None if state is _I.INVITED else scene.at(days_ago - random.randint(1, 2), 9, 40),
                people=random.randint(1, 3) if is_coming else None,
                brings=random.choice(_BRINGS[business.workplace.language]) if is_coming else "",
            )
        )


def _state(random: Random, answers: tuple[tuple[InvitationState, int], ...], *, all_answered: bool) -> InvitationState:
    states = [state for state, _ in answers]
    weights = [0 if all_answered and state is _I.INVITED else weight for state, weight in answers]
    return random.choices(states, weights)[0]
