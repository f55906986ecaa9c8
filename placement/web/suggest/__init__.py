"""The ranked suggestions of one young person and sending them."""

from placement.web.suggest.routes import bp

__all__ = ["bp"]
