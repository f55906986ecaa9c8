"""The suggestions of one young person: the list, what was set aside, sending, links, the step after a yes."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.audit.models import AuditEntry
from placement.audit.services import give_look_reason
from placement.clock import today_in_helsinki
from placement.employers.models import Employer
from placement.jobseekers.models import OwnWords, Youth
from placement.notifications.models import Channel, Message
from placement.offers.models import Offer, OfferKind, Visibility
from placement.suggestions.models import Suggestion
from placement.suggestions.states import SuggestionState
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.queries import counted_queries
from tests.support.requests import form_token

CARDS = {"FOO01": "yes", "PEO16": "yes", "PEO01": "yes", "PEO04": "yes", "CAR01": "a_little", "ENV05": "suits"}


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def aino(session: Session, sari: Staff) -> Youth:
    youth = make_youth(session, sari, cards=CARDS, day_parts={"morning": True, "night": False})
    youth.one_adult = sari
    return youth


@pytest.fixture
def employer(session: Session, sari: Staff) -> Employer:
    return make_employer(session, sari.centre)


@pytest.fixture
def offer(session: Session, employer: Employer) -> Offer:
    return make_offer(session, employer, title="Café helper", environment={"ENV05": True})


def _url(youth: Youth, rest: str = "") -> str:
    return f"/young-people/{youth.id}/suggestions{rest}"


def test_the_list_tells_why_and_what_to_check(page: PageClient, sari: Staff, aino: Youth, offer: Offer):
    opened = page.sign_in(sari).get(_url(aino))
    assert opened.heading == "Aino K."
    card = opened.select("article.fit")[0].get_text(" ")
    assert "Café helper" in card
    assert "no. 1 of 1" in card
    assert "Kahvila Aamu" in card
    assert "25 h a week" in card
    assert " km" not in card
    assert " min" not in card
    assert "in the same municipality" in card
    assert opened.select(".why .for")
    assert opened.select(".why .check")
    assert "1 of 1 open offer" in opened.text
    assert "never used" in opened.text


def test_no_score_and_no_percentage_is_shown(page: PageClient, sari: Staff, aino: Youth, offer: Offer):
    opened = page.sign_in(sari).get(_url(aino))
    assert "%" not in opened.text
    assert "0." not in opened.select("article.fit")[0].get_text()


def test_the_way_to_another_municipality_is_an_estimate(page: PageClient, sari: Staff, aino: Youth, offer: Offer):
    aino.travel_from = "683"
    aino.travel_minutes_max = 120
    card = page.sign_in(sari).get(_url(aino)).select("article.fit")[0].get_text(" ")
    assert "km (estimate)" in card


def test_a_staff_only_hidden_job_says_so(page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer):
    offer.kind, offer.visibility = OfferKind.HIDDEN_JOB, Visibility.INSIDE
    assert "Hidden job · staff only" in page.sign_in(sari).get(_url(aino)).text


def test_the_view_is_logged(page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer):
    page.sign_in(sari).get(_url(aino))
    assert session.scalars(select(AuditEntry.action)).all() == ["youth.viewed"]


def test_kinds_and_balance_are_kept_in_the_address(
    page: PageClient, session: Session, aino: Youth, employer: Employer, offer: Offer
):
    make_offer(session, employer, kind=OfferKind.OPEN_JOB, title="Shop assistant")
    opened = page.sign_in(aino.one_adult).get(_url(aino, "?kind=open_job&balance=80"))
    assert "Shop assistant" in opened.text
    assert "Café helper" not in opened.text
    assert opened.select("#balance")[0]["value"] == "80"
    assert opened.select("input[type=hidden][name=kind]")[0]["value"] == "open_job"
    assert page.get(_url(aino, "?kind=nonsense&balance=abc&show=-3")).select("article.fit")


def test_seven_are_shown_first_and_more_on_request(
    page: PageClient, session: Session, aino: Youth, employer: Employer, offer: Offer
):
    for number in range(9):
        make_offer(session, employer, title=f"Place {number}")
    opened = page.sign_in(aino.one_adult).get(_url(aino))
    assert len(opened.select("article.fit")) == 7
    more = next(link for link in opened.links() if "show=27" in link)
    assert len(page.get(more).select("article.fit")) == 10


def test_few_strengths_are_told_kindly(page: PageClient, session: Session, sari: Staff, offer: Offer):
    eero = make_youth(session, sari, first_name="Eero", cards={"FOO01": "yes"})
    opened = page.sign_in(sari).get(_url(eero))
    assert "So far Eero has told 1 strength." in opened.text
    assert f"/young-people/{eero.id}/strengths" in opened.links()


def test_nothing_fits_is_said_with_what_was_set_aside(
    page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer
):
    offer.minimum_age = 25
    opened = page.sign_in(sari).get(_url(aino))
    assert "Nothing fits right now" in opened.text
    assert "Age asked for by the employer" in opened.text


def test_no_open_offers_is_said(page: PageClient, sari: Staff, aino: Youth):
    assert "There are no open offers now" in page.sign_in(sari).get(_url(aino)).text


def test_set_aside_offers_stand_under_their_rule(
    page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer
):
    offer.day_parts = ["night"]
    opened = page.sign_in(sari).get(_url(aino, "/set-aside"))
    assert opened.heading == "Set aside for Aino K."
    assert "Rule" not in opened.text
    assert "Aino cannot do these times: nights" in opened.text


def test_protected_contact_shows_no_distance_anywhere(
    page: PageClient, session: Session, aino: Youth, employer: Employer, offer: Offer
):
    aino.protected_contact = True
    make_offer(session, employer, municipality_code="091", title="Far away")
    for address in (_url(aino), _url(aino, "/set-aside"), _url(aino, f"/send/{offer.id}")):
        text = page.sign_in(aino.one_adult).get(address).text
        assert " km" not in text
        assert "about" not in text or "min" not in text.split("about")[1][:12]
        assert "travel-limit" not in text


def test_sending_shows_exactly_what_the_young_person_will_see(
    page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer
):
    aino.language = "fi"
    opened = page.sign_in(sari).get(_url(aino, f"/send/{offer.id}"))
    assert opened.heading == "Send to Aino K."
    assert "It goes by text message." in opened.text
    assert opened.select("div[lang=fi] h2")[0].get_text() == "Café helper"
    assert aino.phone not in opened.html


def test_a_suggestion_is_sent_once(page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer):
    page.sign_in(sari).get(_url(aino, f"/send/{offer.id}"))
    form_page = page.page
    listed = page.submit("Send to Aino", note="Close to your home stop")
    assert "Sent to Aino." in listed.flashes[0]
    assert "Waiting for an answer" in listed.text
    page.page = form_page
    again = page.submit("Send to Aino", note="Close to your home stop")
    assert again.heading == "Aino K."
    suggestion = session.scalars(select(Suggestion)).one()
    assert suggestion.note == "Close to your home stop"
    assert suggestion.considered == 1
    assert len(session.scalars(select(Message)).all()) == 1


def test_an_identity_code_in_the_note_is_refused_and_nothing_is_lost(
    page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer
):
    page.sign_in(sari).get(_url(aino, f"/send/{offer.id}"))
    refused = page.submit("Send to Aino", status=422, note="Hei 131052-308T tervetuloa")
    assert refused.errors
    assert "Hei 131052-308T tervetuloa" in refused.select("textarea")[0].get_text()
    assert session.scalars(select(Suggestion)).all() == []


def test_the_language_switch_keeps_the_note(page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer):
    page.sign_in(sari).get(_url(aino, f"/send/{offer.id}"))
    switched = page.submit("FI Suomi", status=422, note="A few words")
    assert switched.select("html")[0]["lang"] == "fi"
    assert "A few words" in switched.select("textarea")[0].get_text()
    assert session.scalars(select(Suggestion)).all() == []


def test_without_a_channel_the_link_and_a_picture_are_shown(
    page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer
):
    aino.channel, aino.phone = Channel.NONE, ""
    opened = page.sign_in(sari).get(_url(aino, f"/send/{offer.id}"))
    assert "Tell them yourself" in opened.text
    shown = page.submit("Save and show the QR code", status=200)
    assert shown.select("svg.segno, svg path")
    assert any(link.startswith("http://sauma.test/me/place/") for link in shown.links())
    assert session.scalars(select(Message)).all() == []


def test_a_place_suggested_before_is_not_sent_again(
    page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer
):
    make_suggestion(session, youth=aino, offer=offer, made_by=sari)
    refused = page.sign_in(sari).get(_url(aino, f"/send/{offer.id}"), status=409)
    assert "This place has been suggested to them already." in refused.text
    assert "Somebody else" not in refused.text
    assert _url(aino) in refused.links()


def test_a_page_left_open_does_not_send_the_same_place_again(
    page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer
):
    page.sign_in(sari).get(_url(aino, f"/send/{offer.id}"))
    make_suggestion(session, youth=aino, offer=offer, made_by=sari)
    refused = page.submit("Send to Aino", status=409)
    assert "This place has been suggested to them already." in refused.text
    assert "Somebody else" not in refused.text
    assert len(session.scalars(select(Suggestion)).all()) == 1


def test_a_place_that_a_rule_sets_aside_for_good_is_not_sent(
    page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer
):
    offer.minimum_age = 25
    page.sign_in(sari).get(_url(aino, f"/send/{offer.id}"), status=409)


def test_the_own_page_link_is_shown_once_as_address_and_picture(
    page: PageClient, session: Session, sari: Staff, aino: Youth
):
    page.sign_in(sari).get(_url(aino))
    shown = page.submit("Link to own page", status=200)
    assert shown.heading == "Own page of Aino"
    address = next(link for link in shown.links() if link.startswith("http://sauma.test/me/"))
    assert page.sign_out().get(address.removeprefix("http://sauma.test")).heading == "Hi Aino!"
    assert "youth.link_made" in session.scalars(select(AuditEntry.action)).all()


def test_a_code_can_be_shown_again_for_an_open_suggestion(
    page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer
):
    make_suggestion(session, youth=aino, offer=offer, made_by=sari)
    page.sign_in(sari).get(_url(aino))
    shown = page.submit("Show QR code", status=200)
    assert shown.heading == "Show the place to Aino"


def test_a_suggestion_can_be_withdrawn(page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer):
    suggestion = make_suggestion(session, youth=aino, offer=offer, made_by=sari)
    page.sign_in(sari).get(_url(aino, f"/{suggestion.id}/withdraw"))
    listed = page.submit("Withdraw")
    assert "was withdrawn" in listed.flashes[0]
    assert suggestion.state is SuggestionState.WITHDRAWN


def test_after_a_yes_the_employer_is_called_and_the_next_step_kept(
    page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer
):
    offer.contact_id = make_contact(session, make_employer(session, sari.centre), phone="+358401234567").id
    suggestion = make_suggestion(session, youth=aino, offer=offer, made_by=sari, state=SuggestionState.INTERESTED)
    opened = page.sign_in(sari).get(_url(aino, f"/{suggestion.id}/follow-up"))
    assert "Henna Aalto" in opened.text
    assert "Talk with Aino first and agree what may be told. Then call the employer." in opened.text
    refused = page.submit("Save the next step", status=422, next_step="Visit together", next_on="1.1.2020")
    assert refused.errors
    assert refused.select("#next_step")[0]["value"] == "Visit together"
    on = today_in_helsinki() + timedelta(days=2)
    page.submit("Save the next step", next_step="Visit together", next_on=f"{on.day}.{on.month}.{on.year}")
    assert suggestion.followed_up_at is not None
    assert aino.next_on == on
    listed = page.get(_url(aino))
    assert "Followed up" in listed.text
    assert _url(aino, f"/{suggestion.id}/follow-up") in listed.links()


def test_a_follow_up_without_a_yes_is_not_found(page: PageClient, session: Session, sari: Staff, aino: Youth):
    offer = make_offer(session, make_employer(session, sari.centre))
    suggestion = make_suggestion(session, youth=aino, made_by=sari, offer=offer)
    page.sign_in(sari).get(_url(aino, f"/{suggestion.id}/follow-up"), status=404)


@pytest.mark.parametrize("rest", ["", "/set-aside", "/send/{offer}"])
def test_another_centres_young_person_is_not_found(
    page: PageClient, session: Session, aino: Youth, offer: Offer, rest: str
):
    stranger = make_staff(session, make_centre(session))
    page.sign_in(stranger).get(_url(aino, rest.format(offer=offer.id)), status=404)


def test_another_centres_offer_is_not_found(page: PageClient, session: Session, sari: Staff, aino: Youth):
    other = make_offer(session, make_employer(session, make_centre(session)))
    page.sign_in(sari).get(_url(aino, f"/send/{other.id}"), status=404)


@pytest.mark.parametrize("role", [Role.EMPLOYER_WORKER, Role.LEAD, Role.ADMIN, Role.AUDITOR, Role.AUTHORITY])
def test_roles_without_the_permission_are_refused(
    page: PageClient, session: Session, aino: Youth, offer: Offer, role: Role
):
    worker = make_staff(session, aino.one_adult.centre, role)
    for rest in ("", "/set-aside", f"/send/{offer.id}"):
        page.sign_in(worker).get(_url(aino, rest), status=403)


def test_the_queries_do_not_grow_with_the_offers(
    page: PageClient, session: Session, engine: Engine, sari: Staff, aino: Youth
):
    counts = []
    page.sign_in(sari)
    for more in (2, 4):
        for _number in range(more):
            made = make_offer(session, make_employer(session, sari.centre))
            make_suggestion(session, youth=aino, offer=made, made_by=sari)
        session.commit()
        with counted_queries(engine) as statements:
            page.get(_url(aino))
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_own_words_stand_out_and_are_never_read_as_html(
    page: PageClient, session: Session, sari: Staff, aino: Youth, offer: Offer
):
    session.add(OwnWords(youth_id=aino.id, text="I <b>cook</b> & bake", language="en", card_ids=["FOO01", "PEO16"]))
    opened = page.sign_in(sari).get(_url(aino))
    bold = [quote.get_text() for quote in opened.select(".why .for b")]
    assert "“I <b>cook</b> & bake”" in bold


def test_a_worker_who_does_not_serve_the_young_person_is_asked_why(
    page: PageClient, session: Session, sari: Staff, aino: Youth
):
    mikko = make_staff(session, sari.centre, first_name="Mikko")
    page.sign_in(mikko)
    response = page.client.get(_url(aino))
    assert response.status_code == 303
    assert response.location.startswith(f"/young-people/{aino.id}/why")


def test_only_a_named_worker_gives_the_link_to_the_young_persons_own_page(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    other = make_staff(session, sari.centre, first_name="Leena")
    give_look_reason(session, staff=other, youth_id=aino.id, reason="Standing in for Sari")
    opened = page.sign_in(other).get(_url(aino))
    assert "Link to own page" not in opened.text
    token = form_token(page)
    response = page.client.post(f"/young-people/{aino.id}/my-page-link", data={"csrf_token": token})
    assert response.status_code == 403
