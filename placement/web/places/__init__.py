"""The open places that everybody may see."""

from placement.web.places.routes import bp

__all__ = ["bp"]
