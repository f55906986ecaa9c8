"""Sent messages, jobs, staff, the audit log and the rules."""

from placement.web.admin import rule_routes
from placement.web.admin.routes import bp

__all__ = ["bp", "rule_routes"]
