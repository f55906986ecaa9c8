"""Personal links of an introduction: of the young person, of a guardian, of the contact person who gets the card."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from placement.accounts.models import LinkPurpose, PersonalLink
from placement.accounts.personal_links import find_link, make_link
from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.introductions.card import shown_card
from placement.introductions.messages import introduction_new_link
from placement.introductions.models import Introduction
from placement.links import page_address

LINK_MADE = "introduction.link_made"


def make_introduction_link(session: Session, *, introduction: Introduction, actor: Actor) -> str:
    """Make the young person's link to an introduction and return its address."""
    token = make_link(
        session,
        centre_id=introduction.centre_id,
        purpose=LinkPurpose.INTRODUCTION,
        youth_id=introduction.youth_id,
        object_id=introduction.id,
        made_by_id=actor.staff_id,
    )
    record(session, actor=actor, action=LINK_MADE, about=introduction, youth_id=introduction.youth_id)
    return page_address("introduction.show", token=token)


def make_guardian_link(session: Session, *, introduction: Introduction, actor: Actor) -> str:
    """Make a guardian's link to this one matter and return its address. It is bound to the young person."""
    token = make_link(
        session,
        centre_id=introduction.centre_id,
        purpose=LinkPurpose.GUARDIAN,
        youth_id=introduction.youth_id,
        object_id=introduction.id,
        made_by_id=actor.staff_id,
    )
    record(session, actor=actor, action=LINK_MADE, about=introduction, youth_id=introduction.youth_id)
    return page_address("introduction.guardian", token=token)


def make_receiver_link(session: Session, *, introduction: Introduction, actor: Actor) -> str:
    """Make the link through which the contact person reads the card and answers; return its address."""
    token = make_link(
        session,
        centre_id=introduction.centre_id,
        purpose=LinkPurpose.INTRODUCED,
        employer_contact_id=introduction.contact_id,
        object_id=introduction.id,
        made_by_id=actor.staff_id,
    )
    record(session, actor=actor, action=LINK_MADE, about=introduction, youth_id=introduction.youth_id)
    return page_address("introduction.receiver", token=token)


def send_new_introduction_link(session: Session, *, token: str) -> None:
    """Send a new link in place of an old one of a young person or a contact person; at most one an hour.

    A link that was withdrawn stays closed, and so does one to a card that may not be shown any more.
    The caller answers the same whether anything was sent or not.
    """
    for purpose in (LinkPurpose.INTRODUCTION, LinkPurpose.INTRODUCED):
        link = find_link(session, token, purpose=purpose)
        if link is not None and link.revoked_at is None:
            _renew(session, link)


def _renew(session: Session, link: PersonalLink) -> None:
    query = select(Introduction).where(Introduction.id == link.object_id)
    introduction = session.scalar(
        query.options(
            selectinload(Introduction.youth),
            selectinload(Introduction.contact),
            selectinload(Introduction.approvals),
            selectinload(Introduction.centre),
        )
    )
    if introduction is None:
        return
    if link.purpose is LinkPurpose.INTRODUCTION:
        actor = Actor.youth(introduction.youth_id, introduction.centre_id)
        address = make_introduction_link(session, introduction=introduction, actor=actor)
    elif shown_card(introduction) is not None:
        actor = Actor.employer(introduction.contact_id, introduction.centre_id)
        address = make_receiver_link(session, introduction=introduction, actor=actor)
    else:
        return
    introduction_new_link(
        session,
        introduction,
        address=address,
        to_youth=link.purpose is LinkPurpose.INTRODUCTION,
        promise=f"{link.id}|{utcnow():%Y%m%d%H}",
    )
