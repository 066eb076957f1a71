"""Pools: points that several shops issue and redeem at common prices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Pool(Base):
    """Prices in rial per point. An issuer pays the issue price into the reserve when it grants."""

    __tablename__ = "pool"
    __table_args__ = (
        CheckConstraint("issue_price >= redeem_price AND redeem_price > 0", name="prices"),
        CheckConstraint("expires_in_months > 0", name="expires_in_months"),
        {
            "schema": "shared_pool",
            "info": access(
                app="select insert update",
                merchant="select",
                member="select",
                posting="select",
                merchant_rows=(),
                member_rows=(),
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    scope_id: Mapped[UUID]
    name: Mapped[str]
    issue_price: Mapped[int]
    redeem_price: Mapped[int]
    expires_in_months: Mapped[int | None]  # Jalali months
    created_at: Mapped[datetime]


class Participant(Base):
    """A shop that issues and accepts a pool's points; its terms of acceptance."""

    __tablename__ = "participant"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "pool_id"], ["shared_pool.pool.mall_id", "shared_pool.pool.id"]
        ),
        CheckConstraint("fee_bps BETWEEN 0 AND 10000", name="fee_bps"),
        CheckConstraint("max_share_bps BETWEEN 1 AND 10000", name="max_share_bps"),
        {
            "schema": "shared_pool",
            "info": access(app="select insert update", merchant="select", posting="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    pool_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    fee_bps: Mapped[int]
    max_share_bps: Mapped[int]
    joined_at: Mapped[datetime]
