"""Employers, as staff see and keep them."""

from placement.web.employers import edit_routes, merge_routes, people_routes, register_routes, talk_routes
from placement.web.employers.routes import bp

__all__ = ["bp", "edit_routes", "merge_routes", "people_routes", "register_routes", "talk_routes"]
