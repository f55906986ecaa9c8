"""Opening a young person's own page: whose link it is, and in which language to greet them."""

from flask import abort
from sqlalchemy.orm import selectinload

from placement.accounts.models import LinkPurpose, PersonalLink
from placement.audit.services import Actor
from placement.jobseekers.models import Youth
from placement.web.access import opened_link
from placement.web.language import greet_in
from placement.web.session import db_session


def owner_of_page(token: str) -> Youth:
    """Return the young person whose own page this link opens, with profile, workers and centre."""
    return youth_of_link(opened_link(token, LinkPurpose.MY_PAGE))


def youth_of_link(link: PersonalLink) -> Youth:
    """Return the young person of an opened link; 404 when the centre does not serve them any more."""
    youth = db_session.get(
        Youth,
        link.youth_id,
        options=[
            selectinload(Youth.centre),
            selectinload(Youth.one_adult),
            selectinload(Youth.deputy),
            selectinload(Youth.answers),
            selectinload(Youth.own_words),
        ],
    )
    if youth is None or not youth.is_active:
        abort(404)
    greet_in(youth.language)
    return youth


def as_actor(youth: Youth) -> Actor:
    """Return the young person as the one who acts."""
    return Actor.youth(youth.id, youth.centre_id)
