"""Remembering what the company register answered, and taking it into an employer."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from placement.clock import in_helsinki, utcnow
from placement.employers.models import EmployerForm, RegisterStatus
from placement.employers.register.models import CompanyRecord

FRESH_FOR = timedelta(days=7)
FROM_THE_REGISTER = ("industry_code", "industry_version", "register_status", "register_checked_on")


def remembered_company(session: Session, business_id: str) -> CompanyRecord | None:
    """Return what the register answered about a business id within the last week, or None."""
    record = session.get(CompanyRecord, business_id)
    return record if record is not None and record.asked_at > utcnow() - FRESH_FOR else None


def remember_company(session: Session, business_id: str, details: Mapping[str, Any]) -> CompanyRecord:
    """Keep the answer of the register about a business id in place of the one before."""
    record = session.get(CompanyRecord, business_id, with_for_update=True) or CompanyRecord(business_id=business_id)
    record.details, record.asked_at = dict(details), utcnow()
    session.add(record)
    return record


def employer_values(record: CompanyRecord) -> dict[str, Any]:
    """Return the details of a record as columns of an employer; empty when the register does not know it."""
    if not record.details:
        return {}
    values: dict[str, Any] = dict(record.details)
    if "form" in values:
        values["form"] = EmployerForm(values["form"])
    values["register_status"] = RegisterStatus(values["register_status"])
    values["register_checked_on"] = in_helsinki(record.asked_at).date()
    return values
