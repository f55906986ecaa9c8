"""Today: what to do next and which answers came."""

from placement.web.today.routes import bp

__all__ = ["bp"]
