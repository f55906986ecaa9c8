"""Answers to an invitation to a recruitment day, by personal link and without signing in."""

from placement.web.day_answer.routes import bp

__all__ = ["bp"]
