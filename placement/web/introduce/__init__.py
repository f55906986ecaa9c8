"""Introducing a young person to an employer: the worker's side of the card, the meeting and what came of it."""

from placement.web.introduce import answer_routes, card_routes
from placement.web.introduce.card_routes import bp

__all__ = ["answer_routes", "bp", "card_routes"]
