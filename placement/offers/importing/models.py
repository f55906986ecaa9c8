"""The table of lists of offers between their arrival and the mending of their last row."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from placement.db import Base
from placement.offers.models import OfferKind


class OfferList(Base):
    """A list that a worker has sent. Once taken in, only the rows that need mending stay, and those for a month."""

    __tablename__ = "offer_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    file_name: Mapped[str] = mapped_column(String(120))
    default_kind: Mapped[OfferKind | None]
    headings: Mapped[list[str]] = mapped_column(default=list)
    rows: Mapped[list[Any]] = mapped_column(default=list, comment="[line, [cells]] each")
    created_at: Mapped[datetime]
    imported_at: Mapped[datetime | None]
    is_published: Mapped[bool] = mapped_column(default=False)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="rows by outcome once taken in")

    __table_args__ = (
        CheckConstraint("length(file_name) > 0", name="has_a_file_name"),
        Index("ix_offer_list_age", "centre_id", "created_at"),
    )
