"""Offers, as staff see, check and import them."""

from placement.web.offers import care_routes, import_routes, list_routes, money_routes, step_routes
from placement.web.offers.routes import bp

__all__ = ["bp", "care_routes", "import_routes", "list_routes", "money_routes", "step_routes"]
