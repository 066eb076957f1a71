"""How much credit a customer group may use, and what a member has used today."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class CreditCap(Base):
    """Rial of credit that a customer of a group may spend here; absent is without bound.

    The empty `group` is for whoever is in no group with a cap of its own.
    """

    __tablename__ = "credit_cap"
    __table_args__ = (
        CheckConstraint("per_invoice > 0", name="per_invoice"),
        CheckConstraint("per_day > 0", name="per_day"),
        CheckConstraint("num_nonnulls(per_invoice, per_day) > 0", name="something"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update delete",
                merchant="select insert update(per_invoice, per_day) delete",
                posting="select",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column(primary_key=True, server_default=text("''"))
    per_invoice: Mapped[int | None]
    per_day: Mapped[int | None]


class CreditUse(Base):
    """Credit that a member under a daily cap has spent at a shop on a day (the mall's), rial."""

    __tablename__ = "credit_use"
    __table_args__ = (
        CheckConstraint("used >= 0", name="used"),
        {
            "schema": "merchants",
            "info": access(app="select", merchant="select", posting="select insert update"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    used: Mapped[int]
