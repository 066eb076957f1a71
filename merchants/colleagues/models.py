"""Sales colleagues of a shop, what they earn of a line, and what became of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Colleague(Base):
    """Someone who sells for a shop and earns a commission for it. `id` is the ledger's person."""

    __tablename__ = "colleague"
    __table_args__ = (
        UniqueConstraint("mall_id", "merchant_id", "name"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update",
                merchant="select insert update(name, mobile, active)",
                posting="select update",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    mobile: Mapped[str | None]
    active: Mapped[bool] = mapped_column(server_default="true")
    created_at: Mapped[datetime]


class ColleagueTerms(Base):
    """What a colleague earns of a line: `bps` of what it comes to, or `amount` rial for each unit.

    `group` is a product group; the empty one is for all goods that have no terms of their own.
    """

    __tablename__ = "colleague_terms"
    __table_args__ = (
        CheckConstraint("num_nonnulls(bps, amount) = 1", name="one_kind"),
        CheckConstraint("bps BETWEEN 0 AND 10000", name="bps"),
        CheckConstraint("amount >= 0", name="amount"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update delete",
                merchant="select insert update(bps, amount) delete",
                posting="select",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    colleague_id: Mapped[UUID] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column(primary_key=True, server_default=text("''"))
    bps: Mapped[int | None]
    amount: Mapped[int | None]


class Commission(Base):
    """A movement of a colleague's account; `id` is its ledger transfer's. `amount` in rial.

    Earned by a sale (> 0), taken back by a return or paid out (< 0). Only the SQL functions write.
    """

    __tablename__ = "commission"
    __table_args__ = (
        CheckConstraint("kind IN ('sale', 'return', 'payout')", name="kind"),
        CheckConstraint("amount <> 0 AND (amount > 0) = (kind = 'sale')", name="amount"),
        Index("commission_colleague_ix", "mall_id", "merchant_id", "colleague_id", "id"),
        {
            "schema": "merchants",
            "info": access(app="select", merchant="select", posting="select insert"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    colleague_id: Mapped[UUID]
    kind: Mapped[str]
    purchase_id: Mapped[UUID | None]
    amount: Mapped[int]
    actor_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
