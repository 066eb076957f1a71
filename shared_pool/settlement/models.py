"""Settlements: a photograph of the shops' positions, approved by a second person, then paid."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Settlement(Base):
    """`total_pay` is what owing shops pay in, `total_receive` what is paid out, `fees` what the
    mall draws; rial. Its ledger transfer has the same id.
    """

    __tablename__ = "settlement"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'approved', 'completed', 'cancelled')", name="state"),
        CheckConstraint("approved_by <> drafted_by", name="second_person"),
        {"schema": "shared_pool", "info": access(app="select insert update")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str]
    total_pay: Mapped[int]
    total_receive: Mapped[int]
    fees: Mapped[int]
    drafted_by: Mapped[UUID]
    approved_by: Mapped[UUID | None]
    completed_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


class SettlementLine(Base):
    """A shop's net: positive, the fund pays it; negative, it pays the fund. Rial.

    `result` is what became of it, `transfer_id` the posting of a line whose money has moved.
    """

    __tablename__ = "settlement_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "settlement_id"],
            ["shared_pool.settlement.mall_id", "shared_pool.settlement.id"],
        ),
        CheckConstraint("net <> 0", name="net"),
        CheckConstraint(
            "result IN ('waiting', 'sent', 'paid', 'collateral', 'refused', 'unknown')",
            name="result",
        ),
        CheckConstraint(
            "(transfer_id IS NOT NULL) = (result IN ('paid', 'collateral'))", name="posted"
        ),
        CheckConstraint("net < 0 OR result <> 'collateral'", name="collateral"),
        {"schema": "shared_pool", "info": access(app="select insert update", merchant="select")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    settlement_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    net: Mapped[int]
    result: Mapped[str] = mapped_column(default="waiting", server_default="waiting")
    note: Mapped[str | None]  # why it was refused, as the bank says it
    reference: Mapped[str | None]  # the bank's own number of the payment
    marked_by: Mapped[UUID | None]
    marked_at: Mapped[datetime | None]
    transfer_id: Mapped[UUID | None]
