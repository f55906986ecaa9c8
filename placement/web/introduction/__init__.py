"""A card and a meeting through personal links: the young person's, a guardian's, the employer's."""

from placement.web.introduction import receiver_routes, routes
from placement.web.introduction.routes import bp

__all__ = ["bp", "receiver_routes", "routes"]
