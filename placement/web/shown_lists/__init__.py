"""How a list of places came about: its record, for the worker who saw it and for an auditor."""

from placement.web.shown_lists.routes import bp

__all__ = ["bp"]
