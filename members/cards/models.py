"""Printed cards. A member's live number is in their own row; here is what became of each card."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from timcheh.db import Base, access


class CardOrder(Base):
    """A batch of blank cards with its design. The mall's own where `merchant_id` is none.

    `kind` says what the cards are for; `colour` is `#rrggbb`; `logo` a PNG or JPEG picture.
    `sheet`: ten to an A4 page, not each on a page of its own.
    `months`: how long a card is good once it is assigned, in Jalali months; none: for ever.
    """

    __tablename__ = "card_order"
    __table_args__ = (
        CheckConstraint("kind IN ('credit', 'points', 'discount', 'gift')", name="kind"),
        CheckConstraint("count > 0", name="count"),
        CheckConstraint("months > 0", name="months"),
        Index(None, "mall_id", "merchant_id", "id"),
        {"schema": "members", "info": access(app="select insert update", merchant="select")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID | None]
    name: Mapped[str]
    kind: Mapped[str]
    count: Mapped[int] = mapped_column(Integer())
    title: Mapped[str]
    words: Mapped[str]
    colour: Mapped[str]
    months: Mapped[int | None] = mapped_column(Integer())
    sheet: Mapped[bool] = mapped_column(server_default="false")
    logo: Mapped[bytes | None] = deferred(mapped_column(LargeBinary()))
    actor_id: Mapped[UUID]
    created_at: Mapped[datetime]


class Card(Base):
    """A number and its fate. Only an active card's number is its member's live one.

    A number that was live without ever being printed gets its row when it is given up, so that
    an old number can always say why it no longer counts. `successor` is what came in its place.
    """

    __tablename__ = "card"
    __table_args__ = (
        CheckConstraint(
            "state IN ('blank', 'active', 'lost', 'replaced', 'expired')", name="state"
        ),
        CheckConstraint("kind IN ('credit', 'points', 'discount', 'gift')", name="kind"),
        Index(None, "mall_id", "order_id", "serial"),
        Index(None, "mall_id", "member_id"),
        Index("card_expiry_ix", "mall_id", "expires_on", postgresql_where=text("state = 'active'")),
        {
            "schema": "members",
            "info": access(app="select insert update delete", merchant="select", member="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[UUID | None]
    merchant_id: Mapped[UUID | None]
    serial: Mapped[int | None] = mapped_column(Integer())
    kind: Mapped[str] = mapped_column(server_default="credit")
    state: Mapped[str] = mapped_column(server_default="blank")
    member_id: Mapped[UUID | None]
    assigned_at: Mapped[datetime | None]
    expires_on: Mapped[date | None]
    warned_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    successor: Mapped[str | None]
