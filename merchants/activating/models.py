"""Which offers members have activated."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class OfferActivation(Base):
    """A member has activated an offer, by its name; until `ended_at`, when they changed their mind.

    `staff_id`: who of the shop did it at their word, the last time; none where they did it
    themselves. The row stays, so that an offer's effect can say how many had it.
    """

    __tablename__ = "offer_activation"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "member_id"],
            ["members.member.mall_id", "members.member.id"],
            ondelete="CASCADE",
        ),
        Index("offer_activation_rule_ix", "mall_id", "merchant_id", "rule"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update(activated_at, ended_at, staff_id) delete",
                merchant="select",
                member="select",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    activated_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    staff_id: Mapped[UUID | None]
