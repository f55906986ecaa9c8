"""The boards: what placements need next."""

from flask import render_template
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.clock import today_in_helsinki
from placement.placements.boards import boards_of
from placement.web.access import requires, signed_in_staff
from placement.web.placements.page import STATE_STYLES, signature_tag
from placement.web.placements.routes import bp
from placement.web.session import db_session


@bp.get("/board")
@requires(Permission.PLACEMENT_VIEW)
def board() -> ResponseReturnValue:
    """See what the placements one looks after need next."""
    staff = signed_in_staff()
    boards = boards_of(db_session, centre_id=staff.centre_id, staff_id=staff.id, today=today_in_helsinki())
    return render_template(
        "placements/board.html",
        boards={board: listed for board, listed in boards.items() if listed.total},
        signature_tag=signature_tag,
        styles=STATE_STYLES,
    )
