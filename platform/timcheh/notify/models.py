"""Messages to people: queued in the transaction that causes them, sent by a job afterwards."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Message(Base):
    """One message to one recipient. `price` is in rial, for all its segments.

    `line` keeps service and promotional messages apart: an operator blocks the second for many
    numbers, and the law asks consent for it. A `secret` text (a one-time password) is blanked
    once it is sent.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("channel IN ('sms', 'email', 'push', 'bale', 'telegram')", name="channel"),
        CheckConstraint("line IN ('service', 'promotional')", name="line"),
        CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed')",
            name="state",
        ),
        CheckConstraint("segments > 0", name="segments"),
        CheckConstraint("price >= 0", name="price"),
        Index(
            "message_queued_ix",
            "mall_id",
            text("secret DESC"),  # somebody waits for a code
            "due_at",
            "id",
            postgresql_where=text("state IN ('queued', 'sending')"),
        ),
        Index("message_merchant_ix", "mall_id", "merchant_id", "id"),
        {
            "schema": "kernel",
            "info": access(
                app="select insert update delete", merchant="select insert", member="select"
            ),
        },
    )

    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    channel: Mapped[str] = mapped_column(default="sms", server_default="sms")
    line: Mapped[str]
    recipient: Mapped[str]
    template: Mapped[str]
    text: Mapped[str]
    secret: Mapped[bool] = mapped_column(default=False, server_default="false")
    segments: Mapped[int] = mapped_column(Integer)
    price: Mapped[int]
    state: Mapped[str] = mapped_column(default="queued", server_default="queued")
    attempts: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    provider: Mapped[str | None]
    provider_id: Mapped[str | None]
    last_error: Mapped[str | None]
