"""A placement that goes on, by personal link of the young person or of the workplace."""

from placement.web.at_work import end_routes, stop_routes
from placement.web.at_work.routes import bp

__all__ = ["bp", "end_routes", "stop_routes"]
