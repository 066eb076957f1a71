"""Gift cards: the holder of a lot that is not a member. Whoever brings the number may spend it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class GiftCard(Base):
    """A card of 16 digits; its value is its lots (`ledger.lot.holder_id` = the card's id).

    `giver_id` is the member who gave it away; `giver_bps` of what is spent from it is theirs.
    """

    __tablename__ = "gift_card"
    __table_args__ = (
        UniqueConstraint("mall_id", "number"),
        CheckConstraint("state IN ('active', 'blocked')", name="state"),
        CheckConstraint("giver_bps BETWEEN 0 AND 10000", name="giver_bps"),
        CheckConstraint("giver_bps = 0 OR giver_id IS NOT NULL", name="giver"),
        Index(None, "mall_id", "merchant_id", "id"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update",
                merchant="select insert update(state)",
                posting="select",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    number: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="active")
    created_at: Mapped[datetime]
    to_name: Mapped[str | None]
    words: Mapped[str | None]
    giver_id: Mapped[UUID | None]
    giver_bps: Mapped[int] = mapped_column(Integer(), server_default="0")


class KeptGiftCard(Base):
    """A card that a member keeps on their phone. Whoever brings its number may still spend it."""

    __tablename__ = "kept_gift_card"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "card_id"], ["merchants.gift_card.mall_id", "merchants.gift_card.id"]
        ),
        {"schema": "merchants", "info": access(app="select insert delete")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    card_id: Mapped[UUID] = mapped_column(primary_key=True)
    kept_at: Mapped[datetime]
