"""Taking the good rows of a list in: employers, contact people and offers, each row by itself."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from placement.accounts.models import Centre
from placement.audit.services import Actor, record
from placement.employers.models import Employer, EmployerContact
from placement.employers.services import add_contact, add_employer
from placement.errors import DomainError
from placement.i18n import lazy_gettext as _l
from placement.notifications.models import Channel
from placement.offers.importing.planning import ImportPlan, Outcome, PlannedRow, count_outcomes
from placement.offers.importing.rows import ListedOffer
from placement.offers.importing.values import is_mobile
from placement.offers.models import Offer, OfferOrigin
from placement.offers.services import add_offer, check_and_publish_offer, submit_offer
from placement.vocabulary import guess_task_families


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of the rows: as planned, except that a row which could not be saved is now wrong."""

    rows: tuple[PlannedRow, ...]
    offers: tuple[Offer, ...] = field(default=())

    @property
    def counts(self) -> dict[str, int]:
        """Rows by outcome."""
        return count_outcomes(self.rows)

    def with_outcome(self, outcome: Outcome) -> list[PlannedRow]:
        """Return the rows with this outcome in the order of the list."""
        return [row for row in self.rows if row.outcome is outcome]


def import_offers(
    session: Session,
    plan: ImportPlan,
    *,
    centre_id: int,
    actor: Actor,
    publish: bool = True,
    progress: Callable[[], object] | None = None,
) -> ImportResult:
    """Make the offers of a plan, published at once or left to be checked; a row that fails takes nothing with it."""
    taker = _Taker(session, centre_id=centre_id, actor=actor, publish=publish)
    families = _task_families(plan)
    rows: list[PlannedRow] = []
    offers: list[Offer] = []
    for row in plan.rows:
        if row.outcome is not Outcome.MAKE:
            rows.append(row)
        else:
            try:
                with session.begin_nested():
                    offer = taker.take(row, families[row.row.line])
            except DomainError as error:
                rows.append(replace(row, outcome=Outcome.WRONG, reasons=(error.message,)))
            except DBAPIError:
                message = _l("This row could not be saved. Check it and try again.")
                rows.append(replace(row, outcome=Outcome.WRONG, reasons=(message,)))
            else:
                taker.keep()
                offers.append(offer)
                rows.append(row)
        if progress is not None:
            progress()
    result = ImportResult(tuple(rows), tuple(offers))
    centre = session.get_one(Centre, centre_id)
    record(session, actor=actor, action="offer.list_imported", about=centre, changes={"rows": result.counts})
    return result


def _task_families(plan: ImportPlan) -> dict[int, str | None]:
    rows = [(row.row.line, row.offer) for row in plan.with_outcome(Outcome.MAKE) if row.offer is not None]
    if not rows:
        return {}
    texts = [(offer.title, str(offer.fields["tasks"]), str(offer.fields["language"])) for _line, offer in rows]
    return dict(zip((line for line, _offer in rows), guess_task_families(texts), strict=True))


class _Taker:
    """Takes rows in one after another, so that rows of one employer share the employer and the contact person."""

    def __init__(self, session: Session, *, centre_id: int, actor: Actor, publish: bool) -> None:
        self._session = session
        self._centre_id = centre_id
        self._actor = actor
        self._publish = publish
        self._made: dict[int, Employer] = {}
        self._contacts: dict[int, list[EmployerContact]] = defaultdict(list)
        self._new: tuple[int, Employer, EmployerContact | None] | None = None
        query = select(EmployerContact).where(EmployerContact.centre_id == centre_id, EmployerContact.is_active)
        for contact in session.scalars(query.order_by(EmployerContact.id)):
            self._contacts[contact.employer_id].append(contact)

    def take(self, row: PlannedRow, task_family: str | None) -> Offer:
        """Make the offer of a row and whoever it needs."""
        assert row.offer is not None, "a row to be made has been read"  # noqa: S101 - tells the type checker
        employer = self._employer(row)
        contact, is_new = self._contact(employer, row.offer)
        self._new = (id(row.employer), employer, contact if is_new else None)
        # A list that tells no language leaves those that the employer is known to use.
        told = {name: value for name, value in row.offer.fields.items() if name != "working_languages" or value}
        offer = add_offer(
            self._session,
            centre_id=self._centre_id,
            employer_id=employer.id,
            origin=OfferOrigin.IMPORT,
            actor=self._actor,
            contact_id=contact.id if contact else None,
            import_key=row.import_key,
            task_family=task_family,
            **told,
        )
        submit_offer(self._session, offer=offer, actor=self._actor)
        if self._publish:
            check_and_publish_offer(self._session, offer=offer, actor=self._actor)
        return offer

    def keep(self) -> None:
        """Remember the people made for the last row, now that it is in."""
        if self._new is not None:
            planned_id, employer, contact = self._new
            self._made[planned_id] = employer
            if contact is not None:
                self._contacts[employer.id].append(contact)

    def _employer(self, row: PlannedRow) -> Employer:
        planned = row.employer
        assert planned is not None, "a row to be made has its employer"  # noqa: S101 - tells the type checker
        known = planned.existing or self._made.get(id(planned))
        if known is not None:
            return known
        return add_employer(
            self._session,
            centre_id=self._centre_id,
            name=planned.name,
            actor=self._actor,
            business_id=planned.business_id,
            form=planned.form,
            municipality_code=planned.municipality_code,
            owner_id=self._actor.staff_id,
        )

    def _contact(self, employer: Employer, offer: ListedOffer) -> tuple[EmployerContact | None, bool]:
        if not (offer.contact or offer.email or offer.phone):
            return None, False
        for contact in self._contacts[employer.id]:
            if _is_same_person(contact, offer):
                return contact, False
        made = add_contact(
            self._session,
            employer=employer,
            name=offer.contact or employer.name[:120],
            actor=self._actor,
            email=offer.email,
            phone=offer.phone,
            language=str(offer.fields["language"]),
            channel=_channel(offer),
        )
        return made, True


def _is_same_person(contact: EmployerContact, offer: ListedOffer) -> bool:
    if offer.email and contact.email:
        return offer.email.casefold() == contact.email.casefold()
    if offer.contact:
        return offer.contact.casefold() == contact.name.casefold()
    return bool(offer.phone) and offer.phone == contact.phone


def _channel(offer: ListedOffer) -> Channel:
    if offer.email:
        return Channel.EMAIL
    return Channel.SMS if offer.phone and is_mobile(offer.phone) else Channel.NONE
