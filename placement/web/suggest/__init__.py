"""The ranked suggestions of one young person and sending them; an offer seen from the other side."""

from placement.web.suggest import compare, offer_people, why_not
from placement.web.suggest.routes import bp

__all__ = ["bp", "compare", "offer_people", "why_not"]
