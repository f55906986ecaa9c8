"""Offers, as staff see, check and import them."""

from placement.web.offers.routes import bp

__all__ = ["bp"]
