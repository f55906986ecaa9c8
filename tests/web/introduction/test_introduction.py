"""From yes to a meeting, page by page: the worker, the young person, a guardian and the employer."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import LinkPurpose, Staff
from placement.accounts.personal_links import find_link, make_link
from placement.clock import today_in_helsinki
from placement.introductions.models import CardApproval, Introduction, Signer
from placement.introductions.states import IntroductionState
from placement.notifications.models import Channel, Message
from placement.offers.models import Offer
from placement.placements.models import Placement
from placement.suggestions.models import Suggestion
from placement.suggestions.states import SuggestionState
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.factories.introductions import make_draft, make_introduced
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient

_S = IntroductionState
THIS_YEAR = today_in_helsinki().year


def born(age: int) -> date:
    return date(THIS_YEAR - age - 1, 1, 1)


@pytest.fixture
def staff(session: Session) -> Staff:
    return make_staff(session, first_name="Sari")


def interested(session: Session, staff: Staff, **values: object) -> Suggestion:
    youth = make_youth(session, staff, cards={"PEO01": "yes"}, hours_per_week_min=20, hours_per_week_max=20, **values)
    employer = make_employer(session, staff.centre)
    make_contact(session, employer, name="Henna Aalto")
    offer = make_offer(session, employer, title="Kahvila-apulainen")
    return make_suggestion(session, youth=youth, offer=offer, made_by=staff, state=SuggestionState.INTERESTED)


def link_of(session: Session, introduction: Introduction, purpose: LinkPurpose) -> str:
    is_employer = purpose is LinkPurpose.INTRODUCED
    return make_link(
        session,
        centre_id=introduction.centre_id,
        purpose=purpose,
        youth_id=None if is_employer else introduction.youth_id,
        employer_contact_id=introduction.contact_id if is_employer else None,
        object_id=introduction.id,
    )


def address_in(session: Session, name: str) -> str:
    message = session.scalars(select(Message).where(Message.name == name).order_by(Message.id.desc())).first()
    assert message is not None, f"no message {name}"
    found = re.search(r"http://sauma\.test(/\S+)", message.text)
    assert found, message.text
    return found.group(1)


def days_ahead(days: int) -> str:
    day = today_in_helsinki() + timedelta(days=days)
    return f"{day.day}.{day.month}.{day.year}"


def test_from_a_yes_to_a_meeting_and_a_placement(page: PageClient, session: Session, staff: Staff) -> None:
    suggestion = interested(session, staff)
    page.sign_in(staff)
    page.get(f"/young-people/{suggestion.youth_id}/suggestions")
    begin = next(link for link in page.page.links() if link.endswith("/introduce"))  # type: ignore[union-attr]
    page.get(begin)
    shown = page.submit("Make the card")
    assert shown.heading == "Card of Aino K."
    page.submit("Save the card", strengths="I make good coffee", hours="20 hours a week", extra="")
    shown = page.submit("Send to Aino")
    assert "Waits for the young person’s yes" in shown.text

    staff_page = page.page.response.request.path  # type: ignore[union-attr]
    visitor = PageClient(page.app, session)
    shown = visitor.get(address_in(session, "card_to_approve"))
    assert shown.heading == "Your card"
    assert "I make good coffee" in shown.text
    assert "Henna Aalto, Kahvila Aamu" in shown.text
    visitor.submit("Yes, this may be shown")

    page.get(staff_page)
    page.get(f"{staff_page}/send")
    page.submit("Send the card")

    employer = PageClient(page.app, session)
    shown = employer.get(address_in(session, "introduction_sent"))
    assert "I make good coffee" in shown.text
    assert "Koskela" not in shown.html
    employer.get(next(link for link in shown.links() if link.endswith("/meet")))
    shown = employer.submit("Send the times", day_1=days_ahead(3), at_1="9", day_2=days_ahead(4), at_2="12.30")
    assert shown.heading == "The young person chooses a time"

    shown = visitor.get(address_in(session, "introduction_times"))
    times = [button.get_text() for button in shown.select("section[aria-label=Times] button")]
    assert len(times) == 3
    visitor.submit(times[1])
    shown = visitor.get(address_in(session, "meeting_agreed"))
    assert "12:30" in shown.text
    calendar = visitor.client.get(next(link for link in shown.links() if link.endswith(".ics"))).get_data(as_text=True)
    assert "SUMMARY:Meeting" in calendar
    assert not re.search("Aino|Kahvila|Henna|LOCATION|DESCRIPTION", calendar)

    page.get(f"{staff_page}/outcome")
    shown = page.submit("Write it down", outcome="choose", note="Begins with a trial")
    assert "Leads to a placement" in shown.text

    plan = next(link for link in shown.links() if "/placements/new/" in link)
    assert plan in page.get("/today/").links()
    shown = page.get(plan)
    assert "What the offer “Kahvila-apulainen” tells is taken along." in shown.text
    dates = {"starts_on": days_ahead(14), "ends_on": days_ahead(42)}
    page.submit("Plan it", **dates)
    placement = session.scalars(select(Placement)).one()
    introduction = session.scalars(select(Introduction)).one()
    assert (placement.suggestion_id, placement.contact_id) == (suggestion.id, introduction.contact_id)
    assert introduction.state is _S.PLACED
    # The form of another tab, or pressed twice: one placement comes of one introduction.
    assert page.get(plan, status=303).response.location == staff_page
    assert session.scalars(select(Placement)).one() is placement


def test_no_more_are_introduced_at_once_than_the_offer_allows(page: PageClient, session: Session, staff: Staff) -> None:
    offer = session.get_one(Offer, make_draft(session, staff=staff).offer_id)
    offer.talks_cap = 1
    youth = make_youth(session, staff, first_name="Onni")
    second = make_suggestion(session, youth=youth, offer=offer, made_by=staff, state=SuggestionState.INTERESTED)
    page.sign_in(staff)
    page.get(f"/young-people/{youth.id}/suggestions/{second.id}/introduce")
    assert "being introduced already" in page.submit("Make the card").text
    assert len(session.scalars(select(Introduction)).all()) == 1


def test_under_18_the_guardian_is_asked_too_through_a_link_of_their_own(
    page: PageClient, session: Session, staff: Staff
) -> None:
    youth = make_youth(session, staff, birth_date=born(16))
    draft = make_draft(session, staff=staff, youth=youth)
    page.sign_in(staff)
    page.get(f"/young-people/{youth.id}/introductions/{draft.id}/together")
    shown = page.submit("Yes, this may be shown")
    assert "Waits for the guardian" in shown.text
    assert "Send to the employer" not in shown.text
    page.get(f"/young-people/{youth.id}/introductions/{draft.id}/guardian-link")
    shown = page.submit("Send the link", status=422)
    assert shown.errors == ["Phone of the guardian – Give a phone number or an e-mail address."]
    page.submit("Send the link", phone="040 555 0199", language="sv")
    sent = session.scalars(select(Message).where(Message.name == "guardian_asked")).one()
    assert (sent.channel, sent.address, sent.language) == (Channel.SMS, "+358405550199", "sv")
    assert not re.search("Aino|Koskela|Kahvila", sent.text)
    assert "I make good coffee" in PageClient(page.app, session).get(address_in(session, "guardian_asked")).text
    page.get(f"/young-people/{youth.id}/introductions/{draft.id}/guardian-link")
    shown = page.submit("Show QR code", status=200, language="en")
    address = next(link for link in shown.links() if "/g/" in link).removeprefix("http://sauma.test")

    guardian = PageClient(page.app, session)
    shown = guardian.get(address)
    assert "I make good coffee" in shown.text
    shown = guardian.submit("Yes, this may be shown", status=422)
    assert shown.errors == ["Your name – Write your name."]
    shown = guardian.submit("Yes, this may be shown", signed_name="Pirkko Koskela")
    assert "You have said yes" in shown.text
    signed = session.scalars(select(CardApproval).where(CardApproval.signer == Signer.GUARDIAN)).one()
    assert (signed.is_yes, signed.signed_name) == (True, "Pirkko Koskela")
    assert session.get_one(Introduction, draft.id).state is _S.APPROVED
    guardian.submit("Take the permission back")
    session.expire_all()
    assert session.get_one(Introduction, draft.id).state is _S.REVOKED


def test_guardians_answer_on_paper_is_written_down_with_how(page: PageClient, session: Session, staff: Staff) -> None:
    youth = make_youth(session, staff, birth_date=born(16))
    made = make_introduced(session, staff=staff, youth=youth, state=_S.GUARDIAN)
    page.sign_in(staff).get(f"/young-people/{youth.id}/introductions/{made.id}/guardian")
    shown = page.submit("The guardian said no", status=422)
    assert len(shown.errors) == 3
    shown = page.submit("The guardian said no", signed_name="Pirkko", how="by phone", is_heard="y")
    assert "The young person or the guardian said no" in shown.text


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.NONE])
def test_who_has_no_channel_gets_the_card_as_a_picture_for_their_phone(
    page: PageClient, session: Session, staff: Staff, channel: Channel
) -> None:
    draft = make_draft(session, staff=staff, youth=make_youth(session, staff, channel=channel))
    page.sign_in(staff).get(f"/young-people/{draft.youth_id}/introductions/{draft.id}")
    if channel is Channel.NONE:
        shown = page.submit("Show QR code", status=200)
        assert shown.heading == "Show the card to Aino"
    else:
        assert "Done: Sent to Aino." in page.submit("Send to Aino").flashes


def test_young_person_writes_the_card_in_their_own_way(page: PageClient, session: Session, staff: Staff) -> None:
    made = make_introduced(session, staff=staff, state=_S.ASKED)
    page.get(f"/i/{link_of(session, made, LinkPurpose.INTRODUCTION)}/change")
    shown = page.submit("Save and read it again", strengths="", status=422)
    assert shown.errors == ["Strengths – Write at least one strength."]
    shown = page.submit("Save and read it again", strengths="I sing", extra="I have a cat")
    assert "I have a cat" in shown.text


def test_card_changed_meanwhile_is_read_again_before_it_is_approved(
    page: PageClient, session: Session, staff: Staff
) -> None:
    made = make_introduced(session, staff=staff, state=_S.ASKED)
    page.get(f"/i/{link_of(session, made, LinkPurpose.INTRODUCTION)}")
    made.strengths, made.card_version = "Something else", made.card_version + 1
    shown = page.submit("Yes, this may be shown")
    assert shown.flashes == ["Attention: The card has changed after you opened this page. Read it again."]
    assert session.get_one(Introduction, made.id).state is _S.ASKED


def test_no_card_names_a_place_of_somebody_with_protected_contact(
    page: PageClient, session: Session, staff: Staff
) -> None:
    draft = make_draft(session, staff=staff, youth=make_youth(session, staff, protected_contact=True))
    page.sign_in(staff).get(f"/young-people/{draft.youth_id}/introductions/{draft.id}/card")
    shown = page.submit("Save the card", strengths="Asun Rovaniemellä", status=409)
    assert "Leave out the names of places" in shown.text
    page.submit("Save the card", strengths="I bake")


@pytest.mark.parametrize("purpose", [LinkPurpose.INTRODUCTION, LinkPurpose.INTRODUCED])
def test_expired_and_forged_links_tell_nothing_and_offer_a_new_one(
    page: PageClient, session: Session, staff: Staff, purpose: LinkPurpose
) -> None:
    made = make_introduced(session, staff=staff)
    token = link_of(session, made, purpose)

    session.flush()
    link = find_link(session, token, purpose=purpose)
    assert link is not None
    link.created_at -= timedelta(days=200)
    link.expires_at -= timedelta(days=150)
    path = "i" if purpose is LinkPurpose.INTRODUCTION else "c"
    for wrong in (token, "x" * 22, "-"):
        shown = page.get(f"/{path}/{wrong}", status=404)
        assert "coffee" not in shown.html
    page.get(f"/{path}/{token}", status=404)
    shown = page.submit("Send me a new link")
    assert shown.heading == "Look at your messages"
    renewed = address_in(session, "introduction_new_link")
    assert "coffee" in page.get(renewed).html


def test_link_of_one_side_does_not_open_the_page_of_the_other(page: PageClient, session: Session, staff: Staff) -> None:
    made = make_introduced(session, staff=staff)
    for purpose, others in (
        (LinkPurpose.INTRODUCTION, "cg"),
        (LinkPurpose.GUARDIAN, "ic"),
        (LinkPurpose.INTRODUCED, "ig"),
    ):
        token = link_of(session, made, purpose)
        for path in others:
            page.get(f"/{path}/{token}", status=404)


def test_own_page_opens_the_same_introduction(page: PageClient, session: Session, staff: Staff) -> None:
    made = make_introduced(session, staff=staff, state=_S.TIMES)
    token = make_link(session, centre_id=made.centre_id, purpose=LinkPurpose.MY_PAGE, youth_id=made.youth_id)
    shown = page.get(f"/me/{token}/introductions/{made.id}")
    page.submit(shown.select("section[aria-label=Times] button")[0].get_text())
    session.expire_all()
    assert session.get_one(Introduction, made.id).state is _S.AGREED
    other = make_introduced(session, state=_S.TIMES)
    page.get(f"/me/{token}/introductions/{other.id}", status=404)


def test_revoked_card_is_gone_at_once(page: PageClient, session: Session, staff: Staff) -> None:
    made = make_introduced(session, staff=staff, state=_S.AGREED)
    receiver = f"/c/{link_of(session, made, LinkPurpose.INTRODUCED)}"
    employer = PageClient(page.app, session)
    assert "I make good coffee" in employer.get(receiver).text
    page.get(f"/i/{link_of(session, made, LinkPurpose.INTRODUCTION)}")
    page.get(next(link for link in page.page.links() if link.endswith("/take-back")))  # type: ignore[union-attr]
    page.submit("Take it back")
    for path in ("", "/meet", "/not-now", "/no", "/cancel-time", "/calendar.ics"):
        shown = employer.get(f"{receiver}{path}", status=404)
        assert "coffee" not in shown.html
        assert "Aino" not in shown.html
    names = set(session.scalars(select(Message.name).where(Message.employer_contact_id == made.contact_id)))
    assert "introduction_over" in names


def test_employers_no_is_told_by_a_person_before_it_can_be_read(
    page: PageClient, session: Session, staff: Staff
) -> None:
    made = make_introduced(session, staff=staff)
    employer = PageClient(page.app, session)
    employer.get(f"/c/{link_of(session, made, LinkPurpose.INTRODUCED)}/no")
    shown = employer.submit("Send the answer", status=422)
    assert shown.errors == ["Why? – Choose a reason."]
    shown = employer.submit(
        "Send the answer", reason="hours", text_for_youth="You seem warm", text_for_worker="Maybe in May"
    )
    assert "Thank you" in shown.heading
    assert "coffee" not in shown.html
    own = f"/i/{link_of(session, made, LinkPurpose.INTRODUCTION)}"
    assert "You seem warm" not in page.get(own).html
    worker = PageClient(page.app, session).sign_in(staff)
    shown = worker.get(f"/young-people/{made.youth_id}/introductions/{made.id}")
    assert "Maybe in May" in shown.text
    worker.submit("I have told it")
    shown = page.get(own)
    assert "You seem warm" in shown.text
    assert "Maybe in May" not in shown.html


def test_not_now_asks_when_and_stays_open(page: PageClient, session: Session, staff: Staff) -> None:
    made = make_introduced(session, staff=staff)
    page.get(f"/c/{link_of(session, made, LinkPurpose.INTRODUCED)}/not-now")
    page.submit("Send the answer", ask_again_on="1.1.2020", status=422)
    shown = page.submit("Send the answer", ask_again_on=days_ahead(30), text_for_worker="After the rush")
    assert "You can still say yes" in shown.text
    session.expire_all()
    assert session.get_one(Introduction, made.id).state is _S.NOT_NOW


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"day_1": "", "at_1": ""}, "Give at least one day and time."),
        ({"day_1": "1.1.2020", "at_1": "9"}, "This time has passed."),
        ({"at_2": "9"}, "Give both the day and the time."),
        ({"day_2": "31.2.2027", "at_2": "9"}, "There is no such day"),
        ({"at_1": "25"}, "Give the time like this"),
        ({"day_1": "30.12.2099"}, "The last time is too far away"),
    ],
)
def test_times_that_cannot_be_are_refused_and_kept_in_the_form(
    page: PageClient, session: Session, staff: Staff, fields: dict[str, str], error: str
) -> None:
    made = make_introduced(session, staff=staff)
    page.get(f"/c/{link_of(session, made, LinkPurpose.INTRODUCED)}/meet")
    status = 409 if "2099" in fields.get("day_1", "") else 422
    shown = page.submit("Send the times", status=status, **{"day_1": days_ahead(3), "at_1": "9", **fields})
    assert error in shown.text


def test_two_answers_at_once_have_one_effect(page: PageClient, session: Session, staff: Staff) -> None:
    """Two windows of the employer, two of the young person: the later answer finds how it is now."""
    made = make_introduced(session, staff=staff)
    token = link_of(session, made, LinkPurpose.INTRODUCED)
    first, second = PageClient(page.app, session), PageClient(page.app, session)
    first.get(f"/c/{token}/no")
    second.get(f"/c/{token}/meet")
    first.submit("Send the answer", reason="taken")
    second.submit("Send the times", day_1=days_ahead(3), at_1="9", status=200)
    session.expire_all()
    assert session.get_one(Introduction, made.id).state is _S.DECLINED

    other = make_introduced(session, staff=make_staff(session), state=_S.TIMES)
    token = link_of(session, other, LinkPurpose.INTRODUCTION)
    times = [button.get_text() for button in first.get(f"/i/{token}").select("section[aria-label=Times] button")]
    second.get(f"/i/{token}")
    first.submit(times[0])
    second.submit(times[1])
    session.expire_all()
    kept = session.get_one(Introduction, other.id)
    assert (kept.state, kept.meeting_sequence) == (_S.AGREED, 1)


def test_worker_may_write_down_every_answer_of_the_employer(page: PageClient, session: Session, staff: Staff) -> None:
    made = make_introduced(session, staff=staff)
    base = f"/young-people/{made.youth_id}/introductions/{made.id}"
    page.sign_in(staff).get(f"{base}/not-now")
    page.submit("Write it down")
    page.get(f"{base}/times")
    shown = page.submit("Save the times", day_1=days_ahead(2), at_1="9")
    time = shown.select("form[action$='/time'] button")[0].get_text()
    shown = page.submit(time)
    assert "Meeting agreed" in shown.text
    shown = page.submit("Cancel the time")
    assert "Waits for the employer" in shown.text
    page.get(f"{base}/no")
    shown = page.submit("Write it down", reason="taken")
    assert "The employer said no" in shown.text


def test_other_young_people_are_told_by_a_person_that_the_place_has_gone(
    page: PageClient, session: Session, staff: Staff
) -> None:
    made = make_introduced(session, staff=staff, state=_S.AGREED)
    other = make_youth(session, staff, first_name="Onni")
    waiting = make_suggestion(session, youth=other, offer=made.offer, made_by=staff, state=SuggestionState.INTERESTED)
    address = f"/young-people/{other.id}/suggestions/{waiting.id}/gone"
    page.sign_in(staff)
    response = page.client.get(address)
    assert response.status_code == 303
    page.get(f"/young-people/{made.youth_id}/introductions/{made.id}/outcome")
    page.submit("Write it down", outcome="choose")
    shown = page.get("/today/")
    assert "Onni K." in shown.text
    shown = page.get(address)
    assert "Hi Onni!" in shown.text
    page.submit("I have told it, close the suggestion")
    session.expire_all()
    assert session.get_one(Suggestion, waiting.id).state is SuggestionState.WITHDRAWN
