"""Personal links of young people: to one suggestion, to their own page, and a new one for a link that ended."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from placement.accounts.models import LinkPurpose, PersonalLink
from placement.accounts.personal_links import find_link, make_link
from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.jobseekers.models import Youth
from placement.links import page_address
from placement.suggestions.messages import new_link
from placement.suggestions.models import Suggestion
from placement.suggestions.states import SuggestionState

RENEWABLE = frozenset({LinkPurpose.MY_PAGE, LinkPurpose.SUGGESTION})


def make_suggestion_link(session: Session, *, suggestion: Suggestion, actor: Actor) -> str:
    """Make a link to the answer page of a suggestion and return its address."""
    token = make_link(
        session,
        centre_id=suggestion.centre_id,
        purpose=LinkPurpose.SUGGESTION,
        youth_id=suggestion.youth_id,
        object_id=suggestion.id,
        made_by_id=actor.staff_id,
    )
    record(session, actor=actor, action="suggestion.link_made", about=suggestion, youth_id=suggestion.youth_id)
    return page_address("me.suggestion", token=token)


def make_my_page_link(session: Session, *, youth: Youth, actor: Actor, page: str = "me.show") -> str:
    """Make a link to the young person's own page, or to another page that the same link opens; return its address."""
    token = make_link(
        session,
        centre_id=youth.centre_id,
        purpose=LinkPurpose.MY_PAGE,
        youth_id=youth.id,
        made_by_id=actor.staff_id,
    )
    record(session, actor=actor, action="youth.link_made", about=youth, youth_id=youth.id)
    return page_address(page, token=token)


def send_new_link(session: Session, *, token: str) -> None:
    """Send a new link in place of an old one to the address that is known; at most one an hour.

    The old link may have expired. One that a worker has withdrawn, or whose suggestion was, stays closed.
    The caller answers the same whether anything was sent or not.
    """
    link = _old_link(session, token)
    if link is None or link.revoked_at is not None or link.youth_id is None:
        return
    query = select(Youth).where(Youth.id == link.youth_id, Youth.is_active).options(selectinload(Youth.centre))
    youth = session.scalar(query)
    if youth is None:
        return
    actor = Actor.youth(youth.id, youth.centre_id)
    if link.purpose is LinkPurpose.MY_PAGE:
        address = make_my_page_link(session, youth=youth, actor=actor)
    else:
        suggestion = session.get(Suggestion, link.object_id)
        if suggestion is None or suggestion.state is SuggestionState.WITHDRAWN:
            return
        address = make_suggestion_link(session, suggestion=suggestion, actor=actor)
    new_link(session, youth=youth, address=address, promise=f"{link.id}|{utcnow():%Y%m%d%H}")


def _old_link(session: Session, token: str) -> PersonalLink | None:
    found = (find_link(session, token, purpose=purpose) for purpose in sorted(RENEWABLE))
    return next((link for link in found if link is not None), None)
