"""Why one place is not in the list of a young person, or how far down, and what would make it fit."""

from dataclasses import dataclass

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from placement.accounts.permissions import Permission
from placement.i18n import LazyString
from placement.jobseekers.models import Youth
from placement.offers.models import Offer
from placement.suggestions.adapter import OneFit, fit_of
from placement.suggestions.advice import what_would_help
from placement.suggestions.change_texts import change_sentence
from placement.suggestions.decisions.models import ListAction
from placement.suggestions.decisions.services import note_step
from placement.suggestions.queries import find_offers, offers_by_id, suggestions_of_youth
from placement.suggestions.reason_texts import sentences
from placement.web.access import current_actor, current_staff, requires
from placement.web.jobseekers.loading import load_youth_for_staff
from placement.web.jobseekers.page import person_page
from placement.web.session import after_view, db_session
from placement.web.suggest.page import BAND_STYLES, quotes_bold, rule_name, told_to_worker
from placement.web.suggest.routes import bp

MOST_FOUND = 10
LONGEST_WORDS = 80


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule that sets the offer aside, and why."""

    rule_id: str
    name: LazyString | str
    text: str


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What there is to say about one offer and one young person."""

    offer: Offer
    is_open: bool
    place: int | None
    eligible: int
    band: str
    reasons: list[Markup]
    checks: list[str]
    rules: list[RuleLine]
    changes: list[str]
    band_then: str
    was_suggested: bool


@bp.get("/<int:youth_id>/suggestions/why-not")
@requires(Permission.SUGGESTION_VIEW)
def why_not(youth_id: int) -> ResponseReturnValue:
    """Look for a place and see why it is not in the list, or where it stands."""
    youth = load_youth_for_staff(youth_id)
    words = " ".join(request.args.get("words", "").split())[:LONGEST_WORDS]
    offer_id = request.args.get("offer", type=int)
    told = None
    if offer_id is not None:
        offer = offers_by_id(db_session, [offer_id], current_staff.centre_id).get(offer_id) or abort(404)
        told = _why_not(youth, offer)
        actor = current_actor()
        after_view(
            lambda session: note_step(
                session, youth_id=youth_id, action=ListAction.ASKED_WHY_NOT, offer_id=offer_id, actor=actor
            )
        )
    return render_template(
        "suggest/why_not.html",
        person=person_page(youth, current="suggestions"),
        youth=youth,
        words=words,
        found=find_offers(db_session, current_staff.centre_id, words, limit=MOST_FOUND) if words else [],
        told=told,
    )


def _why_not(youth: Youth, offer: Offer) -> WhyNot:
    found = fit_of(db_session, youth, offer)
    fit = found.fit if found else None
    helps = what_would_help(db_session, youth, offer) if found and found.aside else None
    return WhyNot(
        offer=offer,
        is_open=found is not None,
        place=fit.position if fit else None,
        eligible=found.eligible if found else 0,
        band=BAND_STYLES[fit.band] if fit else "",
        reasons=[quotes_bold(text) for text in told_to_worker(fit.reasons, youth)] if fit else [],
        checks=told_to_worker(fit.checks, youth) if fit else [],
        rules=_rules(found, youth),
        changes=[change_sentence(one, name=youth.first_name) for one in helps.changes] if helps else [],
        band_then=BAND_STYLES[helps.band] if helps else "",
        was_suggested=any(made.offer_id == offer.id for made in suggestions_of_youth(db_session, youth.id)),
    )


def _rules(found: OneFit | None, youth: Youth) -> list[RuleLine]:
    if found is None or found.aside is None:
        return []
    return [
        RuleLine(rule_id, rule_name(rule_id), " ".join(sentences([told.as_data()], name=youth.first_name)))
        for rule_id, told in found.aside.rules
    ]
