"""Sent messages, jobs, staff, the audit log and the rules."""

from placement.web.admin import job_routes, rule_routes
from placement.web.admin.routes import bp

__all__ = ["bp", "job_routes", "rule_routes"]
