"""Telling strengths from one's own phone."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from placement.errors import DomainError
from placement.i18n import current_language, gettext, local_name
from placement.jobseekers.evidence import add_evidence, evidence_of, remove_evidence
from placement.jobseekers.learned import cards_of_words
from placement.jobseekers.models import OwnWords, Youth
from placement.jobseekers.services import add_own_words, correct_own_words, remove_own_words
from placement.vocabulary import cards_by_id
from placement.web.access import by_link
from placement.web.deck import deck_page, take_answer
from placement.web.flashes import FlashKind, say
from placement.web.jobseekers.forms import CorrectOwnWordsForm
from placement.web.me.forms import EvidenceForm, OwnWordsForm
from placement.web.me.loading import as_actor, owner_of_page
from placement.web.me.page import strength_lines
from placement.web.me.routes import bp
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import db_session

# Quick taps, answers that waited for the network, and a whole group behind one address of the centre.
CARD_TAPS = "120 per minute;3000 per hour"


@bp.get("/<token>/cards")
@by_link
def cards(token: str) -> ResponseReturnValue:
    """Answer strength cards one at a time."""
    return render_template("me/cards.html", token=token, page=deck_page(owner_of_page(token)))


@bp.post("/<token>/cards")
@by_link
@limited(CARD_TAPS)
def answer_one_card(token: str) -> ResponseReturnValue:
    """Keep the answer to a card and go on to the next."""
    youth = owner_of_page(token)
    take_answer(youth, as_actor(youth))
    return redirect(url_for("me.cards", token=token), code=303)


@bp.get("/<token>/strengths")
@by_link
def strengths(token: str) -> ResponseReturnValue:
    """See all of one's own strengths, where they have shown, and own words."""
    return _page(token, owner_of_page(token))


def _page(
    token: str, youth: Youth, *, words_form: OwnWordsForm | None = None, evidence_form: EvidenceForm | None = None
) -> str:
    lines = strength_lines(youth, evidence_of(db_session, youth.id))
    return render_template(
        "me/strengths.html",
        token=token,
        youth=youth,
        lines=lines,
        cards=cards_by_id(),
        words_form=words_form or OwnWordsForm(),
        evidence_form=evidence_form or _evidence_form(youth),
    )


def _evidence_form(youth: Youth) -> EvidenceForm:
    form = EvidenceForm()
    form.card_id.choices = [(line.card_id, line.text) for line in strength_lines(youth, ()) if line.is_strength]
    return form


@bp.post("/<token>/evidence")
@by_link
@limited(PUBLIC_FORM)
def tell_evidence(token: str) -> ResponseReturnValue:
    """Tell where a strength has shown and who saw it."""
    youth = owner_of_page(token)
    form = _evidence_form(youth)
    if not form.validate_on_submit():
        return _page(token, youth, evidence_form=form), 422
    try:
        add_evidence(db_session, youth, **form.values(), actor=as_actor(youth))
        say(gettext("Added. It stands beside the strength."))
    except DomainError as error:
        say(error.message, FlashKind.WARNING)
    return _to_strengths(token)


@bp.post("/<token>/evidence/<int:evidence_id>/remove")
@by_link
@limited(PUBLIC_FORM)
def forget_evidence(token: str, evidence_id: int) -> ResponseReturnValue:
    """Remove where a strength has shown."""
    youth = owner_of_page(token)
    found = next((one for one in evidence_of(db_session, youth.id) if one.id == evidence_id), None)
    if found is not None:
        remove_evidence(db_session, found, actor=as_actor(youth))
        say(gettext("Removed."))
    return _to_strengths(token)


@bp.post("/<token>/own-words")
@by_link
@limited(PUBLIC_FORM)
def tell_own_words(token: str) -> ResponseReturnValue:
    """Tell a strength in own words, and see which cards it was understood as."""
    youth = owner_of_page(token)
    form = OwnWordsForm()
    if not form.validate_on_submit():
        return _page(token, youth, words_form=form), 422
    try:
        words = add_own_words(
            db_session, youth, text=form.text.data, language=current_language(), actor=as_actor(youth)
        )
    except DomainError as error:
        say(error.message, FlashKind.WARNING)
        return _to_strengths(token)
    return redirect(url_for("me.words_meaning", token=token, words_id=words.id), code=303)


@bp.route("/<token>/own-words/<int:words_id>", methods=["GET", "POST"])
@by_link
@limited(PUBLIC_FORM)
def words_meaning(token: str, words_id: int) -> ResponseReturnValue:
    """See which cards own words were linked to, and correct it."""
    youth = owner_of_page(token)
    words = _words(youth, words_id)
    cards = cards_by_id()
    found = dict.fromkeys([*words.card_ids, *cards_of_words(db_session, youth.centre_id, words.text, words.language)])
    form = CorrectOwnWordsForm.of(words, [(card, local_name(cards[card])) for card in found if card in cards])
    if form.validate_on_submit():
        correct_own_words(db_session, youth, words, linked=form.meaning(), actor=as_actor(youth))
        say(gettext("Saved what the words mean."))
        return _to_strengths(token)
    page = render_template("me/own_words.html", token=token, words=words, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.post("/<token>/own-words/<int:words_id>/remove")
@by_link
@limited(PUBLIC_FORM)
def forget_words(token: str, words_id: int) -> ResponseReturnValue:
    """Remove own words."""
    youth = owner_of_page(token)
    remove_own_words(db_session, youth, _words(youth, words_id), actor=as_actor(youth))
    say(gettext("The words were removed."))
    return _to_strengths(token)


def _words(youth: Youth, words_id: int) -> OwnWords:
    return next((words for words in youth.own_words if words.id == words_id), None) or abort(404)


def _to_strengths(token: str) -> ResponseReturnValue:
    return redirect(url_for("me.strengths", token=token), code=303)
