"""The agreement of a placement: as a page to read and sign by personal link, to print, and as PDF."""

from placement.web.agreement.routes import bp

__all__ = ["bp"]
