"""Makes the whole demo in one call: two centres that know nothing of each other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.accounts.models import Centre, Staff, StaffRole
from placement.accounts.permissions import Role
from placement.accounts.services import ensure_roles
from placement.demo.days import add_open_day, add_past_day, add_planned_day
from placement.demo.employer_rows import add_businesses
from placement.demo.introductions import add_introductions
from placement.demo.names import Inventor
from placement.demo.offer_rows import STATES_OF_KIVILAMPI, STATES_OF_STRANDBY, add_offers
from placement.demo.offers import KINDS_OF_KIVILAMPI, KINDS_OF_STRANDBY
from placement.demo.own_side import add_own_side
from placement.demo.people import KNOWN, sketch_people
from placement.demo.people_rows import add_young_people
from placement.demo.placements import add_placements
from placement.demo.scene import Colleague, Scene, add_colleagues, make_scene
from placement.demo.suggestions import add_suggestions
from placement.demo.talks import add_talks
from placement.demo.workplaces import KIVILAMPI, KIVILAMPI_AREA, STRANDBY, STRANDBY_AREA
from placement.employers.models import Employer, EmployerContact
from placement.jobseekers.models import Youth
from placement.offers.models import Offer
from placement.recruitment_days.models import RecruitmentDay

SEED = 2026
PASSWORD = "sauma-demo-2026"  # noqa: S105 - told to everybody who tries the demo
STEPS = 18
SLUGS = frozenset({"kivilampi", "strandby"})

_TOWN = ("Kivilammen kaupunki", "municipality")
_AREA = ("Kivilammen seudun työllisyysalue", "employment_area")
_ASSOCIATION = ("Kivilammen Nuorten Tuki ry", "association")
_COAST = ("Strandby stad – Strandbyn kaupunki", "municipality")
STAFF_OF_KIVILAMPI = (
    Colleague("Sari", "Lahtinen", (Role.COUNSELLOR,), _TOWN),
    Colleague("Ahmed", "Warsame", (Role.ONE_ADULT,), _TOWN),
    Colleague("Leena", "Kivelä", (Role.PAIR_MEMBER,), _ASSOCIATION),
    Colleague("Tiina", "Rantala", (Role.EMPLOYER_WORKER,), _AREA),
    Colleague("Mikko", "Aalto", (Role.LEAD,), _TOWN),
    Colleague("Jukka", "Saarela", (Role.AUTHORITY,), _AREA),
    Colleague("Outi", "Mäntylä", (Role.OUTREACH,), _ASSOCIATION),
    Colleague("Petri", "Kuusela", (Role.WORKSHOP,), _ASSOCIATION),
    Colleague("Kirsi", "Ojanen", (Role.ADMIN,), _TOWN),
    Colleague("Anneli", "Salmela", (Role.AUDITOR,), _TOWN),
)
STAFF_OF_STRANDBY = (
    Colleague("Johanna", "Lindholm", (Role.COUNSELLOR, Role.LEAD), _COAST),
    Colleague("Mats", "Söderlund", (Role.COUNSELLOR, Role.EMPLOYER_WORKER), _COAST),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody who can sign in: one for each role is told at the start."""

    role: Role
    name: str
    email: str
    centre: str


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What the demo holds: the centres, one sign-in per role, two people with a personal page, numbers."""

    centres: tuple[str, ...]
    sign_ins: tuple[SignIn, ...]
    youth: Youth
    employer_contact: EmployerContact
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Start:
    """What both centres are made from."""

    session: Session
    seed: int
    today: date
    inventor: Inventor
    roles: dict[Role, StaffRole]
    password_hash: str
    totp_secret: Callable[[], str]

    def add_staff(self, scene: Scene, colleagues: tuple[Colleague, ...], language: str) -> None:
        secrets = [self.totp_secret() for _ in colleagues]
        add_colleagues(
            scene,
            colleagues,
            roles=self.roles,
            language=language,
            password_hash=self.password_hash,
            totp_secrets=secrets,
        )


_Step = Callable[[], None]


def make_demo(
    session: Session,
    *,
    password_hash: str,
    totp_secret: Callable[[], str],
    today: date,
    seed: int = SEED,
    on_step: Callable[[], None] = lambda: None,
) -> DemoSummary:
    """Fill an empty database with the demo; the same seed and day always give the same rows.

    ``password_hash`` and ``totp_secret`` come from the sign-in library, which this package does not know.
    The reasons of suggestions come from the ranking, which uses the present day: ``today`` should be that day.
    ``on_step`` is called ``STEPS`` times on the way.
    """
    roles = dict(sorted(ensure_roles(session).items()))
    session.flush()  # staff rows refer to the roles
    start = _Start(session, seed, today, Inventor(Random(f"{seed}:names")), roles, password_hash, totp_secret)
    for known in KNOWN:
        start.inventor.take(known.first_name, known.last_name)
    for make in (_make_kivilampi, _make_strandby):
        for step in make(start):
            step()
            on_step()
    session.flush()  # the summary reads what was made
    return read_summary(session)


def _make_kivilampi(start: _Start) -> tuple[_Step, ...]:
    scene = make_scene(
        start.session,
        seed=start.seed,
        today=start.today,
        inventor=start.inventor,
        area=KIVILAMPI_AREA,
        slug="kivilampi",
        name="Ohjaamo Kivilampi",
        languages=["fi", "en", "sv"],
        opening_hours="ma–to 12–16, pe 10–14",
        street_address="Torikatu 3",
    )
    start.add_staff(scene, STAFF_OF_KIVILAMPI, "fi")
    sketches = sketch_people(
        scene.random("sketches"),
        count=84,
        tongues=["fi"] * 15 + ["sv", "ar", "so", "uk", "ru", "et", "vi"],
        known=KNOWN,
        minors=8,
        protected=4,
        few=7,
    )
    return (
        partial(add_businesses, scene, KIVILAMPI),
        partial(add_offers, scene, KINDS_OF_KIVILAMPI, STATES_OF_KIVILAMPI),
        partial(add_talks, scene),
        partial(add_young_people, scene, sketches, without_worker=2),
        partial(add_open_day, scene),
        partial(add_past_day, scene),
        partial(add_suggestions, scene, people=52, talks=8),
        partial(add_introductions, scene),
        partial(add_placements, scene),
        partial(add_own_side, scene),
    )


def _make_strandby(start: _Start) -> tuple[_Step, ...]:
    scene = make_scene(
        start.session,
        seed=start.seed,
        today=start.today,
        inventor=start.inventor,
        area=STRANDBY_AREA,
        slug="strandby",
        name="Navigatorn Strandby",
        languages=["sv", "fi", "en"],
        opening_hours="mån–tors 12–16",
        street_address="Torggatan 5",
    )
    start.add_staff(scene, STAFF_OF_STRANDBY, "sv")
    sketches = sketch_people(
        scene.random("sketches"),
        count=36,
        tongues=["sv"] * 11 + ["fi"] * 8 + ["uk", "ar"],
        known=(),
        minors=4,
        protected=2,
        few=3,
    )
    return (
        partial(add_businesses, scene, STRANDBY),
        partial(add_offers, scene, KINDS_OF_STRANDBY, STATES_OF_STRANDBY),
        partial(add_talks, scene),
        partial(add_young_people, scene, sketches),
        partial(add_planned_day, scene),
        partial(add_suggestions, scene, people=22, talks=3),
        partial(add_introductions, scene),
        partial(add_own_side, scene),
    )


def demo_centres_only(session: Session) -> bool:
    """Return whether the database holds the demo centres and no other."""
    return set(session.scalars(select(Centre.slug))) == SLUGS


def read_summary(session: Session) -> DemoSummary:
    """Return what a loaded demo holds."""
    staff = session.scalars(select(Staff).order_by(Staff.id)).all()
    sign_ins = []
    for role in Role:
        first = next((one for one in staff if role in one.role_codes), None)
        if first is not None:
            sign_ins.append(SignIn(role, first.display_name, first.email, first.centre.name))
    known = KNOWN[0]
    youth = select(Youth).where(Youth.first_name == known.first_name, Youth.last_name == known.last_name)
    contact = (
        select(EmployerContact)
        .join(Employer, Employer.id == EmployerContact.employer_id)
        .where(Employer.name == KIVILAMPI[0].name)
    )
    tables = {"staff": Staff, "employers": Employer, "offers": Offer, "young people": Youth, "days": RecruitmentDay}
    return DemoSummary(
        centres=tuple(session.scalars(select(Centre.name).order_by(Centre.id))),
        sign_ins=tuple(sign_ins),
        youth=session.scalars(youth.order_by(Youth.id).limit(1)).one(),
        employer_contact=session.scalars(contact.order_by(EmployerContact.id).limit(1)).one(),
        counts={name: session.scalar(select(func.count()).select_from(table)) or 0 for name, table in tables.items()},
    )
