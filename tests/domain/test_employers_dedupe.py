"""Is this employer already known?"""

from sqlalchemy.orm import Session

from placement.employers.dedupe import SameBy, employers_named_like, same_employer_candidates
from tests.support.factories.centres import make_centre
from tests.support.factories.employers import make_employer


def candidates(session: Session, centre_id: int, **values: str | None) -> list[tuple[str, SameBy]]:
    given = {"name": "Kahvila Aamu", "business_id": None, "municipality_code": "698"} | values
    found = same_employer_candidates(session, centre_id=centre_id, **given)  # type: ignore[arg-type]
    return [(candidate.employer.name, candidate.same_by) for candidate in found]


def test_the_business_id_settles_it_before_any_name(session: Session) -> None:
    centre = make_centre(session)
    make_employer(session, centre, name="Aamun Paahto Oy", business_id="0194099-3")
    make_employer(session, centre, name="Kahvila Aamu")
    assert candidates(session, centre.id, business_id="0194099-3") == [("Aamun Paahto Oy", SameBy.BUSINESS_ID)]


def test_company_form_case_and_order_do_not_matter_in_a_name(session: Session) -> None:
    centre = make_centre(session)
    make_employer(session, centre, name="KAHVILA AAMU OY")
    assert candidates(session, centre.id, name="Aamu kahvila") == [("KAHVILA AAMU OY", SameBy.NAME)]


def test_another_business_id_is_another_employer(session: Session) -> None:
    centre = make_centre(session)
    make_employer(session, centre, name="Kahvila Aamu", business_id="0194099-3")
    assert candidates(session, centre.id, business_id="2331972-7") == []


def test_in_another_municipality_only_the_same_name_is_asked_about(session: Session) -> None:
    centre = make_centre(session)
    make_employer(session, centre, name="Kahvila Aamut")
    make_employer(session, centre, name="Kahvila Aamu Oy")
    assert candidates(session, centre.id, municipality_code="091") == [("Kahvila Aamu Oy", SameBy.NAME)]
    assert len(candidates(session, centre.id)) == 2


def test_employers_of_other_centres_are_not_told(session: Session) -> None:
    make_employer(session, make_centre(session))
    assert candidates(session, make_centre(session).id) == []


def test_a_search_with_a_typing_error_finds_the_near_name(session: Session) -> None:
    centre = make_centre(session)
    near = make_employer(session, centre)
    make_employer(session, centre, name="Rakennus Virtanen")
    assert employers_named_like(session, centre_id=centre.id, name="kahvila aamo") == [near]
