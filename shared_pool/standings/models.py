"""Every shop's standing as a settlement's draft found it, so that a statement adds up for good."""

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class KeptStanding(Base):
    """See `Standing`: sums since the start, rial."""

    __tablename__ = "kept_standing"
    __table_args__ = (
        {"schema": "shared_pool", "info": access(app="select insert", merchant="select")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    settlement_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    clearing: Mapped[int]
    settled: Mapped[int]
    fees: Mapped[int]
    points: Mapped[int]
    outstanding: Mapped[int]
    deposit: Mapped[int]


class KeptTrade(Base):
    """See `Trade`: with one other shop."""

    __tablename__ = "kept_trade"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "settlement_id", "merchant_id"],
            [
                "shared_pool.kept_standing.mall_id",
                "shared_pool.kept_standing.settlement_id",
                "shared_pool.kept_standing.merchant_id",
            ],
        ),
        {"schema": "shared_pool", "info": access(app="select insert", merchant="select")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    settlement_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    other_id: Mapped[UUID] = mapped_column(primary_key=True)
    accepted: Mapped[int]
    spent: Mapped[int]
