"""One invented centre while it is being made: its rows so far, its own randomness, its calendar."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from placement.accounts.models import Centre, Organisation, Staff, StaffRole
from placement.accounts.permissions import Permission, Role, can
from placement.audit.models import ActorKind, AuditEntry
from placement.clock import helsinki_instant
from placement.db import Base
from placement.demo.names import Inventor
from placement.demo.workplaces import Workplace
from placement.employers.models import Employer, EmployerContact, EmployerUnit
from placement.jobseekers.models import Youth
from placement.offers.models import Offer


@dataclass(frozen=True, slots=True)
class Colleague:
    """A worker to be made: name, roles, and the organisation that employs them."""

    first_name: str
    last_name: str
    roles: tuple[Role, ...]
    organisation: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Business:
    """An employer with what belongs to it."""

    workplace: Workplace
    employer: Employer
    contacts: list[EmployerContact]
    units: list[EmployerUnit]


@dataclass(slots=True)
class Scene:
    """The centre and everything made for it so far."""

    session: Session
    seed: int
    today: date
    inventor: Inventor
    centre: Centre
    area: tuple[str, ...]
    staff: list[Staff] = field(default_factory=list)
    businesses: list[Business] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    young_people: list[Youth] = field(default_factory=list)

    def random(self, part: str) -> Random:
        """Return the randomness of one part, so that a change in one leaves the others as they were."""
        return Random(f"{self.seed}:{self.centre.slug}:{part}")

    def at(self, days_ago: int, hour: int = 10, minute: int = 0) -> datetime:
        """Return an instant on the Finnish clock, so many days before today; a negative number is ahead."""
        return helsinki_instant(self.today - timedelta(days=days_ago), time(hour, minute))

    def working(self, role: Role) -> list[Staff]:
        """Return the workers who hold a role."""
        return [staff for staff in self.staff if role in staff.role_codes]

    @property
    def guides(self) -> list[Staff]:
        """The workers who serve young people themselves."""
        return [staff for staff in self.staff if can(staff, Permission.SUGGESTION_SEND)]

    @property
    def checkers(self) -> list[Staff]:
        """The workers who check offers."""
        return [staff for staff in self.staff if can(staff, Permission.OFFER_CHECK)]

    def log(
        self,
        action: str,
        about: Base,
        *,
        at: datetime,
        actor_kind: ActorKind,
        actor_id: int | None,
        youth_id: int | None = None,
        changes: dict[str, Any] | None = None,
        reason: str = "",
    ) -> None:
        """Add a line to the audit log as if it had been written then."""
        self.session.add(
            AuditEntry(
                at=at,
                centre_id=self.centre.id,
                actor_kind=actor_kind,
                actor_id=actor_id,
                action=action,
                object_type=about.__tablename__,
                object_id=getattr(about, "id", None),
                youth_id=youth_id,
                changes=changes or {},
                reason=reason,
            )
        )


def make_scene(
    session: Session,
    *,
    seed: int,
    today: date,
    inventor: Inventor,
    area: tuple[str, ...],
    slug: str,
    name: str,
    languages: list[str],
    opening_hours: str,
    street_address: str,
) -> Scene:
    """Make a centre without anybody in it yet."""
    made = helsinki_instant(today - timedelta(days=400), time(9))
    centre = Centre(
        slug=slug,
        name=name,
        municipality_code=area[0],
        languages=languages,
        phone=inventor.phone(),
        email=inventor.email(slug),
        street_address=street_address,
        opening_hours=opening_hours,
        created_at=made,
        updated_at=made,
    )
    session.add(centre)
    session.flush()  # everything else needs the id of the centre
    return Scene(session, seed, today, inventor, centre, area)


def add_colleagues(
    scene: Scene,
    colleagues: tuple[Colleague, ...],
    *,
    roles: dict[Role, StaffRole],
    language: str,
    password_hash: str,
    totp_secrets: list[str],
) -> None:
    """Add the workers of the centre; all sign in with the same password and an e-mailed code."""
    organisations: dict[str, Organisation] = {}
    made = scene.at(390, 9)
    for colleague, secret in zip(colleagues, totp_secrets, strict=True):
        name, sector = colleague.organisation
        organisation = organisations.setdefault(name, Organisation(name=name, sector=sector))
        scene.staff.append(
            Staff(
                centre=scene.centre,
                organisation=organisation,
                first_name=colleague.first_name,
                last_name=colleague.last_name,
                email=scene.inventor.email(colleague.first_name, colleague.last_name),
                phone=scene.inventor.phone(),
                language=language,
                password=password_hash,
                fs_uniquifier=scene.inventor.uid().replace("-", ""),
                confirmed_at=made,
                tf_primary_method="email",
                tf_totp_secret=secret,
                roles=[roles[role] for role in colleague.roles],
                created_at=made,
                updated_at=made,
            )
        )
    scene.session.add_all(scene.staff)
    scene.session.flush()  # rows that follow need the ids of the workers
