"""Keeping lists that were shown, making them again, and forgetting them in time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from placement.audit.services import Actor
from placement.clock import utcnow
from placement.suggestions.decisions.models import ListAction, ListInput, ListRecord, ListStep
from placement.suggestions.decisions.queries import AT_ONCE, input_of, inputs_of, latest_list
from placement.suggestions.decisions.remaking import MadeList, Outcome, current_versions, made_again

KEPT_FOR = timedelta(days=365)
"""Lists are kept for a year, longer than the six months that logs of such systems are kept at least."""


@dataclass(frozen=True, slots=True)
class Remade:
    """A list made again from its record.

    ``is_same`` tells whether it came out exactly as it was shown; None when the program that made it was another
    version, so that nothing follows from a difference. ``differs`` names what came out otherwise.
    """

    is_same: bool | None
    differs: tuple[str, ...]


def keep_list(session: Session, made: MadeList, *, youth_id: int, centre_id: int, viewer: Actor) -> None:
    """Keep a list as it was shown; the same list seen again by the same person on the same day is kept once."""
    outcome, person = made.outcome(), made.person_data()
    offers, weights = made.offers_data(), made.weights_data()
    inputs_hash = made.digest_of([person, offers, weights, made.settings()])
    fingerprint = made.digest_of([inputs_hash, outcome.as_data(), made.versions])
    values = {
        "youth_id": youth_id,
        "viewer_kind": viewer.kind,
        "viewer_id": viewer.id,
        "on_day": made.today,
        "fingerprint": fingerprint,
    }
    found = select(ListRecord.id).where(*(getattr(ListRecord, name) == value for name, value in values.items()))
    if session.scalar(found) is not None:
        return
    offers_hash, weights_hash = made.digest_of(offers), made.digest_of(weights)
    _keep_offers(session, made, offers_hash, offers)
    _add_missing(session, ListInput, [{"hash": weights_hash, "data": weights}])
    row = {
        **values,
        "centre_id": centre_id,
        "made_at": utcnow(),
        "versions": dict(made.versions),
        "inputs_hash": inputs_hash,
        "person": person,
        "offers_hash": offers_hash,
        "weights_hash": weights_hash,
        **made.settings(),
        "considered": outcome.considered,
        "eligible": outcome.eligible,
        "order": outcome.order,
        "explored": outcome.explored,
        "explored_chance": outcome.explored_chance,
        "set_aside": outcome.set_aside,
    }
    # Two windows may open the same list at once.
    _add_missing(session, ListRecord, [row])


def note_step(session: Session, *, youth_id: int, action: ListAction, offer_id: int, actor: Actor) -> None:
    """Note what somebody did with the list of a young person that they saw last; without a list there is no step."""
    seen = latest_list(session, youth_id=youth_id, viewer=actor)
    if seen is not None:
        step = ListStep(
            list_id=seen.id,
            at=utcnow(),
            action=action,
            offer_id=offer_id,
            actor_kind=actor.kind,
            actor_id=actor.id,
        )
        session.add(step)


def remake(session: Session, record: ListRecord) -> Remade:
    """Make a list again from its record and compare it with what was shown.

    A list of another version is not tried: what went in may no longer mean the same.
    """
    if record.versions != current_versions():
        return Remade(None, ())
    hashes = input_of(session, record.offers_hash).data["offers"]
    outcome, _versions = made_again(
        person=record.person,
        offers=[one.data for one in inputs_of(session, hashes)],
        weights=input_of(session, record.weights_hash).data,
        today=record.on_day,
        kind=record.kind,
        balance=record.balance,
        seed=record.seed,
        crowding=record.crowding,
        shown=record.shown,
    )
    kept = Outcome(
        considered=record.considered,
        eligible=record.eligible,
        order=record.order,
        explored=record.explored,
        explored_chance=record.explored_chance,
        set_aside=record.set_aside,
    ).as_data()
    now = outcome.as_data()
    differs = tuple(name for name, value in kept.items() if now[name] != value)
    return Remade(not differs, differs)


def forget_old_records(session: Session) -> int:
    """Delete lists that are over a year old, and what went into no other list; return how many lists went."""
    old = delete(ListRecord).where(ListRecord.made_at < utcnow() - KEPT_FOR).returning(ListRecord.id)
    gone = len(session.scalars(old).all())
    used: set[str] = set()
    for offers_hash, weights_hash in session.execute(select(ListRecord.offers_hash, ListRecord.weights_hash)):
        used |= {offers_hash, weights_hash}
    for one in inputs_of(session, sorted(used)):
        used.update(one.data.get("offers", ()))
    unused = sorted(set(session.scalars(select(ListInput.hash))) - used)
    for start in range(0, len(unused), AT_ONCE):
        session.execute(delete(ListInput).where(ListInput.hash.in_(unused[start : start + AT_ONCE])))
    return gone


def _keep_offers(session: Session, made: MadeList, offers_hash: str, offers: Mapping[str, Any]) -> None:
    if session.scalar(select(ListInput.hash).where(ListInput.hash == offers_hash)) is not None:
        return
    hashes: list[str] = offers["offers"]
    known: set[str] = set()
    for start in range(0, len(hashes), AT_ONCE):
        part = hashes[start : start + AT_ONCE]
        known |= set(session.scalars(select(ListInput.hash).where(ListInput.hash.in_(part))))
    fresh = ({"hash": one, "data": made.offer_data(one)} for one in hashes if one not in known)
    _add_missing(session, ListInput, [*fresh, {"hash": offers_hash, "data": dict(offers)}])


def _add_missing(session: Session, table: Any, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add rows; those that somebody else has just added are left as they are."""
    module = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(module.insert(table).on_conflict_do_nothing(), list(rows))
