"""Placements, as staff plan, check, sign and follow them."""

from placement.web.placements import edit_routes, people_routes, step_routes
from placement.web.placements.routes import bp

__all__ = ["bp", "edit_routes", "people_routes", "step_routes"]
