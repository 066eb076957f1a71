"""How long before its last day value is told of, and what was told to whom."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Integer, SmallInteger, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access
from timcheh.ids import NIL

_NOBODY = text(f"'{NIL}'::uuid")


class ExpiryReminder(Base):
    """On which days before the last one members are told of what a shop gave them; no days: never.

    The mall's own row (`merchant_id` is nil) is for shops that have none.
    """

    __tablename__ = "expiry_reminder"
    __table_args__ = (
        CheckConstraint("cardinality(days) <= 5", name="count"),
        CheckConstraint("0 < ALL (days) AND 90 >= ALL (days)", name="days"),
        {
            "schema": "merchants",
            "info": access(app="select insert update", merchant="select insert update(days)"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=_NOBODY)
    days: Mapped[list[int]] = mapped_column(ARRAY(Integer()))


class RemindedLot(Base):
    """A lot that its member was told of, so many days before its last one."""

    __tablename__ = "reminded_lot"
    __table_args__ = ({"schema": "merchants", "info": access(app="select insert")},)
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    lot_id: Mapped[UUID] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(SmallInteger(), primary_key=True)


class ExpiryNotice(Base):
    """A member was told on a day (the mall's) that rial of credit and points will expire."""

    __tablename__ = "expiry_notice"
    __table_args__ = ({"schema": "merchants", "info": access(app="select insert")},)
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    credit: Mapped[int]
    points: Mapped[int]
