"""Offers that members have marked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class OfferWish(Base):
    """A member means to use an offer, by its name. Nothing follows from it for what they are given.

    `reminded_at`: when they were told that it ends soon.
    """

    __tablename__ = "offer_wish"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "member_id"],
            ["members.member.mall_id", "members.member.id"],
            ondelete="CASCADE",
        ),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update(reminded_at) delete", merchant="select", member="select"
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    wished_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
