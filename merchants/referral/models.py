"""What others than the buyer get from a purchase: referrers, and the givers of gift cards."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class ReferralProgramme(Base):
    """A shop's terms. Amounts in rial, shares in basis points.

    `first_reward` goes to the referrer when the friend first buys here for `first_minimum` or
    more, as the shop's own credit, and `friend_reward` to the friend; `levels[i]` of what is paid
    goes to the i-th person up the line as commission.
    """

    __tablename__ = "referral_programme"
    __table_args__ = (
        CheckConstraint("first_reward >= 0 AND first_minimum >= 0", name="first"),
        CheckConstraint("cardinality(levels) <= 5", name="levels"),
        CheckConstraint("friend_reward >= 0", name="friend_reward"),
        {"schema": "merchants", "info": access(app="select insert update", merchant="select")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    first_reward: Mapped[int] = mapped_column(server_default="0")
    first_minimum: Mapped[int] = mapped_column(server_default="0")
    levels: Mapped[list[int]] = mapped_column(ARRAY(Integer()), server_default=text("'{}'"))
    lot_days: Mapped[int | None] = mapped_column(Integer())
    updated_at: Mapped[datetime]
    friend_reward: Mapped[int] = mapped_column(server_default="0")


class Thanks(Base):
    """One reward of one purchase. `amount` rial at first, `taken_back` what a return took of it.

    `base`: the rial it is a share of. `cause_id` is the friend, or the gift card. Credit is the
    lot `lot_id`; a commission has none, nor what was not given: `withheld` until somebody looks
    into it, or `refused`.
    """

    __tablename__ = "thanks"
    __table_args__ = (
        UniqueConstraint("mall_id", "purchase_id", "kind", "level", "cause_id"),
        CheckConstraint("kind IN ('referral', 'commission', 'ambassador', 'friend')", name="kind"),
        CheckConstraint("amount > 0 AND taken_back BETWEEN 0 AND amount", name="amount"),
        CheckConstraint("state IN ('given', 'withheld', 'refused')", name="state"),
        CheckConstraint("(kind = 'commission' OR state <> 'given') = (lot_id IS NULL)", name="lot"),
        Index(None, "mall_id", "merchant_id", "id"),
        Index(None, "mall_id", "person_id"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update",
                merchant="select",
                member="select",
                member_rows=("person_id",),
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    purchase_id: Mapped[UUID]
    kind: Mapped[str]
    level: Mapped[int] = mapped_column(SmallInteger())
    person_id: Mapped[UUID]
    cause_id: Mapped[UUID]
    base: Mapped[int]
    amount: Mapped[int]
    taken_back: Mapped[int] = mapped_column(server_default="0")
    lot_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(server_default="given")
