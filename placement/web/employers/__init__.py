"""Employers, as staff see and keep them."""

from placement.web.employers import people_routes, talk_routes
from placement.web.employers.routes import bp

__all__ = ["bp", "people_routes", "talk_routes"]
