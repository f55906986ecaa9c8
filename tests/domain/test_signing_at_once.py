"""Two at the same moment around one agreement: who signs, who changes the text, one link on two phones."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import Actor
from placement.errors import ChangedMeanwhile, DomainError
from placement.placements.agreements import sign
from placement.placements.checks import missing_roles
from placement.placements.kinds import PartyRole
from placement.placements.links import load_party
from placement.placements.models import Placement, Signature
from placement.placements.parties import party_of
from placement.placements.queries import get_placement
from placement.placements.reasons import StopReason
from placement.placements.services import cancel, edit_placement
from placement.placements.states import PlacementState
from tests.support.at_once import all_at_once
from tests.support.factories.centres import make_staff
from tests.support.factories.placements import sent_placement, sign_as

pytestmark = pytest.mark.database
P = PartyRole
SIGNERS = (P.PARTICIPANT, P.ORGANISER, P.AUTHORITY)


class Sent:
    """An agreement that some have signed already, in a database that several connections see."""

    def __init__(self, app: Flask, *signed: PartyRole) -> None:
        self.app = app
        with self.request() as session:
            self.sari_id = make_staff(session).id
            placement = sent_placement(session, session.get_one(Staff, self.sari_id))
            if signed:
                sign_as(session, placement, *signed)
            self.id, self.text_hash, self.version = placement.id, placement.texts[-1].text_hash, placement.version
            self.party_ids = {role: party.id for role in SIGNERS if (party := party_of(placement, role)) is not None}

    @contextmanager
    def request(self) -> Iterator[Session]:
        with self.app.app_context(), self.app.extensions["session_factory"].begin() as session:
            yield session

    def sign(self, role: PartyRole) -> None:
        with self.request() as session:
            party = load_party(session, self.party_ids[role], lock=True)
            sign(session, party.placement, party, name=party.name, text_hash=self.text_hash, language="fi")

    def edit(self) -> None:
        with self.request() as session:
            placement, actor = self.locked(session)
            edit_placement(session, placement, version=self.version, actor=actor, tasks="Something new")

    def cancel(self) -> None:
        with self.request() as session:
            placement, actor = self.locked(session)
            cancel(session, placement, reason=StopReason.OTHER, actor=actor)

    def locked(self, session: Session) -> tuple[Placement, Actor]:
        sari = session.get_one(Staff, self.sari_id)
        placement = get_placement(session, self.id, sari.centre_id, lock=True)
        assert placement is not None
        return placement, Actor.staff(sari)

    def found(self) -> tuple[PlacementState, int, int]:
        """The state, how many signatures hold, and how many of all there are."""
        with self.request() as session:
            placement, _actor = self.locked(session)
            kept = session.scalars(select(Signature).join(Signature.party).filter_by(placement_id=self.id)).all()
            return placement.state, len(SIGNERS) - len(missing_roles(placement)), len(kept)


def test_three_who_sign_at_once_all_count_and_one_of_them_makes_it_ready(own_app: Flask) -> None:
    sent = Sent(own_app)
    assert all_at_once([partial(sent.sign, role) for role in SIGNERS]) == []
    assert sent.found() == (PlacementState.READY, 3, 3)


def test_a_link_pressed_on_two_phones_at_once_signs_once(own_app: Flask) -> None:
    sent = Sent(own_app)
    assert all_at_once([partial(sent.sign, P.ORGANISER)] * 4) == []
    assert sent.found() == (PlacementState.PREPARING, 1, 1)


def test_of_the_last_signature_and_a_change_of_the_text_only_the_first_counts(own_app: Flask) -> None:
    sent = Sent(own_app, P.PARTICIPANT, P.ORGANISER)
    refused = all_at_once([partial(sent.sign, P.AUTHORITY), sent.edit])
    assert [type(error) for error in refused] == [ChangedMeanwhile]
    signed_first = (PlacementState.READY, 3, 3)  # the worker must look again before changing it
    changed_first = (PlacementState.PREPARING, 0, 2)  # the officer must read it again before signing it
    assert sent.found() in (signed_first, changed_first)


def test_who_signs_what_is_cancelled_at_that_moment_leaves_it_cancelled(own_app: Flask) -> None:
    sent = Sent(own_app, P.PARTICIPANT, P.ORGANISER)
    refused = all_at_once([partial(sent.sign, P.AUTHORITY), sent.cancel])
    assert all(isinstance(error, DomainError) for error in refused)
    assert sent.found()[0] is PlacementState.CANCELLED
