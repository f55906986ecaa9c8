"""Imports every table so that mappers and migrations know them all. Defines nothing."""

from placement.accounts import models as accounts
from placement.audit import models as audit
from placement.caseload import models as caseload
from placement.centre_rules import models as centre_rules
from placement.db import Base
from placement.employers import models as employers
from placement.employers.hidden_jobs import models as hidden_jobs
from placement.employers.merging import models as merging
from placement.employers.register import models as company_register
from placement.introductions import models as introductions
from placement.jobseekers import models as jobseekers
from placement.notifications import models as notifications
from placement.offers import models as offers
from placement.offers.importing import models as offer_lists
from placement.placements import models as placements
from placement.placements.attendance import models as attendance
from placement.placements.closing import models as closing
from placement.placements.packs import models as packs
from placement.placements.support_plan import models as support_plan
from placement.recruitment_days import models as recruitment_days
from placement.suggestions import models as suggestions
from placement.suggestions.decisions import models as shown_lists

__all__ = [
    "Base",
    "accounts",
    "attendance",
    "audit",
    "caseload",
    "centre_rules",
    "closing",
    "company_register",
    "employers",
    "hidden_jobs",
    "introductions",
    "jobseekers",
    "merging",
    "notifications",
    "offer_lists",
    "offers",
    "packs",
    "placements",
    "recruitment_days",
    "shown_lists",
    "suggestions",
    "support_plan",
]
