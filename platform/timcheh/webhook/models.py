"""Webhooks: endpoints that a mall or a shop registers, and each delivery to them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class WebhookEndpoint(Base):
    """Where to deliver which topics. Without a merchant it is the mall's and gets every event.

    The secret signs each delivery, so it is kept in the clear and shown once.
    """

    __tablename__ = "webhook_endpoint"
    __table_args__ = (
        CheckConstraint("state IN ('active', 'disabled')", name="state"),
        {
            "schema": "kernel",
            "info": access(
                app="select insert update delete",
                merchant="select insert update(url, topics, state) delete",
            ),
        },
    )

    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID | None]
    url: Mapped[str]
    topics: Mapped[list[Any]]
    secret: Mapped[str]
    state: Mapped[str] = mapped_column(default="active", server_default="active")
    created_at: Mapped[datetime]


class WebhookDelivery(Base):
    """One event for one endpoint: pending until answered with 2xx, dead after the last try."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "endpoint_id"],
            ["kernel.webhook_endpoint.mall_id", "kernel.webhook_endpoint.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("mall_id", "endpoint_id", "event_id"),
        CheckConstraint("state IN ('pending', 'delivered', 'dead')", name="state"),
        Index(
            "webhook_delivery_pending_ix",
            "mall_id",
            "due_at",
            postgresql_where=text("state = 'pending'"),
        ),
        {
            "schema": "kernel",
            "info": access(app="select insert update delete", merchant="select"),
        },
    )

    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    endpoint_id: Mapped[UUID]
    merchant_id: Mapped[UUID | None]
    event_id: Mapped[UUID]
    topic: Mapped[str]
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="pending", server_default="pending")
    attempts: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    response_status: Mapped[int | None] = mapped_column(Integer)
    last_error: Mapped[str | None]
