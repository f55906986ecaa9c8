"""A young person with a unique word in every field: no byte of it reaches whom it does not belong to."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from placement.accounts.models import LinkPurpose, Staff
from placement.accounts.permissions import Role
from placement.accounts.personal_links import make_link
from placement.audit.services import Actor, give_look_reason
from placement.clock import utcnow
from placement.employers.models import EmployerContact
from placement.introductions.models import Introduction
from placement.introductions.services import change_card, revoke_card
from placement.introductions.states import IntroductionState
from placement.jobseekers.models import OwnWords, Youth
from placement.notifications.models import Channel, Message
from placement.offers.models import Offer
from placement.recruitment_days.invitations import answer_for_employer
from placement.recruitment_days.models import DayEmployer, DayInvitation, RecruitmentDay
from placement.recruitment_days.needs import Needs
from placement.recruitment_days.services import edit_day
from placement.suggestions.queries import get_suggestion
from placement.suggestions.services import answer_suggestion, follow_up_suggestion
from placement.suggestions.states import SuggestionAction
from placement.vocabulary import municipalities_by_code
from placement.web.access import BY_LINK, PUBLIC, rule_of
from tests.support.factories.centres import make_staff
from tests.support.factories.days import say_yes
from tests.support.factories.introductions import make_draft, walk
from tests.support.factories.messages import make_message
from tests.support.page import Page, PageClient
from tests.support.world import MARK, World, make_world

pytestmark = pytest.mark.shown

AREA = "890"  # the northernmost municipality: nothing else in these tests is there
NOT_HTML = ("text/csv", "application/pdf")  # what a browser never reads as marks
CONTACT = {"phone": "+358405559871", "phone as typed": "5559871", "e-mail": "quokka.zebu@example.fi"}
NAMES = {"first name": "Quokkaleena", "last name": "Zebunen"}
CONTENT = {
    "own words": "quagga mending",
    "question": "what do wombats eat",
    "next step": "meet at the axolotl",
    "note": "you like the pangolin",
    "reason of an answer": "because of the narwhal",
    "need": "a chair for my capybara",
}
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
EVERYTHING = NAMES | CONTACT | CONTENT
STRANGERS = (Role.EMPLOYER_WORKER, Role.AUTHORITY, Role.OUTREACH, Role.WORKSHOP, Role.ADMIN, Role.AUDITOR)


@pytest.fixture
def world(session: Session) -> World:
    """A centre whose young person has a unique word in every field, protected contact, and has answered everything."""
    made = make_world(session)
    youth = session.get_one(Youth, made.ids["youth_id"])
    youth.first_name, youth.last_name = NAMES["first name"], NAMES["last name"]
    youth.sort_name = f"{youth.last_name} {youth.first_name}".lower()
    youth.phone, youth.email, youth.channel = CONTACT["phone"], CONTACT["e-mail"], Channel.EMAIL
    youth.protected_contact, youth.travel_from, youth.question = True, AREA, CONTENT["question"]
    session.add(OwnWords(youth_id=youth.id, text=CONTENT["own words"], language="en"))
    actor = Actor.youth(youth.id, youth.centre_id)
    suggestion = get_suggestion(session, made.ids["suggestion_id"], youth_id=youth.id)
    assert suggestion is not None
    suggestion.note = CONTENT["note"]
    answer_suggestion(
        session, suggestion, SuggestionAction.HEAR_MORE, actor=actor, reason=CONTENT["reason of an answer"]
    )
    staff = Actor.staff(made.staff)
    follow_up_suggestion(session, suggestion, next_step=CONTENT["next step"], next_on=None, actor=staff)
    invitation = session.get_one(DayInvitation, made.ids["invitation_id"])
    say_yes(session, invitation, needs=Needs.of([], CONTENT["need"]).kept())
    row = session.get_one(DayEmployer, made.ids["row_id"])
    answer_for_employer(session, row, coming=True, people=2, actor=staff)
    day = session.get_one(RecruitmentDay, made.ids["day_id"])
    edit_day(session, day, actor=staff, venue_name="City library, hall 2")
    make_message(
        session,
        centre_id=youth.centre_id,
        youth_id=youth.id,
        address=CONTACT["e-mail"],
        subject=f"For {youth.first_name}",
        text=" ".join(EVERYTHING.values()),
        outcome=f"550 {CONTACT['e-mail']} unknown",
    )
    session.commit()
    return made


def rules(app: Flask, *, by_link: bool) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        access = rule_of(app, rule.endpoint) or PUBLIC
        if "GET" in (rule.methods or ()) and "static" not in rule.endpoint and (access is BY_LINK) == by_link:
            yield rule


def seen_by_staff(app: Flask, page: PageClient, staff: Staff, ids: dict[str, int]) -> Iterator[tuple[str, Page]]:
    """Every page of a worker, and what every link on it leads to, once."""
    page.sign_in(staff)
    values = {**ids, "token": "unknown"}
    waiting = [
        str(app.url_map.bind("localhost").build(rule.endpoint, {name: values[name] for name in rule.arguments}))
        for rule in rules(app, by_link=False)
        if rule.endpoint != "security.logout"
    ]
    yield from crawled(page, waiting)


def crawled(page: PageClient, waiting: list[str]) -> Iterator[tuple[str, Page]]:
    known = set(waiting)
    while waiting:
        address = waiting.pop()
        shown = Page(page.client.get(address))
        yield address, shown
        for link in (unescape(address).partition("#")[0] for address in LINK.findall(shown.html)):
            if link.startswith("/") and not link.startswith(("/sign-out", "/static")) and link not in known:
                known.add(link)
                waiting.append(link)


def found_in(shown: Page, canaries: dict[str, str]) -> list[str]:
    everything = shown.html + str(shown.response.headers)
    return [field for field, word in canaries.items() if word.lower() in everything.lower()]


def area_in(shown: Page) -> bool:
    """Whether the page tells the area; the list of all municipalities in a form does not."""
    for option in shown.soup.select("option:not([selected])"):
        option.decompose()
    return municipalities_by_code()[AREA].name_fi in shown.soup.get_text(" ")


def fail_if_seen(pages: Iterable[tuple[str, Page]], canaries: dict[str, str]) -> None:
    opened = 0
    for address, shown in pages:
        opened += shown.status == 200
        assert found_in(shown, canaries) == [], address
        assert not area_in(shown), address
    assert opened > 3, "hardly any page was opened"


def test_the_words_are_there_for_the_own_adult(app: Flask, page: PageClient, world: World) -> None:
    """Or else the tests below would prove nothing."""
    found = set()
    area = False
    for _address, shown in seen_by_staff(app, page, world.staff, world.ids):
        found |= set(found_in(shown, EVERYTHING))
        area |= area_in(shown)
    assert found >= set(EVERYTHING) - {"note"}
    assert area


def test_employers_see_nothing_of_young_people(app: Flask, page: PageClient, session: Session, world: World) -> None:
    contact = session.get_one(EmployerContact, world.ids["contact_id"])
    objects = {
        LinkPurpose.EMPLOYER_PAGE: None,
        LinkPurpose.DAY_EMPLOYER: world.ids["row_id"],
        LinkPurpose.INTRODUCED: world.ids["introduction_id"],
    }
    tokens = [
        make_link(
            session,
            centre_id=contact.centre_id,
            purpose=purpose,
            employer_contact_id=contact.id,
            object_id=object_id,
        )
        for purpose, object_id in objects.items()
    ]
    session.commit()
    build = app.url_map.bind("localhost").build
    addresses = [
        str(build(rule.endpoint, {name: {**world.ids, "token": token}[name] for name in rule.arguments}))
        for rule in rules(app, by_link=True)
        for token in tokens
    ]
    fail_if_seen(crawled(page, addresses), EVERYTHING)


CARD = {"first name": "Quokkaleena", "strengths": "okapi grooming", "hours": "when the lemurs sleep"}
NOT_ON_THE_CARD = {"last name": NAMES["last name"]} | CONTACT | CONTENT


def sent_card(session: Session, world: World, state: IntroductionState) -> Introduction:
    """A card that the young person with the words approved, walked to a state."""
    youth = session.get_one(Youth, world.ids["youth_id"])
    staff = session.get_one(Staff, world.staff.id)
    made = make_draft(session, staff=staff, youth=youth)
    actor = Actor.staff(staff)
    change_card(
        session,
        made,
        version=made.card_version,
        strengths=CARD["strengths"],
        hours=CARD["hours"],
        extra="",
        actor=actor,
    )
    walk(session, made, state, staff=staff)
    # What is told after the approval is not part of it.
    made.strengths, made.extra = CONTENT["own words"], CONTENT["question"]
    session.commit()
    return made


def receiver_pages(app: Flask, session: Session, made: Introduction, page: PageClient) -> list[tuple[str, Page]]:
    """Every page, file and answer that the link of the contact person can open."""
    token = make_link(
        session,
        centre_id=made.centre_id,
        purpose=LinkPurpose.INTRODUCED,
        employer_contact_id=made.contact_id,
        object_id=made.id,
    )
    session.commit()
    build = app.url_map.bind("localhost").build
    waiting = [
        str(build(rule.endpoint, {"token": token})) for rule in rules(app, by_link=True) if rule.arguments == {"token"}
    ]
    return list(crawled(page, waiting))


@pytest.mark.parametrize("state", [IntroductionState.SENT, IntroductionState.TIMES, IntroductionState.AGREED])
def test_employer_gets_the_approved_card_and_nothing_else_in_any_byte(
    app: Flask, page: PageClient, session: Session, world: World, state: IntroductionState
) -> None:
    made = sent_card(session, world, state)
    seen: set[str] = set()
    for address, shown in receiver_pages(app, session, made, page):
        seen |= set(found_in(shown, CARD))
        assert found_in(shown, NOT_ON_THE_CARD) == [], address
        assert not area_in(shown), address
        if address.endswith(".ics"):
            assert found_in(shown, CARD) == [], "a calendar is often shared"
    assert seen == set(CARD)
    for message in session.scalars(select(Message).where(Message.employer_contact_id == made.contact_id)):
        text = f"{message.subject} {message.text} {message.html} {message.calendar} {message.dedupe_key}".lower()
        assert [field for field, word in (CARD | EVERYTHING).items() if word.lower() in text] == [], message.name


@pytest.mark.parametrize("end", ["revoked", "run out", "left", "text changed"])
def test_nothing_is_left_in_any_byte_when_the_approval_is_over(
    app: Flask, page: PageClient, session: Session, world: World, end: str
) -> None:
    made = sent_card(session, world, IntroductionState.AGREED)
    if end == "revoked":
        revoke_card(session, made, actor=Actor.youth(made.youth_id, made.centre_id))
    elif end == "run out":
        for approval in made.approvals:
            approval.signed_at -= timedelta(days=60)
            approval.expires_at = utcnow() - timedelta(seconds=1)
    elif end == "left":
        session.get_one(Youth, made.youth_id).is_active = False
    else:
        made.card_version += 1
    for address, shown in receiver_pages(app, session, made, page):
        assert found_in(shown, CARD | EVERYTHING) == [], address


def test_messages_to_employers_tell_nothing_of_young_people(session: Session, world: World) -> None:
    messages = session.scalars(select(Message).where(Message.employer_contact_id == world.ids["contact_id"])).all()
    assert {"day_employer_invitation", "day_employer_numbers"} <= {message.name for message in messages}
    for message in messages:
        text = f"{message.subject} {message.text} {message.html} {message.calendar} {message.dedupe_key}".lower()
        assert [field for field, word in EVERYTHING.items() if word.lower() in text] == [], message.name


def test_messages_and_calendar_files_of_a_young_person_tell_no_address_but_their_own(
    session: Session, world: World
) -> None:
    messages = session.scalars(select(Message).where(Message.youth_id == world.ids["youth_id"])).all()
    for message in messages:
        if message.name == "greeting":
            continue
        told = f"{message.subject} {message.text} {message.html} {message.dedupe_key}"
        assert [field for field, word in CONTACT.items() if word in told] == [], message.name
        assert NAMES["last name"] not in told + message.calendar, message.name


def test_another_centre_sees_nothing(app: Flask, page: PageClient, session: Session, world: World) -> None:
    theirs = make_world(session, name=MARK)
    fail_if_seen(seen_by_staff(app, page, theirs.staff, world.ids), EVERYTHING)
    fail_if_seen(seen_by_staff(app, page, theirs.staff, theirs.ids), EVERYTHING)


@pytest.mark.parametrize("role", STRANGERS, ids=lambda role: role.value)
def test_roles_without_young_people_see_nothing(
    app: Flask, page: PageClient, session: Session, world: World, role: Role
) -> None:
    staff = make_staff(session, world.staff.centre, role)
    fail_if_seen(seen_by_staff(app, page, staff, world.ids), EVERYTHING)


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.ONE_ADULT, Role.PAIR_MEMBER], ids=lambda role: role.value)
def test_workers_without_a_reason_see_a_short_name_at_most(
    app: Flask, page: PageClient, session: Session, world: World, role: Role
) -> None:
    staff = make_staff(session, world.staff.centre, role)
    hidden = {"last name": NAMES["last name"]} | CONTACT | CONTENT
    fail_if_seen(seen_by_staff(app, page, staff, world.ids), hidden)


def test_coordinator_sees_short_name_and_needs_of_the_day_at_most(
    app: Flask, page: PageClient, session: Session, world: World
) -> None:
    staff = make_staff(session, world.staff.centre, Role.LEAD)
    hidden = {"last name": NAMES["last name"]} | CONTACT | CONTENT
    del hidden["need"]
    fail_if_seen(seen_by_staff(app, page, staff, world.ids), hidden)


def test_reason_to_look_opens_no_protected_contact(
    app: Flask, page: PageClient, session: Session, world: World
) -> None:
    staff = make_staff(session, world.staff.centre, Role.COUNSELLOR)
    give_look_reason(session, staff=staff, youth_id=world.ids["youth_id"], reason="The own adult is ill.")
    fail_if_seen(seen_by_staff(app, page, staff, world.ids), CONTACT)


def test_marks_of_html_in_any_field_stay_text(app: Flask, page: PageClient, session: Session, world: World) -> None:
    """Names, titles and own words are shown as they were typed, on pages and in e-mails."""
    mark = "<script>alert(1)</script>"
    youth = session.get_one(Youth, world.ids["youth_id"])
    youth.first_name, youth.last_name, youth.question = mark, mark, mark
    contact = session.get_one(EmployerContact, world.ids["contact_id"])
    contact.name = contact.title = mark
    offer = session.get_one(Offer, world.ids["offer_id"])
    offer.title = offer.tasks = offer.schedule_notes = offer.guide_name = mark
    day = session.get_one(RecruitmentDay, world.ids["day_id"])
    edit_day(session, day, actor=Actor.staff(world.staff), title=mark, description=mark, venue_name=mark)
    session.add(OwnWords(youth_id=youth.id, text=mark, language="en"))
    my_page = make_link(session, centre_id=youth.centre_id, purpose=LinkPurpose.MY_PAGE, youth_id=youth.id)
    session.flush()
    shown = 0
    for address, opened in [*seen_by_staff(app, page, world.staff, world.ids), *crawled(page, [f"/me/{my_page}"])]:
        assert mark not in opened.html or opened.response.mimetype in NOT_HTML, address
        shown += "&lt;script&gt;alert(1)&lt;/script&gt;" in opened.html
    assert shown > 20
    for message in session.scalars(select(Message).where(Message.html.contains("alert(1)"))):
        assert mark not in message.html, message.name
