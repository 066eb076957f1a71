"""Offers that are being written: a draft is one rule, not in force yet."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access

_WRITES = "select insert update delete"


class OfferDraft(Base):
    """One offer on its way: a new one, or what shall take the place of the rule `replaces`.

    `base_version` is the version of the shop's rules that it was begun from, `revision` counts
    its changes: of two people who change it at once the second is told. `publish_at` schedules
    it; `problem` is the code of what kept it from being published then.
    """

    __tablename__ = "offer_draft"
    __table_args__ = (
        Index("offer_draft_due_ix", "mall_id", "publish_at"),
        {"schema": "merchants", "info": access(app=_WRITES, merchant=_WRITES)},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    rule: Mapped[dict[str, Any]]
    replaces: Mapped[str | None]
    base_version: Mapped[int]
    revision: Mapped[int]
    publish_at: Mapped[datetime | None]
    problem: Mapped[str | None]
    actor_id: Mapped[UUID]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
