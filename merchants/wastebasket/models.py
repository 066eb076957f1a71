"""Rows that were thrown away."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Discarded(Base):
    """A row of one of the shop's tables (`kind`) as it was: `content` is its columns in JSON."""

    __tablename__ = "discarded"
    __table_args__ = (
        Index(None, "mall_id", "at"),
        {
            "schema": "merchants",
            "info": access(app="select insert delete", merchant="select insert delete"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    at: Mapped[datetime]
