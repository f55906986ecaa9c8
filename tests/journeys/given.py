"""What a journey takes as given: young people, places and links that another journey has walked through."""

from placement.accounts.models import LinkPurpose
from placement.accounts.personal_links import make_link
from placement.links import page_address
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.service import RunningService, link_in


def a_place(service: RunningService, *, employer_name: str, title: str) -> int:
    """A live work trial of a new employer; return the id of the offer."""
    with service.transaction() as session:
        centre = service.worker(session, "sari@example.fi").centre
        return make_offer(session, make_employer(session, centre, name=employer_name), title=title).id


def a_suggestion(service: RunningService, *, first_name: str) -> str:
    """A place suggested to a new young person of Sari; return the link to it."""
    with service.transaction() as session:
        sari = service.worker(session, "sari@example.fi")
        youth = make_youth(session, sari, first_name=first_name)
        employer = make_employer(session, sari.centre, name=f"Kahvila {first_name}")
        suggestion = make_suggestion(session, youth=youth, offer=make_offer(session, employer), made_by=sari)
        token = make_link(
            session,
            centre_id=sari.centre_id,
            purpose=LinkPurpose.SUGGESTION,
            youth_id=youth.id,
            object_id=suggestion.id,
        )
        return link_in(page_address("me.suggestion", token=token))


def an_employer_link(service: RunningService, *, name: str) -> str:
    """The link of a contact person to the page of a new employer."""
    with service.transaction() as session:
        centre = service.worker(session, "sari@example.fi").centre
        contact = make_contact(session, make_employer(session, centre, name=name))
        token = make_link(
            session,
            centre_id=centre.id,
            purpose=LinkPurpose.EMPLOYER_PAGE,
            employer_contact_id=contact.id,
        )
        return link_in(page_address("employer.home", token=token))
