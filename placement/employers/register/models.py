"""What the company register answered, kept so that it is not asked again for a while."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from placement.db import Base


class CompanyRecord(Base):
    """The answer about one business id; empty details mean that the register does not know it."""

    __tablename__ = "company_record"

    business_id: Mapped[str] = mapped_column(String(9), primary_key=True)
    asked_at: Mapped[datetime]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
