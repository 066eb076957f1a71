"""Doors: addresses by which people enrol themselves with a shop, each with its source.

A door may promise a gift to who comes through it as a new customer.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from merchants.gifting.rewards import Reward
from timcheh.db import Base, access

SOURCES: Final = (
    "poster",
    "sms",
    "instagram",
    "telegram",
    "bale",
    "eitaa",
    "whatsapp",
    "website",
    "other",
)


class Door(Base):
    """One address. `token` stands in it; `visits` counts how often it was opened."""

    __tablename__ = "door"
    __table_args__ = (
        UniqueConstraint("mall_id", "token"),
        CheckConstraint(f"source IN ({', '.join(map(repr, SOURCES))})", name="source"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update", merchant="select insert update(name, ended_at)"
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID | None]
    token: Mapped[str]
    source: Mapped[str]
    name: Mapped[str]
    visits: Mapped[int] = mapped_column(server_default="0")
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class DoorGift(Base):
    """What a door promises: rial or points of the shop's own, or the code of one of its offers.

    `words` is the page's heading. At most `most` people get it, until `ends_at`; `given` counts
    them. Once promised only its end can be set.
    """

    __tablename__ = "door_gift"
    __table_args__ = (
        CheckConstraint("(unit IS NULL) = (amount IS NULL)", name="reward"),
        CheckConstraint("(unit IS NULL) <> (coupon IS NULL)", name="one_kind"),
        CheckConstraint("amount > 0 AND most > 0", name="amounts"),
        CheckConstraint("given BETWEEN 0 AND most", name="given"),
        {
            "schema": "merchants",
            "info": access(app="select insert update", merchant="select insert update(ends_at)"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    door_id: Mapped[UUID] = mapped_column(primary_key=True)
    words: Mapped[str]
    unit: Mapped[str | None]
    amount: Mapped[int | None]
    days: Mapped[int | None] = mapped_column(Integer())
    coupon: Mapped[str | None]
    most: Mapped[int] = mapped_column(Integer())
    given: Mapped[int] = mapped_column(Integer(), server_default="0")
    ends_at: Mapped[datetime | None]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]

    @property
    def reward(self) -> Reward | None:
        """None for a code."""
        if self.unit is None or self.amount is None:
            return None
        return Reward(self.unit, self.amount, self.days)

    @property
    def cost(self) -> int:
        """What was given so far, in the gift's unit; codes cost only when they are used."""
        return (self.amount or 0) * self.given

    def stands(self, now: datetime) -> bool:
        """Whether somebody who comes now would get it."""
        return self.given < self.most and (self.ends_at is None or self.ends_at > now)


class DoorGiftTaken(Base):
    """A new customer's gift: a lot, or a code. Once in the life of a member with a shop."""

    __tablename__ = "door_gift_taken"
    __table_args__ = (
        CheckConstraint("(lot_id IS NULL) <> (coupon IS NULL)", name="one_kind"),
        {
            "schema": "merchants",
            "info": access(app="select insert", merchant="select", member="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    door_id: Mapped[UUID]
    lot_id: Mapped[UUID | None]
    coupon: Mapped[str | None]
    taken_at: Mapped[datetime]
