"""Signing an agreement: whose signature holds, what voids it, and that nothing starts without all of them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.audit.models import AuditEntry
from placement.audit.services import Actor
from placement.clock import today_in_helsinki, utcnow
from placement.employers.models import EmployerForm
from placement.errors import ChangedMeanwhile, DomainError, TransitionNotAllowed
from placement.notifications.models import Channel, Message
from placement.placements.agreement_texts import changes_for
from placement.placements.agreements import ask_to_sign, send_agreement, sign, sign_on_paper
from placement.placements.checks import missing_roles, signature_in_force
from placement.placements.kinds import PartyRole, PlacementKind
from placement.placements.models import Placement, Signature, SignedHow
from placement.placements.parties import party_of, set_party
from placement.placements.services import edit_placement, take_step
from placement.placements.states import PlacementAction, PlacementState
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_contact, make_employer
from tests.support.factories.placements import make_placement, sent_placement, sign_as, whole_placement
from tests.support.factories.youths import make_youth

pytestmark = pytest.mark.database
P = PartyRole


@pytest.fixture
def sari(session: Session):
    return make_staff(session)


def edit(session: Session, placement: Placement, sari, **fields: object) -> list[str]:
    changed = edit_placement(session, placement, version=placement.version, actor=Actor.staff(sari), **fields)
    session.flush()
    return changed


def test_the_last_of_three_signatures_makes_it_ready(session: Session, sari):
    placement = sent_placement(session, sari)
    sign_as(session, placement, P.PARTICIPANT, P.ORGANISER)
    assert placement.state is PlacementState.PREPARING
    assert missing_roles(placement) == [P.AUTHORITY]
    sign_as(session, placement, P.AUTHORITY)
    assert placement.state is PlacementState.READY


def test_sending_reaches_each_by_their_own_channel_and_tells_nothing_about_the_person(session: Session, sari):
    sent_placement(session, sari)
    messages = session.scalars(select(Message).order_by(Message.id)).all()
    assert [message.channel for message in messages] == [Channel.SMS, Channel.EMAIL, Channel.EMAIL]
    for message in messages:
        assert "/p/" in message.text
        assert "Koskela" not in message.text
        assert "repairing all day" not in message.text


def test_who_gets_no_messages_is_told_to_the_worker(session: Session, sari):
    youth = make_youth(session, sari, channel=Channel.NONE)
    placement = sent_placement(session, sari, youth=youth)
    party = party_of(placement, P.PARTICIPANT)
    assert party is not None
    assert not ask_to_sign(session, placement, party, actor=Actor.staff(sari))
    assert party.asked_at is None


@pytest.mark.parametrize("missing", [{"goal": ""}, {"tasks": ""}, {"guide_name": ""}, {"place": ""}, {"week": {}}])
def test_an_agreement_is_not_sent_while_something_is_missing(session: Session, sari, missing: dict[str, object]):
    with pytest.raises(DomainError, match="content_missing"):
        sent_placement(session, sari, **missing)


def test_an_agreement_is_not_sent_before_everybody_is_named(session: Session, sari):
    placement = make_placement(session, sari)
    with pytest.raises(DomainError, match="party_missing"):
        send_agreement(session, placement, actor=Actor.staff(sari))


FIELDS_AND_VOIDED = {
    "tasks": ("Something new", {P.PARTICIPANT, P.ORGANISER, P.AUTHORITY}),
    "goal": ("Another question", {P.PARTICIPANT, P.ORGANISER, P.AUTHORITY}),
    "place": ("Torikatu 2", {P.PARTICIPANT, P.ORGANISER, P.AUTHORITY}),
    "guide_name": ("Maija", {P.PARTICIPANT, P.ORGANISER, P.AUTHORITY}),
    "adjustments": ("A quiet corner", {P.PARTICIPANT, P.ORGANISER, P.AUTHORITY}),
    "guide_phone": ("+358409998877", set()),
    "signatory_checked": (False, set()),
    "handles_food": (True, set()),
}


@pytest.mark.parametrize("field", FIELDS_AND_VOIDED)
def test_a_change_voids_exactly_the_signatures_that_it_must(session: Session, sari, field: str):
    value, voided = FIELDS_AND_VOIDED[field]
    placement = sent_placement(session, sari)
    sign_as(session, placement)
    edit(session, placement, sari, **{field: value})
    assert set(missing_roles(placement)) == voided
    assert placement.state is (PlacementState.PREPARING if voided else PlacementState.READY)
    for party in placement.parties:
        if party.role in voided:
            assert party.signatures[0].void_because == [field]
            assert changes_for(party, placement) == [field]


def test_another_signer_of_the_employer_voids_only_the_signature_of_the_employer(session: Session, sari):
    placement = sent_placement(session, sari)
    sign_as(session, placement)
    other = make_contact(session, placement.employer, name="Maija Sato")
    placement.contact = other
    edit(session, placement, sari, contact_id=other.id)
    assert missing_roles(placement) == [P.ORGANISER]


def test_a_corrected_phone_number_of_the_guardian_voids_nothing(session: Session, sari):
    placement = sent_placement(session, sari, youth=young(session, sari, 17))
    sign_as(session, placement)
    values = {"name": "Paula Koskela", "phone": "+358401230000", "channel": Channel.SMS, "language": "en"}
    set_party(session, placement, P.GUARDIAN, actor=Actor.staff(sari), **values)
    assert missing_roles(placement) == []
    set_party(session, placement, P.GUARDIAN, actor=Actor.staff(sari), **(values | {"name": "Pekka Koskela"}))
    assert missing_roles(placement) == [P.GUARDIAN]


def young(session: Session, sari, age: int):
    today = today_in_helsinki()
    return make_youth(session, sari, birth_date=date(today.year - age, 1, 2))


def test_a_person_under_18_starts_only_with_their_guardian(session: Session, sari):
    youth = young(session, sari, 17)
    placement = sent_placement(session, sari, youth=youth, has_hazards="no", basic_education_done="yes")
    sign_as(session, placement, P.PARTICIPANT, P.ORGANISER, P.AUTHORITY)
    assert missing_roles(placement) == [P.GUARDIAN]
    assert placement.state is PlacementState.PREPARING
    sign_as(session, placement, P.GUARDIAN)
    assert placement.state is PlacementState.READY


def test_a_text_that_changed_underneath_is_not_signed(session: Session, sari):
    placement = sent_placement(session, sari)
    read = placement.texts[-1].text_hash
    edit(session, placement, sari, tasks="Something new")
    party = party_of(placement, P.ORGANISER)
    assert party is not None
    with pytest.raises(ChangedMeanwhile):
        sign(session, placement, party, name="Jari", text_hash=read, language="fi")


def test_a_link_used_twice_signs_once(session: Session, sari):
    placement = sent_placement(session, sari)
    sign_as(session, placement, P.PARTICIPANT)
    sign_as(session, placement, P.PARTICIPANT)
    assert len(session.scalars(select(Signature)).all()) == 1


def test_the_database_keeps_one_signature_in_force_of_each_party(session: Session, sari):
    placement = sent_placement(session, sari)
    sign_as(session, placement, P.PARTICIPANT)
    party = party_of(placement, P.PARTICIPANT)
    assert party is not None
    first = party.signatures[0]
    party.signatures.append(
        Signature(
            agreement=first.agreement,
            text_hash=first.text_hash,
            name="Again",
            how=SignedHow.LINK,
            language="fi",
            signed_at=utcnow(),
            signed_on=today_in_helsinki(),
        )
    )
    with pytest.raises(IntegrityError), session.begin_nested():
        session.flush()


def on_paper(session: Session, placement: Placement, sari, **values: object) -> Signature:
    party = party_of(placement, P.ORGANISER)
    assert party is not None
    given = {
        "name": "Jari Sato",
        "signed_on": today_in_helsinki(),
        "signed_where": "At the shop",
        "text_hash": placement.texts[-1].text_hash,
    } | values
    return sign_on_paper(session, placement, party, actor=Actor.staff(sari), **given)


def test_a_signature_on_paper_tells_who_when_where_and_who_recorded_it(session: Session, sari):
    signature = on_paper(session, sent_placement(session, sari), sari)
    session.flush()
    assert (signature.how, signature.signed_where, signature.recorded_by_id) == (
        SignedHow.PAPER,
        "At the shop",
        sari.id,
    )


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"signed_on": today_in_helsinki() + timedelta(days=1)}, "signed_on"),
        ({"signed_on": today_in_helsinki() - timedelta(days=1)}, "signed_on"),
        ({"signed_where": "010190-123A"}, "sensitive_text"),
        ({"text_hash": "0" * 64}, "changed_meanwhile"),
    ],
)
def test_a_wrong_paper_is_refused(session: Session, sari, values: dict[str, object], code: str):
    placement = sent_placement(session, sari)
    with pytest.raises(DomainError, match=code):
        on_paper(session, placement, sari, **values)


def test_reminders_carry_a_link_and_come_at_most_once_an_hour(session: Session, sari):
    placement = sent_placement(session, sari)
    party = party_of(placement, P.ORGANISER)
    assert party is not None
    assert ask_to_sign(session, placement, party, actor=Actor.staff(sari))
    assert party.asks == 1
    party.asked_at = utcnow() - timedelta(hours=2)
    assert ask_to_sign(session, placement, party, actor=Actor.staff(sari))
    assert party.reminded_at is not None
    assert session.scalars(select(Message.name).order_by(Message.id.desc())).first() == "agreement_reminder"
    sign_as(session, placement, P.ORGANISER)
    with pytest.raises(TransitionNotAllowed):
        ask_to_sign(session, placement, party, actor=Actor.staff(sari))


def test_those_who_signed_an_older_text_are_told_that_it_changed(session: Session, sari):
    placement = sent_placement(session, sari)
    sign_as(session, placement, P.ORGANISER)
    edit(session, placement, sari, tasks="Something new")
    send_agreement(session, placement, actor=Actor.staff(sari))
    names = set(session.scalars(select(Message.name)))
    assert names == {"agreement_to_sign", "agreement_changed"}


def test_no_start_before_the_first_day_and_never_by_pressing_alone(session: Session, sari):
    placement = sent_placement(session, sari)
    for action in (PlacementAction.MAKE_READY, PlacementAction.START):
        with pytest.raises(TransitionNotAllowed):
            take_step(session, placement, action, actor=Actor.staff(sari))
    sign_as(session, placement)
    with pytest.raises(TransitionNotAllowed, match="too_early"):
        take_step(session, placement, PlacementAction.START, actor=Actor.staff(sari))


def test_a_job_needs_no_agreement_here_but_a_decision_first(session: Session, sari):
    kind = PlacementKind.WAGE_SUBSIDY_JOB
    placement = make_placement(session, sari, kind=kind, goal="")
    with pytest.raises(TransitionNotAllowed):
        send_agreement(session, placement, actor=Actor.staff(sari))
    take_step(session, placement, PlacementAction.PREPARE, actor=Actor.staff(sari))
    with pytest.raises(TransitionNotAllowed, match="stopped"):
        take_step(session, placement, PlacementAction.MAKE_READY, actor=Actor.staff(sari))
    edit(session, placement, sari, decided_on=placement.starts_on + timedelta(days=1))
    with pytest.raises(TransitionNotAllowed, match="stopped"):
        take_step(session, placement, PlacementAction.MAKE_READY, actor=Actor.staff(sari))
    edit(session, placement, sari, decided_on=placement.starts_on - timedelta(days=1))
    take_step(session, placement, PlacementAction.MAKE_READY, actor=Actor.staff(sari))
    assert placement.state is PlacementState.READY


def test_every_signature_and_every_void_is_in_the_log(session: Session, sari):
    placement = sent_placement(session, sari)
    sign_as(session, placement, P.ORGANISER)
    edit(session, placement, sari, tasks="Something new")
    logged = session.scalars(select(AuditEntry.action).where(AuditEntry.object_type == "placement")).all()
    assert {"placement.agreement_sent", "placement.signed", "placement.signature_voided"} <= set(logged)
    party = party_of(whole_placement(session, placement), P.ORGANISER)
    assert party is not None
    assert signature_in_force(party) is None


def test_a_private_person_stops_a_trial_until_somebody_looks(session: Session, sari):
    employer = make_employer(session, sari.centre, form=EmployerForm.PRIVATE_PERSON)
    placement = sent_placement(session, sari, contact=make_contact(session, employer))
    sign_as(session, placement)
    assert placement.state is PlacementState.PREPARING
