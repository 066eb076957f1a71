"""What looks wrong at a shop's tills."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access

SELF_CREDIT: Final = "self_credit"
BURST: Final = "burst"
REFUND_LOOP: Final = "refund_loop"
GUESSING: Final = "guessing"
RING: Final = "referral_ring"
SELF_GIFT: Final = "self_gift"
REFUSED_SPEND: Final = "refused_spend"
KINDS: Final = (SELF_CREDIT, SELF_GIFT, BURST, REFUND_LOOP, GUESSING, RING, REFUSED_SPEND)


class Alert(Base):
    """Something to look into, with its evidence, until somebody closes it with a reason.

    `subject` is whom it is about: a member, or the shop itself for guessing; `actor_id` whose hand
    it was, where that is known. `purchases` are its evidence (of a ring also its `ground`: cycle or
    device; of gifts transfers, with the `reason` that the member reads; of spending that a member
    refused what they were asked to approve), `figures` its numbers
    (rial and counts), `crosses`: value that other shops or the pool stand for is part of it. One
    open alert of a kind about a subject grows; a new one is raised after it was closed.
    """

    __tablename__ = "alert"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('self_credit', 'self_gift', 'burst', 'refund_loop', 'guessing', "
            "'referral_ring', 'refused_spend')",
            name="kind",
        ),
        CheckConstraint("state IN ('open', 'confirmed', 'harmless')", name="state"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_at"),
        CheckConstraint("state = 'open' OR length(closing_note) > 0", name="closing_note"),
        UniqueConstraint("mall_id", "merchant_id", "kind", "subject", "number"),
        Index("alert_shop_ix", "mall_id", "merchant_id", "last_at"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update",
                merchant="select update(state, closed_at, closed_by, closer, closing_note)",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    kind: Mapped[str]
    subject: Mapped[UUID]
    number: Mapped[int]  # of its kind and subject, from 1
    actor_id: Mapped[UUID | None]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    purchases: Mapped[list[Any]]
    figures: Mapped[dict[str, Any]]
    crosses: Mapped[bool]
    state: Mapped[str]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None]
    closer: Mapped[str | None]
    closing_note: Mapped[str | None]
    created_at: Mapped[datetime]


class AlertWatch(Base):
    """Up to when a mall's sales have been looked through."""

    __tablename__ = "alert_watch"
    __table_args__ = ({"schema": "merchants", "info": access(app="select insert update")},)
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    seen_until: Mapped[datetime]
