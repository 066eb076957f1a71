"""Pools: points that several shops issue and redeem at common prices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from timcheh.db import Base, access
from timcheh.ledger.models import ValueScope


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
    scope_id: Mapped[UUID] = mapped_column()
    issue_price: Mapped[int]
    redeem_price: Mapped[int]
    expires_in_months: Mapped[int | None]  # Jalali months
    created_at: Mapped[datetime]
    name: Mapped[str] = column_property(  # the scope's: who only knows the ledger names it too
        select(ValueScope.name)
        .where(ValueScope.mall_id == mall_id, ValueScope.id == scope_id)
        .correlate_except(ValueScope)
        .scalar_subquery()
    )


class Participant(Base):
    """A shop that issues and accepts a pool's points, and its terms of acceptance, until it leaves.

    What it has issued stays good at the others; whoever joins again begins anew.
    """

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
    left_at: Mapped[datetime | None]
