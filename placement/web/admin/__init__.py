"""Running the service: sent messages, jobs, staff, the audit log and the rules."""

from placement.web.admin.routes import bp

__all__ = ["bp"]
