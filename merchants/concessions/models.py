"""What the shop's people may take off a sale of their own accord, and what they have taken off."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access
from timcheh.ids import NIL

NOBODY: Final = text(f"'{NIL}'::uuid")


class ConcessionLimit(Base):
    """How much somebody may take off: a role (`staff_id` is nil), or one person (`role` is empty).

    `line_bps` of each line; `per_invoice` and `per_day` in rial; absent is without bound. Who has
    no row may take off nothing, but for the owner, who may take off anything. The role `program`
    stands for keys.
    """

    __tablename__ = "concession_limit"
    __table_args__ = (
        CheckConstraint("role IN ('', 'manager', 'cashier', 'program')", name="role"),
        CheckConstraint(f"(role = '') = (staff_id <> {NOBODY})", name="whose"),
        CheckConstraint("line_bps BETWEEN 1 AND 10000", name="line_bps"),
        CheckConstraint("per_invoice > 0", name="per_invoice"),
        CheckConstraint("per_day > 0", name="per_day"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert delete",
                merchant="select insert delete",
                posting="select",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True, server_default=text("''"))
    staff_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NOBODY)
    line_bps: Mapped[int | None] = mapped_column(Integer())
    per_invoice: Mapped[int | None]
    per_day: Mapped[int | None]


class ConcessionUse(Base):
    """What somebody (a person or a key) has taken off at a shop on a day (the mall's), rial."""

    __tablename__ = "concession_use"
    __table_args__ = (
        CheckConstraint("used >= 0", name="used"),
        {
            "schema": "merchants",
            "info": access(app="select", merchant="select", posting="select insert update"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    by_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    used: Mapped[int]


class Concession(Base):
    """One discount of this kind on a purchase: `amount` rial off its line, or off the whole of it.

    `bps` where it was told as a share. `actor_id` sold, and `by_id` answers for it: another than
    the seller where somebody with a wider limit has agreed.
    """

    __tablename__ = "concession"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("bps BETWEEN 1 AND 10000", name="bps"),
        Index(None, "mall_id", "merchant_id", "at"),
        {
            "schema": "merchants",
            "info": access(app="select", merchant="select", posting="select insert update(reason)"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    purchase_id: Mapped[UUID] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger(), primary_key=True)
    line: Mapped[int | None] = mapped_column(SmallInteger())  # none: the whole purchase
    merchant_id: Mapped[UUID]
    branch_id: Mapped[UUID | None]
    member_id: Mapped[UUID]
    actor_id: Mapped[UUID]
    by_id: Mapped[UUID]
    bps: Mapped[int | None] = mapped_column(Integer())
    amount: Mapped[int]
    reason: Mapped[str]
    at: Mapped[datetime]
