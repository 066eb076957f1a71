"""Purchases with their lines, what was spent and earned on them, and returns.

Few foreign keys here: these are the hot tables, and `timcheh proof` audits what keys would hold.
Only the SQL functions in `sql/` write them.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, SmallInteger
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access

_WRITTEN_BY_FUNCTIONS = access(
    app="select", merchant="select", member="select", posting="select insert update"
)


class Purchase(Base):
    """One sale at one shop. Its ledger transfer has the same id. Amounts in rial.

    `total` before discounts; `to_pay` = total - discount - spent_value.
    """

    __tablename__ = "purchase"
    __table_args__ = (
        CheckConstraint(
            "state IN ('authorized', 'confirmed', 'cancelled', 'expired')", name="state"
        ),
        CheckConstraint("to_pay >= 0 AND to_pay = total - discount - spent_value", name="to_pay"),
        Index("purchase_merchant_ix", "mall_id", "merchant_id", "id"),
        Index("purchase_member_ix", "mall_id", "member_id", "id"),
        Index("purchase_open_ix", "mall_id", "expires_at", postgresql_where="state = 'authorized'"),
        {
            "schema": "merchants",
            "postgresql_with": {"fillfactor": "95"},
            "info": _WRITTEN_BY_FUNCTIONS,
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    branch_id: Mapped[UUID | None]
    terminal_id: Mapped[UUID | None]
    member_id: Mapped[UUID]
    actor_id: Mapped[UUID | None]
    total: Mapped[int]
    discount: Mapped[int]
    spent_value: Mapped[int]
    to_pay: Mapped[int]
    debt_paid: Mapped[int] = mapped_column(server_default="0")
    rules_version: Mapped[int]
    occurred_at: Mapped[datetime]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    state: Mapped[str]
    reasons: Mapped[list[Any]]
    # What capped rules gave here (`[{rule, value}]`), so that a cancelled purchase gives it back.
    usage: Mapped[list[Any] | None]
    # Value added tax at the time: its rate, and what of it is paid on top of `to_pay` (absent: the
    # prices held it).
    vat_bps: Mapped[int | None]
    vat_added: Mapped[int | None]
    commission: Mapped[int | None]  # what the lines' colleagues earn
    credit_counted: Mapped[int | None]  # credit spent under a daily cap


class PurchaseLine(Base):
    """A line; `quantity_milli` in thousandths, `paid` is what money paid after all else.

    `commission` is what its colleague earns of it, rial.
    """

    __tablename__ = "purchase_line"
    __table_args__ = (
        CheckConstraint("returned_milli BETWEEN 0 AND quantity_milli", name="returned"),
        {"schema": "merchants", "info": _WRITTEN_BY_FUNCTIONS},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    purchase_id: Mapped[UUID] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(SmallInteger(), primary_key=True)
    merchant_id: Mapped[UUID]
    member_id: Mapped[UUID]
    quantity_milli: Mapped[int]
    returned_milli: Mapped[int] = mapped_column(server_default="0")
    unit_price: Mapped[int]
    total: Mapped[int]
    discount: Mapped[int]
    spent_value: Mapped[int]
    paid: Mapped[int]
    sku: Mapped[str | None]
    name: Mapped[str | None]
    group: Mapped[str | None]
    colleague_id: Mapped[UUID | None]
    commission: Mapped[int | None]


class PurchaseSpend(Base):
    """A lot that the purchase drew on. `shares[i]` is the part of `amount` that paid line i."""

    __tablename__ = "purchase_spend"
    __table_args__ = ({"schema": "merchants", "info": _WRITTEN_BY_FUNCTIONS},)
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    purchase_id: Mapped[UUID] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger(), primary_key=True)
    merchant_id: Mapped[UUID]
    member_id: Mapped[UUID]
    lot_id: Mapped[UUID]
    issuer_id: Mapped[UUID]
    scope_id: Mapped[UUID]
    amount: Mapped[int]  # the lot's unit
    value: Mapped[int]  # rial
    fee: Mapped[int]  # rial, of the value
    restored: Mapped[int] = mapped_column(server_default="0")
    unit: Mapped[str]
    shares: Mapped[list[int]] = mapped_column(ARRAY(BigInteger()))
    value_shares: Mapped[list[int]] = mapped_column(ARRAY(BigInteger()))


class PurchaseEarn(Base):
    """A lot that the purchase granted. `shares[i]` is what line i earned of `amount`.

    `value` is its worth in rial for caps and for what a return deducts; `settled` is how much has
    been dealt with by returns, `absorbed` how much of its expired part that included.
    """

    __tablename__ = "purchase_earn"
    __table_args__ = ({"schema": "merchants", "info": _WRITTEN_BY_FUNCTIONS},)
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    purchase_id: Mapped[UUID] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger(), primary_key=True)
    merchant_id: Mapped[UUID]
    member_id: Mapped[UUID]
    lot_id: Mapped[UUID]
    scope_id: Mapped[UUID]
    amount: Mapped[int]  # the lot's unit
    value: Mapped[int]  # rial
    settled: Mapped[int] = mapped_column(server_default="0")
    absorbed: Mapped[int] = mapped_column(server_default="0")
    available_from: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    unit: Mapped[str]
    rule: Mapped[str]
    shares: Mapped[list[int]] = mapped_column(ARRAY(BigInteger()))


class PurchaseReturn(Base):
    """Goods that came back, and what that did. Its ledger transfer has the same id."""

    __tablename__ = "purchase_return"
    __table_args__ = (
        Index("purchase_return_purchase_ix", "mall_id", "purchase_id"),
        {
            "schema": "merchants",
            "info": access(app="select insert", merchant="select", member="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    purchase_id: Mapped[UUID]
    merchant_id: Mapped[UUID]
    member_id: Mapped[UUID]
    actor_id: Mapped[UUID | None]
    refund: Mapped[int]  # rial that the shop pays back in money
    deducted: Mapped[int]
    carried: Mapped[int]
    written_off: Mapped[int]
    lines: Mapped[list[Any]]
    restored: Mapped[list[Any]]
    taken_back: Mapped[list[Any]]
    created_at: Mapped[datetime]
    vat: Mapped[int | None]  # of the refund: tax that had been paid on top


class VainGuess(Base):
    """A gift card's number or a code that was named in vain. What was named is not kept."""

    __tablename__ = "vain_guess"
    __table_args__ = (
        CheckConstraint("kind IN ('gift_card', 'code')", name="kind"),
        Index("vain_guess_at_ix", "mall_id", "at"),
        {"schema": "merchants", "info": access(app="select insert delete")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    kind: Mapped[str]
    terminal_id: Mapped[UUID | None]
    actor_id: Mapped[UUID | None]
    at: Mapped[datetime]
