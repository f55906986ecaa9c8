"""A worker's young people together: where each is, what is due, handing over."""

from placement.web.caseload.routes import bp

__all__ = ["bp"]
