"""Evidence, consents, requests, choices, taking everything with one, and erasing for good."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, Table, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from placement.audit.models import AuditEntry
from placement.audit.services import Actor, record
from placement.clock import today_in_helsinki
from placement.db import Base
from placement.errors import DomainError, TransitionNotAllowed
from placement.jobseekers.consents import answer_consent, ask_consent, may_tell
from placement.jobseekers.evidence import Observed, add_evidence, add_observed_strengths, evidence_of
from placement.jobseekers.models import CardAnswer, Consent, ConsentItem, EvidencePlace, RequestKind, Youth
from placement.jobseekers.own_data import SECRET, as_json_values, own_data
from placement.jobseekers.queries import get_youth_with_profile
from placement.jobseekers.requests import choose_messages, end_request, erase_youth, make_request, take_a_break
from placement.jobseekers.services import NotAnAnswer
from placement.jobseekers.states import ConsentAction, ConsentState, RequestState
from placement.notifications.models import Channel
from placement.suggestions.services import refuse_unless_sendable
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_employer, make_offer
from tests.support.factories.youths import make_youth
from tests.support.world import MARK, World, make_world

pytestmark = pytest.mark.database
S, A = ConsentState, ConsentAction
# Written by hand from what a young person may do, not read from the table of the code.
EXPECTED = {
    (S.ASKED, A.GIVE): S.GIVEN,
    (S.ASKED, A.REFUSE): S.REFUSED,
    (S.ASKED, A.WITHDRAW): None,
    (S.GIVEN, A.GIVE): S.GIVEN,
    (S.GIVEN, A.REFUSE): None,
    (S.GIVEN, A.WITHDRAW): S.WITHDRAWN,
    (S.REFUSED, A.GIVE): S.GIVEN,
    (S.REFUSED, A.REFUSE): S.REFUSED,
    (S.REFUSED, A.WITHDRAW): None,
    (S.WITHDRAWN, A.GIVE): None,
    (S.WITHDRAWN, A.REFUSE): None,
    (S.WITHDRAWN, A.WITHDRAW): S.WITHDRAWN,
}
STEPS_TO = {S.ASKED: (), S.GIVEN: (A.GIVE,), S.REFUSED: (A.REFUSE,), S.WITHDRAWN: (A.GIVE, A.WITHDRAW)}


@pytest.fixture
def aino(session: Session) -> Youth:
    youth = make_youth(session, make_staff(session), cards={"FOO01": "a_little", "HAN01": "not_me"})
    found = get_youth_with_profile(session, youth.id, youth.centre_id)
    assert found is not None
    return found


def by(youth: Youth) -> Actor:
    return Actor.youth(youth.id, youth.centre_id)


def asked(session: Session, youth: Youth, *, days: int = 30) -> Consent:
    return ask_consent(
        session,
        youth,
        items=[ConsentItem.NAME, ConsentItem.STRENGTHS],
        to_whom="Outreach youth work, Outi",
        why="So that she can meet you",
        until=today_in_helsinki() + timedelta(days=days),
        actor=Actor.system(youth.centre_id),
    )


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("action", list(A))
def test_every_step_of_a_consent_from_every_state(
    session: Session, aino: Youth, state: ConsentState, action: ConsentAction
) -> None:
    consent = asked(session, aino)
    for step in STEPS_TO[state]:
        answer_consent(session, consent, step, actor=by(aino))
    assert consent.state is state
    target = EXPECTED[state, action]
    if target is None:
        with pytest.raises(TransitionNotAllowed):
            answer_consent(session, consent, action, actor=by(aino))
    else:
        answer_consent(session, consent, action, actor=by(aino))
    session.flush()
    assert consent.state is (target or state)


def test_a_consent_keeps_the_words_in_the_language_they_were_read_in(session: Session, aino: Youth) -> None:
    aino.language = "sv"
    consent = asked(session, aino)
    assert (consent.language, consent.text_version) == ("sv", "1")
    assert "Outreach youth work, Outi" in consent.text
    assert "när som helst" in consent.text


def test_a_consent_covers_only_what_whom_and_until(session: Session, aino: Youth) -> None:
    consent = asked(session, aino, days=5)
    today, outi = today_in_helsinki(), "Outreach youth work, Outi"

    def told(item: ConsentItem = ConsentItem.NAME, to_whom: str = outi, later: int = 0) -> bool:
        return may_tell(session, aino.id, item=item, to_whom=to_whom, on=today + timedelta(days=later))

    assert not told()
    answer_consent(session, consent, A.GIVE, actor=by(aino))
    assert told()
    assert told(later=5)
    assert not told(later=6)
    assert not told(ConsentItem.CONTACT)
    assert not told(to_whom="Somebody else")
    answer_consent(session, consent, A.WITHDRAW, actor=by(aino))
    assert not told()


def test_evidence_is_kept_once_and_only_for_strengths(session: Session, aino: Youth) -> None:
    values = {"place": EvidencePlace.HOBBY, "told": "Camp kitchen", "seen_by": "Mika, coach", "actor": by(aino)}
    first = add_evidence(session, aino, card_id="FOO01", **values)  # type: ignore[arg-type]
    assert add_evidence(session, aino, card_id="FOO01", **values) is first  # type: ignore[arg-type]
    for card in ("ENV01", "XXX99"):
        with pytest.raises(NotAnAnswer):
            add_evidence(session, aino, card_id=card, **values)  # type: ignore[arg-type]


def test_what_a_closing_talk_saw_becomes_strengths_with_the_yes_only(session: Session, aino: Youth) -> None:
    seen = [Observed("FOO01", "Cooked for thirty"), Observed("CAR03"), Observed("HAN01")]
    today = today_in_helsinki()

    def add(*, yes: bool) -> None:
        add_observed_strengths(
            session,
            aino,
            seen,
            young_person_said_yes=yes,
            place=EvidencePlace.TRIAL,
            seen_by="Henna, guide",
            observed_on=today,
            actor=Actor.system(aino.centre_id),
        )

    with pytest.raises(DomainError):
        add(yes=False)
    assert evidence_of(session, aino.id) == []
    add(yes=True)
    answers = {row.card_id: row.answer for row in aino.answers}
    assert answers["FOO01"] is answers["CAR03"] is CardAnswer.YES
    assert answers["HAN01"] is CardAnswer.NOT_ME, "their own word stands"
    assert {one.card_id for one in evidence_of(session, aino.id)} == {"FOO01", "CAR03", "HAN01"}


def test_messages_go_only_to_addresses_that_are_known(session: Session, aino: Youth) -> None:
    with pytest.raises(DomainError):
        choose_messages(session, aino, language="fi", channel=Channel.EMAIL, actor=by(aino))
    choose_messages(session, aino, language="fi", channel=Channel.NONE, actor=by(aino))
    session.flush()
    assert (aino.language, aino.channel) == ("fi", Channel.NONE)


def test_nobody_suggests_during_a_break(session: Session, aino: Youth) -> None:
    staff = make_staff(session)
    aino.centre_id = staff.centre_id
    offer = make_offer(session, make_employer(session, staff.centre))
    take_a_break(session, aino, is_on=True, actor=by(aino))
    with pytest.raises(DomainError) as refused:
        refuse_unless_sendable(session, youth=aino, offer=offer)
    assert refused.value.code == "has_a_break"
    take_a_break(session, aino, is_on=False, actor=by(aino))
    refuse_unless_sendable(session, youth=aino, offer=offer)


def test_deletion_is_asked_once_and_answered_once(session: Session, aino: Youth) -> None:
    first = make_request(session, aino, kind=RequestKind.ERASE, text="", actor=by(aino))
    assert make_request(session, aino, kind=RequestKind.ERASE, text="", actor=by(aino)) is first
    end_request(session, first, state=RequestState.NOT_DONE, answer="Let us talk", actor=by(aino))
    with pytest.raises(TransitionNotAllowed):
        end_request(session, first, state=RequestState.DONE, answer="", actor=by(aino))


def referring_tables() -> list[Table]:
    """Every table with a column that refers to a young person, by key or by name, read from the schema itself."""
    return [
        table
        for table in Base.metadata.sorted_tables
        if "youth_id" in table.columns
        or any(key.column.table.name == "youth" for column in table.columns for key in column.foreign_keys)
    ]


def full_world(session: Session) -> tuple[World, Youth]:
    world = make_world(session, name=MARK)
    youth = session.get_one(Youth, world.ids["youth_id"])
    record(session, actor=Actor.staff(world.staff), action="youth.viewed", about=youth, youth_id=youth.id)
    session.flush()
    return world, youth


def test_the_data_taken_along_leaves_out_no_table(session: Session) -> None:
    _world, youth = full_world(session)
    make_world(session)
    found = {table.name: table.rows for table in own_data(session, youth.id)}
    tables = referring_tables()
    assert len(tables) >= 12
    assert {table.name for table in tables} <= set(found)
    for table in tables:
        column = next(
            one
            for one in table.columns
            if one.name == "youth_id"
            or (one.foreign_keys and any(key.column.table.name == "youth" for key in one.foreign_keys))
        )
        count = len(session.execute(select(table).where(column == youth.id)).all())
        assert len(found[table.name]) == count, table.name
        for row in found[table.name]:
            assert set(row) == {one.name for one in table.columns} - SECRET
    assert found["suggestion_event"] is not None
    told = str(as_json_values(own_data(session, youth.id)))
    assert "Ohjaamo Kivilampi" not in told, "somebody else's row"
    assert "token_hash" not in told


def test_after_erasing_nothing_is_left_but_a_number_and_codes(session: Session) -> None:
    world, youth = full_world(session)
    number = youth.id
    erase_youth(session, youth, actor=Actor.staff(world.staff))
    session.flush()
    session.expire_all()
    for table in referring_tables():
        rows = session.execute(select(table)).mappings().all()
        about = [row for row in rows if row.get("youth_id") == number]
        assert not about or table.name == "audit_entry", table.name
    shell = session.get_one(Youth, number)
    assert (shell.first_name, shell.is_active, shell.phone) == ("–", False, "")
    assert get_youth_with_profile(session, number, shell.centre_id) is None
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.youth_id == number)).all()
    assert "youth.erased" in actions
    assert youth.first_name not in str(as_json_values(own_data(session, number)).get("audit_entry"))


@pytest.mark.parametrize("change", [{"first_name": "Aino"}, {"erased_at": None, "is_active": True}])
def test_an_erased_row_cannot_come_back(session: Session, change: dict[str, object]) -> None:
    world, youth = full_world(session)
    number = youth.id
    erase_youth(session, youth, actor=Actor.staff(world.staff))
    session.flush()
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(update(Youth).where(Youth.id == number).values(**change))
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(text("DELETE FROM youth WHERE id = :id"), {"id": number})


def test_a_new_person_never_gets_an_erased_number(session: Session, engine: Engine) -> None:
    world, youth = full_world(session)
    number = youth.id
    erase_youth(session, youth, actor=Actor.staff(world.staff))
    session.flush()
    assert make_youth(session, make_staff(session)).id != number
    assert engine is not None
