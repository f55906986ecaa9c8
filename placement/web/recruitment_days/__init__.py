"""Recruitment days, as the coordinator plans them."""

from placement.web.recruitment_days import inviting
from placement.web.recruitment_days.routes import bp

__all__ = ["bp", "inviting"]
