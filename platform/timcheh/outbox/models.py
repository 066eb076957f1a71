"""The outbox: what has happened and still has consequences, and which of them are done."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class OutboxEvent(Base):
    """An event, written in the transaction that it reports. Any scope may add; only jobs read.

    `due_at` is when it is next tried. What is `urgent` goes before all that is not: somebody waits
    for it, and a million sales that were loaded must not stand in its way. The partial index holds
    nothing but what waits, in the order in which it is taken, so a drained outbox costs a look-up
    of nothing however long its history, and a full one no sorting.
    """

    __tablename__ = "outbox_event"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'done', 'dead')", name="state"),
        Index(
            "outbox_event_pending_ix",
            "mall_id",
            text("urgent DESC"),
            "due_at",
            "id",
            postgresql_where=text("state = 'pending'"),
        ),
        {
            "schema": "kernel",
            "info": access(
                app="select insert update delete",
                merchant="insert",
                member="insert",
                posting="insert",
                merchant_rows=(),
                member_rows=(),
            ),
        },
    )

    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    topic: Mapped[str]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="pending", server_default="pending")
    attempts: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    last_error: Mapped[str | None]
    urgent: Mapped[bool] = mapped_column(default=False, server_default="false")


class OutboxDone(Base):
    """The mark that one handler has done one event; written with the handler's own work."""

    __tablename__ = "outbox_done"
    __table_args__ = ({"schema": "kernel", "info": access(app="select insert delete")},)

    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    handler: Mapped[str] = mapped_column(primary_key=True)
    done_at: Mapped[datetime]
