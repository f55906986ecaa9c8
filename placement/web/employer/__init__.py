"""What an employer sees through a personal link."""

from placement.web.employer import fresh_routes, people_routes
from placement.web.employer.routes import bp

__all__ = ["bp", "fresh_routes", "people_routes"]
