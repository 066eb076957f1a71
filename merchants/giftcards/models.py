"""Gift cards: the holder of a lot that is not a member. Whoever brings the number may spend it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class GiftCard(Base):
    """A card of 16 digits; its value is its lots (`ledger.lot.holder_id` = the card's id)."""

    __tablename__ = "gift_card"
    __table_args__ = (
        UniqueConstraint("mall_id", "number"),
        CheckConstraint("state IN ('active', 'blocked')", name="state"),
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
