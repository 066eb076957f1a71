"""Periodic work as rows that become due: what is in Redis may be lost, what is here is not."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class RecurringRun(Base):
    """When a periodic job of a mall is next due, and how its last run went.

    `leased_until` is set while it runs, so that it runs once at a time; a worker that died
    leaves a lease that ends by itself.
    """

    __tablename__ = "recurring_run"
    __table_args__ = (
        Index("recurring_run_due_ix", "mall_id", "due_at"),
        {"schema": "kernel", "info": access(app="select insert update delete")},
    )

    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    last_error: Mapped[str | None]
