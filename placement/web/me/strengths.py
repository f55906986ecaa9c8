"""Telling strengths from one's own phone."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from placement.web.access import by_link
from placement.web.deck import deck_page, take_answer
from placement.web.me.loading import as_actor, owner_of_page
from placement.web.me.routes import bp
from placement.web.rate_limits import limited

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
