"""What an employer sees through a personal link."""

from placement.web.employer.routes import bp

__all__ = ["bp"]
