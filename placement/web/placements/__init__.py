"""Placements, as staff plan, check, sign and follow them."""

from placement.web.placements import (
    attendance_routes,
    board_routes,
    closing_routes,
    edit_routes,
    pack_routes,
    people_routes,
    step_routes,
    support_routes,
)
from placement.web.placements.routes import bp

__all__ = [
    "attendance_routes",
    "board_routes",
    "bp",
    "closing_routes",
    "edit_routes",
    "pack_routes",
    "people_routes",
    "step_routes",
    "support_routes",
]
