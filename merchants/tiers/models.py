"""A shop's ladder of tiers: what is counted, over which time, and where each tier begins."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class TierLadder(Base):
    """Tiers from the lowest to the highest: `names[i]` begins at `thresholds[i]` of `measure`.

    The measure is counted over the last `period_days` days; null: since the first purchase. It is
    purchases, rial spent, rial of credit or points earned, each less what came back. One reached
    is kept for at least one period.
    """

    __tablename__ = "tier_ladder"
    __table_args__ = (
        CheckConstraint("measure IN ('purchases', 'spend', 'credit', 'points')", name="measure"),
        CheckConstraint("cardinality(names) = cardinality(thresholds)", name="rungs"),
        CheckConstraint("period_days > 0", name="period"),
        {
            "schema": "merchants",
            "info": access(app="select insert update delete", merchant="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    measure: Mapped[str]
    period_days: Mapped[int | None] = mapped_column(Integer())
    names: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    thresholds: Mapped[list[int]] = mapped_column(ARRAY(BigInteger()))
    version: Mapped[int] = mapped_column(server_default="1")
    updated_at: Mapped[datetime]
