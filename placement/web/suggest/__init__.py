"""The ranked suggestions of one young person and sending them."""

from placement.web.suggest import why_not
from placement.web.suggest.routes import bp

__all__ = ["bp", "why_not"]
