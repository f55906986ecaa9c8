"""The words of the text-message gateway about delivery, signed with a key that only it and we hold."""

from http import HTTPStatus

from flask import Blueprint, abort, current_app, request
from flask.typing import ResponseReturnValue

from placement.notifications.gateway_words import find_by_reference, is_signed, take_word
from placement.notifications.sms_gateway import WRONG_NUMBER, GatewayStatus
from placement.settings import Settings
from placement.web.access import public
from placement.web.session import db_session

bp = Blueprint("gateway", __name__, url_prefix="/gateway")

SIGNATURE = "X-Sauma-Signature"


@bp.post("/deliveries")
@public
def take_word_about_delivery() -> ResponseReturnValue:
    """Note whether a text message arrived. The same word twice, or an older one later, changes nothing.

    400 when it is not signed or not readable, 404 for a message that is not ours, else 204.
    """
    settings: Settings = current_app.config["SAUMA_SETTINGS"]
    body = request.get_data()
    if not is_signed(settings.sms_callback_key, body, request.headers.get(SIGNATURE, "")):
        abort(HTTPStatus.BAD_REQUEST)
    word = request.get_json(force=True)
    try:
        reference, status = str(word["reference"]), GatewayStatus(word["status"])
        number_is_wrong = word.get("error") == WRONG_NUMBER
    except (LookupError, TypeError, ValueError, AttributeError):
        abort(HTTPStatus.BAD_REQUEST)
    message = find_by_reference(db_session, reference)
    if message is None:
        abort(HTTPStatus.NOT_FOUND)
    take_word(db_session, message, status, number_is_wrong=number_is_wrong)
    return "", HTTPStatus.NO_CONTENT
