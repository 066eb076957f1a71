"""Named conditions over a shop's customers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Segment(Base):
    """Whoever of the shop's customers meets `condition` at the moment someone looks.

    `condition` is JSON as in a rule's `when`; null is every customer. `version` counts its changes,
    so that two people who edit it at once don't overwrite each other.
    """

    __tablename__ = "segment"
    __table_args__ = (
        Index("segment_name_uq", "mall_id", "merchant_id", "name", unique=True),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update delete", merchant="select insert update delete"
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    name: Mapped[str]
    condition: Mapped[dict[str, Any] | None]
    version: Mapped[int] = mapped_column(server_default="1")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
