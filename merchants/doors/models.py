"""Doors: addresses by which people enrol themselves with a shop, each with its source."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access

SOURCES: Final = (
    "poster",
    "sms",
    "instagram",
    "telegram",
    "bale",
    "eitaa",
    "whatsapp",
    "website",
    "other",
)


class Door(Base):
    """One address. `token` stands in it; `visits` counts how often it was opened."""

    __tablename__ = "door"
    __table_args__ = (
        UniqueConstraint("mall_id", "token"),
        CheckConstraint(f"source IN ({', '.join(map(repr, SOURCES))})", name="source"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update", merchant="select insert update(name, ended_at)"
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID | None]
    token: Mapped[str]
    source: Mapped[str]
    name: Mapped[str]
    visits: Mapped[int] = mapped_column(server_default="0")
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
