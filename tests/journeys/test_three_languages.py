"""Every main page in Finnish, Swedish and English by the switch on the page, which keeps what was typed."""

from collections.abc import Callable

import pytest

from tests.journeys.given import a_suggestion, an_employer_link
from tests.journeys.steps import choose, field, said_in, sign_in, switch_language, write
from tests.support.browser import Visitor
from tests.support.service import RunningService

pytestmark = pytest.mark.browser

PAGES = {
    "sari@example.fi": {
        "/young-people/": "Young people",
        "/young-people/all": "Young people",
        "/offers/new": "New offer",
        "/offers/import": "Import a list of offers",
    },
    "mikko@example.fi": {
        "/recruitment-days": "Recruitment days",
        "/recruitment-days/new": "New recruitment day",
        "/service": "Service",
    },
    "outi@example.fi": {"/employers/": "Employers", "/employers/new": "Add an employer", "/offers/": "Offers"},
}


def _read_in_all_languages(visitor: Visitor, service: RunningService, address: str, heading: str) -> None:
    visitor.open(address)
    for language in ("fi", "sv"):
        if visitor.language() != language:
            switch_language(visitor, language)
        assert visitor.heading() == said_in(service, language, heading), visitor.page.url
        assert visitor.page.title().startswith(visitor.heading())


@pytest.mark.parametrize("worker", PAGES)
def test_a_worker_reads_every_main_page_in_every_language(
    visit: Callable[..., Visitor], service: RunningService, worker: str
) -> None:
    desk = visit()
    sign_in(desk, service, worker)
    for address, heading in PAGES[worker].items():
        _read_in_all_languages(desk, service, address, heading)
    desk.open("/today")
    switch_language(desk, "en")
    assert desk.find("main h2").count()


def test_visitors_without_a_password_read_their_pages_in_every_language(
    visit: Callable[..., Visitor], service: RunningService
) -> None:
    phone = visit(phone=True)
    _read_in_all_languages(phone, service, "/sign-in", "Sign in")
    _read_in_all_languages(phone, service, a_suggestion(service, first_name="Ilona"), "A place for you?")
    _read_in_all_languages(
        phone, service, f"{an_employer_link(service, name='Kahvila Kielo')}/new", "Tell about a place"
    )


def test_a_worker_changes_the_language_in_the_middle_of_a_form(
    visit: Callable[..., Visitor], service: RunningService
) -> None:
    sari = visit()
    sign_in(sari, service, "sari@example.fi")
    sari.open("/young-people/add")
    write(sari, {"First name": "Iida", "Last name": "Aho", "Date of birth": "1.2.2006", "E-mail address": "iida@"})
    choose(sari, "How may we send messages?", "E-mail")
    for language in ("sv", "fi"):
        switch_language(sari, language)
        typed = [sari.find(f"[name={name}]").input_value() for name in ("first_name", "birth_date", "email")]
        assert typed == ["Iida", "1.2.2006", "iida@"]
        assert sari.find("[name=channel][value=email]").is_checked()
        assert sari.find(".error-summary").count() == 0
    # The form acts only when it is sent; then its messages are in the language chosen.
    sari.follow(sari.find("#main-form .form-actions button"))
    assert (
        sari.find("#email-error")
        .inner_text()
        .endswith(said_in(service, "fi", "Write the e-mail address like this: name@example.fi"))
    )
    switch_language(sari, "en")
    write(sari, {"E-mail address": "iida@example.fi"})
    sari.press("Add")
    assert sari.heading() == "Iida A."


def test_an_employer_changes_the_language_in_the_middle_of_the_six_questions(
    visit: Callable[..., Visitor], service: RunningService
) -> None:
    phone = visit(phone=True)
    phone.open(f"{an_employer_link(service, name='Kahvila Kataja')}/new")
    write(phone, {"What would the newcomer do?": "You bake.\nYou sell.", "Hours a day": "5,5"})
    choose(phone, "When is the work done?", "Mornings", "Evenings")
    for language in ("fi", "sv", "en"):
        switch_language(phone, language)
        assert phone.find("[name=tasks]").input_value() == "You bake.\nYou sell."
        assert phone.find("[name=hours_per_day]").input_value() == "5,5"
        assert phone.find("[name=day_parts]:checked").count() == 2
        assert phone.find(".error-summary").count() == 0
    assert field(phone, "Hours a day").input_value() == "5,5"
