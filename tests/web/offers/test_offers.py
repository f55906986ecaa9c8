"""Staff write down, check and publish offers."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.audit.models import AuditEntry
from placement.clock import today_in_helsinki
from placement.notifications.models import Message
from placement.offers.finding import OfferFilter
from placement.offers.models import Offer, OfferEvent, OfferKind, OfferOrigin, SavedSearch, Visibility
from placement.offers.saved_searches import keep_search
from placement.offers.states import OfferState
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.page import PageClient
from tests.support.queries import counted_queries


@pytest.fixture
def staff(session: Session, page: PageClient) -> Staff:
    """A counsellor who is signed in."""
    staff = make_staff(session)
    page.sign_in(staff)
    return staff


def only_offer(session: Session) -> Offer:
    return session.scalars(select(Offer)).one()


def test_an_offer_is_written_down_through_the_choice_of_an_employer(
    page: PageClient, session: Session, staff: Staff
) -> None:
    employer = make_employer(session, staff.centre)
    shown = page.get("/offers/new")
    assert "Kahvila Aamu" in shown.text
    page.get(f"/offers/new?employer_id={employer.id}", follow=True)
    shown = page.submit(
        "Save and send to be checked",
        title="Café helper",
        tasks="You make coffee.",
        hours_per_day="5,5",
        days_per_week="4",
        environment_yes=["ENV01", "ENV07"],
        environment_no=["ENV02"],
        language_fi="A2",
        language_sv="any",
        card_hygiene="by_month_3",
    )
    assert shown.heading == "Café helper"
    offer = only_offer(session)
    assert offer.state is OfferState.SUBMITTED
    assert offer.hours_per_week == Decimal(22)
    assert offer.environment == {"ENV01": True, "ENV07": True, "ENV02": False}
    assert offer.working_languages == {"fi": "A2", "sv": None}
    assert offer.cards_needed == {"hygiene": "by_month_3"}
    assert offer.municipality_code == "698"


def test_a_draft_waits_until_it_is_sent(page: PageClient, session: Session, staff: Staff) -> None:
    employer = make_employer(session, staff.centre)
    page.get(f"/offers/new/{employer.id}")
    page.submit("Save as a draft", title="Café helper")
    assert only_offer(session).state is OfferState.DRAFT
    page.submit("Send to be checked")
    page.submit("Check and publish")
    offer = only_offer(session)
    steps = [item.get_text(" ", strip=True) for item in page.get(f"/offers/{offer.id}").select(".timeline li")]
    assert [any(done in step for step in steps) for done in ("Sent to be checked", "Checked", "Published")] == [
        True
    ] * 3
    assert offer.state is OfferState.LIVE
    assert offer.checked_by_id == staff.id
    assert [event.action.value for event in session.scalars(select(OfferEvent).order_by(OfferEvent.id))] == [
        "submit",
        "check",
        "publish",
    ]


def test_what_does_not_go_with_the_kind_is_refused_beside_its_field(
    page: PageClient, session: Session, staff: Staff
) -> None:
    employer = make_employer(session, staff.centre)
    page.get(f"/offers/new/{employer.id}")
    typed: dict[str, Any] = {
        "title": "Café helper",
        "hours_per_day": "9",
        "days_per_week": "6",
        "months": "7",
        "pay": "12 €/h",
        "required_skills": "Barista",
        "minimum_age": "18",
        "starts_from": "10.1.2027",
        "starts_until": "9.1.2027",
    }
    shown = page.submit("Save as a draft", status=422, **typed)
    beside = {item["id"] for item in shown.select("[aria-invalid=true]")}
    assert beside == {
        "hours_per_day",
        "days_per_week",
        "months",
        "pay",
        "required_skills",
        "minimum_age_reason",
        "starts_until",
    }
    assert shown.select("#hours_per_day")[0]["value"] == "9"
    assert "at most 8 hours. You wrote 9." in shown.text
    assert session.scalar(select(func.count()).select_from(Offer)) == 0


@pytest.mark.parametrize("name", ["title", "tasks", "guide_name"])
def test_a_phone_number_is_refused(page: PageClient, session: Session, staff: Staff, name: str) -> None:
    employer = make_employer(session, staff.centre)
    page.get(f"/offers/new/{employer.id}")
    shown = page.submit("Save as a draft", status=422, **{"title": "Helper", name: "Helper, call 040 123 4567"})
    assert "Leave out phone numbers" in shown.select(f"#{name}-error")[0].get_text()


@pytest.mark.parametrize(
    ("origin", "answer", "shown_answer", "sentence"),
    [
        (OfferOrigin.EMPLOYER_LINK, "no", "No", "taxes or wages are not in order"),
        (OfferOrigin.EMPLOYER_LINK, "unknown", "Not sure", "Ask the employer whether taxes and wages are in order."),
        (OfferOrigin.STAFF, "unknown", "Not known", "Ask the employer whether taxes and wages are in order."),
    ],
)
def test_what_the_employer_declares_cannot_be_overlooked(
    page: PageClient,
    session: Session,
    staff: Staff,
    *,
    origin: OfferOrigin,
    answer: str,
    shown_answer: str,
    sentence: str,
) -> None:
    employer = make_employer(session, staff.centre)
    offer = make_offer(session, employer, state=OfferState.SUBMITTED, origin=origin, taxes_in_order=answer)
    shown = page.get(f"/offers/{offer.id}")
    assert "Check and publish" in shown.text
    first_lines = [item.get_text(" ", strip=True) for item in shown.select(".checks li.ask")][:2]
    assert any(sentence in line for line in first_lines), first_lines
    terms, told_texts = shown.select("dl dt"), shown.select("dl dd")
    told = dict(zip([t.get_text(strip=True) for t in terms], [t.get_text(strip=True) for t in told_texts], strict=True))
    assert told["Taxes and wages in order"] == shown_answer
    assert "People laid off or dismissed lately" in told


def test_the_checker_is_told_of_wording_about_the_person(page: PageClient, session: Session, staff: Staff) -> None:
    offer = make_offer(
        session, make_employer(session, staff.centre), state=OfferState.SUBMITTED, title="Young man for the garage"
    )
    assert "seems to ask for sex, age, origin or looks" in page.get(f"/offers/{offer.id}").text


def test_the_municipalities_to_choose_from_are_in_the_order_of_their_names(
    page: PageClient, session: Session, staff: Staff
) -> None:
    for code in ("698", "091", "005"):
        make_offer(session, make_employer(session, staff.centre), municipality_code=code)
    options = page.get("/offers/").select("select[name=municipality_code] option")
    assert [option.get_text() for option in options][1:] == ["Alajärvi", "Helsinki", "Rovaniemi"]


def test_a_hidden_job_is_open_to_all_only_when_the_employer_says_so(
    page: PageClient, session: Session, staff: Staff
) -> None:
    employer = make_employer(session, staff.centre)
    page.get(f"/offers/new/{employer.id}")
    shown = page.submit("Save as a draft", status=422, title="Shelves", kind="hidden_job", visibility="open")
    assert "only if the employer says so" in shown.errors[0]
    page.submit("Save as a draft", employer_allows_open="y")
    assert only_offer(session).visibility is Visibility.OPEN


def test_a_wage_subsidy_with_zero_hours_is_refused(page: PageClient, session: Session, staff: Staff) -> None:
    employer = make_employer(session, staff.centre)
    page.get(f"/offers/new/{employer.id}")
    shown = page.submit("Save as a draft", status=422, title="Shop", kind="wage_subsidy_job", is_zero_hours="y")
    assert "zero-hours" in shown.errors[0]


def test_language_switch_on_the_long_form_keeps_every_answer(page: PageClient, session: Session, staff: Staff) -> None:
    employer = make_employer(session, staff.centre)
    page.get(f"/offers/new/{employer.id}")
    shown = page.submit(
        form="main-form", status=422, title="Shop", kind="hidden_job", day_parts=["night"], _language="fi"
    )
    assert shown.select("#title")[0]["value"] == "Shop"
    assert shown.select("select#kind option[selected]")[0]["value"] == "hidden_job"
    assert [item["value"] for item in shown.select("input[name=day_parts][checked]")] == ["night"]


def test_editing_shows_what_is_kept_and_leaves_the_rest(page: PageClient, session: Session, staff: Staff) -> None:
    offer = make_offer(
        session,
        make_employer(session, staff.centre),
        environment={"ENV01": True, "STY01": True},
        working_languages={"fi": None, "ar": "B1"},
        can_grow_into_job=True,
        cards_needed={"hygiene": "at_start"},
    )
    page.get(f"/offers/{offer.id}/edit")
    shown = page.submit("Save", title="Kahvi")
    assert shown.heading == "Kahvi"
    session.refresh(offer)
    assert offer.environment == {"ENV01": True, "STY01": True}
    assert offer.working_languages == {"fi": None, "ar": "B1"}
    assert offer.can_grow_into_job is True
    assert offer.cards_needed == {"hygiene": "at_start"}
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "offer.changed")).one()
    assert entry.changes == {"title": ["Kahvila-apulainen", "Kahvi"]}


def test_two_workers_editing_at_once_the_later_one_is_told(page: PageClient, session: Session, staff: Staff) -> None:
    offer = make_offer(session, make_employer(session, staff.centre))
    page.get(f"/offers/{offer.id}/edit")
    offer.title = "Changed by a colleague"
    page.submit("Save", status=409, title="Mine")
    assert session.get_one(Offer, offer.id).title == "Changed by a colleague"


def test_asking_for_a_correction_needs_a_reason_and_writes_to_the_employer(
    page: PageClient, session: Session, staff: Staff
) -> None:
    employer = make_employer(session, staff.centre)
    contact = make_contact(session, employer)
    offer = make_offer(
        session, employer, state=OfferState.SUBMITTED, origin=OfferOrigin.EMPLOYER_LINK, contact_id=contact.id
    )
    page.get(f"/offers/{offer.id}/return")
    shown = page.submit("Ask for a correction", status=422)
    assert shown.errors == ["Reason – Write the reason."]
    page.submit("Ask for a correction", reason="Which days?")
    assert session.get_one(Offer, offer.id).state is OfferState.DRAFT
    message = session.scalars(select(Message)).one()
    assert message.name == "offer_returned"
    assert "Which days?" in message.text


@pytest.mark.parametrize(
    ("step", "target"),
    [
        ((OfferState.SUBMITTED, "reject", "Do not accept"), OfferState.REJECTED),
        ((OfferState.LIVE, "withdraw", "Withdraw"), OfferState.WITHDRAWN),
        ((OfferState.DRAFT, "withdraw", "Withdraw"), OfferState.WITHDRAWN),
    ],
)
def test_a_step_with_a_reason_is_taken(
    page: PageClient, session: Session, staff: Staff, step: tuple[OfferState, str, str], target: OfferState
) -> None:
    state, address, button = step
    offer = make_offer(session, make_employer(session, staff.centre), state=state)
    page.get(f"/offers/{offer.id}/{address}")
    shown = page.submit(button, reason="Not this year")
    assert session.get_one(Offer, offer.id).state is target
    assert "Not this year" in shown.text


def test_a_live_offer_is_confirmed_filled_and_an_ended_one_opened_again(
    page: PageClient, session: Session, staff: Staff
) -> None:
    offer = make_offer(session, make_employer(session, staff.centre), confirmed_on=None)
    page.get(f"/offers/{offer.id}")
    page.submit("Still open")
    assert session.get_one(Offer, offer.id).confirmed_on is not None
    page.submit("Mark as filled")
    assert session.get_one(Offer, offer.id).state is OfferState.FILLED
    ended = make_offer(session, make_employer(session, staff.centre), state=OfferState.EXPIRED)
    page.get(f"/offers/{ended.id}")
    page.submit("Open again")
    assert session.get_one(Offer, ended.id).state is OfferState.SUBMITTED


def test_what_the_employer_changed_after_it_was_read_is_not_published(
    page: PageClient, session: Session, staff: Staff
) -> None:
    offer = make_offer(session, make_employer(session, staff.centre), state=OfferState.SUBMITTED)
    page.sign_in(staff).get(f"/offers/{offer.id}")
    offer.tasks = "Something else altogether."
    session.flush()
    page.submit("Check and publish", status=409)
    assert session.get_one(Offer, offer.id).state is OfferState.SUBMITTED


def test_publishing_twice_is_answered_with_409(page: PageClient, session: Session, staff: Staff) -> None:
    offer = make_offer(session, make_employer(session, staff.centre), state=OfferState.SUBMITTED)
    page.get(f"/offers/{offer.id}")
    offer.state = OfferState.DRAFT
    page.submit("Check and publish", status=409)


def test_the_rules_are_shown_with_their_ids(page: PageClient, session: Session, staff: Staff) -> None:
    offer = make_offer(session, make_employer(session, staff.centre), state=OfferState.SUBMITTED)
    shown = page.get(f"/offers/{offer.id}")
    assert "The hours fit a work trial." in shown.text
    assert {"WT-05", "WT-10", "WT-13", "CP-01"} <= {item.get_text() for item in shown.select(".checks .rule")}


def test_an_offer_of_another_centre_is_not_found(page: PageClient, session: Session, staff: Staff) -> None:
    other = make_offer(session, make_employer(session, make_centre(session)))
    for address in ("", "/edit", "/withdraw", "/return", "/reject"):
        page.get(f"/offers/{other.id}{address}", status=404)
    page.get(f"/offers/new/{other.employer_id}", status=404)


def test_a_partner_reads_offers_but_changes_none(page: PageClient, session: Session) -> None:
    centre = make_centre(session)
    offer = make_offer(session, make_employer(session, centre), state=OfferState.SUBMITTED)
    page.sign_in(make_staff(session, centre, Role.AUTHORITY))
    shown = page.get(f"/offers/{offer.id}")
    assert not shown.select(".page-head .actions")
    page.get("/offers/")
    for address in ("new", f"{offer.id}/edit", f"{offer.id}/return"):
        page.get(f"/offers/{address}", status=403)


def test_a_form_sent_twice_makes_one_offer(page: PageClient, session: Session, staff: Staff) -> None:
    employer = make_employer(session, staff.centre)
    form = page.get(f"/offers/new/{employer.id}")
    page.submit("Save as a draft", title="Café helper")
    page.page = form
    page.submit("Save as a draft", title="Café helper")
    assert session.scalar(select(func.count()).select_from(Offer)) == 1


def test_the_list_puts_those_to_be_checked_first_and_narrows(page: PageClient, session: Session, staff: Staff) -> None:
    employer = make_employer(session, staff.centre)
    make_offer(session, employer, title="Waits", state=OfferState.SUBMITTED)
    make_offer(session, employer, title="Lives", kind=OfferKind.HIDDEN_JOB, task_family="T01")
    make_offer(session, make_employer(session, make_centre(session)), title="Elsewhere")
    shown = page.get("/offers/")
    assert [item.get_text() for item in shown.select("tbody th a")] == ["Waits", "Lives"]
    for query, found in (
        ("state=live", "Lives"),
        ("kind=hidden_job", "Lives"),
        ("task_family=T01", "Lives"),
        ("words=wai", "Waits"),
        ("words=AAMU lives", "Lives"),
        ("state=nonsense&kind=x&words=lives&endpoint=x&_external=1", "Lives"),
    ):
        titles = [item.get_text() for item in page.get(f"/offers/?{query}").select("tbody th a")]
        assert titles == [found], query
    assert "No offer was found" in page.get("/offers/?words=nothing").text


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    page: PageClient, session: Session, staff: Staff, engine: Engine
) -> None:
    counts = []
    for _round in range(2):
        for _number in range(4):
            make_offer(session, make_employer(session, staff.centre))
        with counted_queries(engine) as statements:
            page.get("/offers/")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_long_list_has_pages_that_keep_the_filters(page: PageClient, session: Session, staff: Staff) -> None:
    employer = make_employer(session, staff.centre)
    for number in range(27):
        make_offer(session, employer, title=f"Helper {number}")
    shown = page.get("/offers/?words=helper&endpoint=x&_external=1")
    assert len(shown.select("tbody tr")) == 25
    following = str(shown.select("a[rel=next]")[0]["href"])
    assert "words=helper" in following
    assert len(page.get(following).select("tbody tr")) == 2


def test_an_empty_centre_is_told_what_to_do_first(page: PageClient, staff: Staff) -> None:
    assert "No offers yet" in page.get("/offers/").text
    assert "Add the employer first" in page.get("/offers/new").text


def test_everything_that_is_wrong_is_told_in_one_round_and_kept(
    page: PageClient, session: Session, staff: Staff
) -> None:
    page.get(f"/offers/new/{make_employer(session, staff.centre).id}")
    wrong = {
        "title": "Soita 040 123 4567",
        "tasks": "a" * 10_000,
        "access_notes": "For 010101-123N only",
        "hours_per_day": "9",
        "starts_from": "2.2.2027",
        "starts_until": "1.2.2027",
        "work_begins": "15",
        "work_ends": "14.30",
        "pay": "12 €/h",
        "required_skills": "Barista",
        "minimum_age": "15",
    }
    shown = page.submit("Save as a draft", status=422, **wrong)
    told = {"minimum_age_reason" if name == "minimum_age" else name for name in wrong} - {"starts_from", "work_begins"}
    assert {name for name in wrong.keys() | told if shown.select(f"#{name}-error")} == told
    assert [str(field["value"]) for field in shown.select("#title, #work_ends, #starts_until")] == [
        "Soita 040 123 4567",
        "14.30",
        "1.2.2027",
    ]
    assert session.scalar(select(func.count(Offer.id))) == 0


def test_shift_of_a_14_year_old_at_22_is_refused_beside_the_time(
    page: PageClient, session: Session, staff: Staff
) -> None:
    page.get(f"/offers/new/{make_employer(session, staff.centre).id}")
    young = {"kind": "summer_job", "minimum_age": "14", "minimum_age_reason": "Light work", "work_ends": "22"}
    shown = page.submit("Save as a draft", status=422, title="Ice-cream seller", work_begins="16", **young)
    assert "At 14 work ends at 20 at the latest." in shown.select("#work_ends-error")[0].get_text()


def test_later_of_two_editors_sees_both_texts_and_chooses(page: PageClient, session: Session, staff: Staff) -> None:
    offer = make_offer(session, make_employer(session, staff.centre), state=OfferState.DRAFT)
    page.get(f"/offers/{offer.id}/edit")
    offer.title = "From a colleague"
    shown = page.submit("Save", status=409, title="From me")
    assert "Now saved: From a colleague" in shown.select("#title-error")[0].get_text()
    assert shown.select("#title")[0]["value"] == "From me"
    page.submit("Save", title="From both")
    assert only_offer(session).title == "From both"


def test_support_is_estimated_for_a_paid_offer_and_nothing_is_kept(
    page: PageClient, session: Session, staff: Staff
) -> None:
    offer = make_offer(
        session, make_employer(session, staff.centre), kind=OfferKind.WAGE_SUBSIDY_JOB, months=Decimal(6)
    )
    shown = page.get(f"/offers/{offer.id}/money")
    assert "Bank account" in shown.text
    query = "gross=2000&starts_on=11.1.2027&months=6&hours=37,5&full_hours=37,5&age=25_29&unemployed=no"
    shown = page.get(f"/offers/{offer.id}/money?{query}")
    for told in ("€1,000.00", "€5,000.00", "€1,400.00", "€8,400.00", "age is not a ground", "the authority decides"):
        assert told in shown.text, told
    shown = page.get(f"/offers/{offer.id}/money?gross=&starts_on=x&months=&hours=&full_hours=", status=422)
    assert len(shown.errors) == 5


def test_unpaid_offer_has_no_estimate(page: PageClient, session: Session, staff: Staff) -> None:
    offer = make_offer(session, make_employer(session, staff.centre))
    page.get(f"/offers/{offer.id}/money", status=404)


def test_worker_pauses_an_offer_and_notes_a_promise(page: PageClient, session: Session, staff: Staff) -> None:
    offer = make_offer(session, make_employer(session, staff.centre))
    page.get(f"/offers/{offer.id}/pause")
    assert page.submit("Pause", status=422, until="1.1.2020").errors
    later = today_in_helsinki() + timedelta(days=20)
    shown = page.submit("Pause", until=later.isoformat())
    assert "Paused" in shown.text
    page.submit("End the pause")
    page.get(f"/offers/{offer.id}/promise")
    assert len(page.submit("Save", status=422, what="", by="1.1.2020").errors) == 2
    shown = page.submit("Save", what="The name of the trainer", by=later.isoformat())
    assert "The name of the trainer" in shown.text
    shown = page.submit("The answer came")
    assert "The name of the trainer" not in shown.text


def test_list_is_narrowed_kept_and_taken_along(page: PageClient, session: Session, staff: Staff) -> None:
    employer = make_employer(session, staff.centre)
    make_offer(session, employer, title="=Kahvilan apu")
    bakery = make_employer(session, staff.centre, name="Pulla Oy")
    make_offer(session, bakery, title="Leipuri", tasks="", task_family=None)
    shown = page.get("/offers/?words=kahvlia&near=698&within_km=10")
    assert "Showing “kahvi" in shown.text
    assert "0 km" in shown.text
    assert "Leipuri" not in shown.text
    page.get(next(link for link in shown.links() if "/searches/keep" in link))
    shown = page.submit("Keep", name="Cafés near")
    assert "Cafés near" in shown.text
    assert "Weekly message off" in page.submit("End the weekly message").text
    assert "No searches yet" in page.submit("Remove").text
    taken = page.client.get("/offers/export.csv?words=kahvila")
    assert "'=Kahvilan apu" in taken.get_data(as_text=True)
    assert "Leipuri" not in taken.get_data(as_text=True)
    assert page.client.get("/offers/export.xlsx").data.startswith(b"PK")


def test_search_of_a_colleague_is_not_found(page: PageClient, session: Session, staff: Staff) -> None:
    other = make_staff(session, staff.centre)
    search = keep_search(session, staff=other, name="Theirs", wanted=OfferFilter(words="x"))
    session.commit()
    page.get("/offers/searches")
    assert "Theirs" not in page.get("/offers/searches").text
    page.client.post(f"/offers/searches/{search.id}/remove")
    assert session.get(SavedSearch, search.id) is not None
