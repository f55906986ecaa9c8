"""Young people: the list, one person, strengths, wishes and practical frame, what they allow and ask."""

from placement.web.jobseekers import care, profile, telling
from placement.web.jobseekers.routes import bp

__all__ = ["bp", "care", "profile", "telling"]
