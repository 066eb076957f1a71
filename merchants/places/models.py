"""Positions of branches, and members who are near one just now."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class BranchPlace(Base):
    """Where a branch is, in millionths of a degree, and from how far on one is near it (metres)."""

    __tablename__ = "branch_place"
    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90000000 AND 90000000", name="latitude"),
        CheckConstraint("longitude BETWEEN -180000000 AND 180000000", name="longitude"),
        CheckConstraint("radius > 0", name="radius"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update delete", merchant="select insert update delete"
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(primary_key=True)
    latitude: Mapped[int] = mapped_column(Integer())
    longitude: Mapped[int] = mapped_column(Integer())
    radius: Mapped[int] = mapped_column(Integer())
    updated_at: Mapped[datetime]


class Nearness(Base):
    """That a member was near a branch, and how far from it: all that is kept of a position.

    `metres` is rounded up to whole hundreds. It counts for `NEAR_FOR` minutes, and then is removed.
    Shops have no grant on it: they ask by a condition, in the mall's scope.
    """

    __tablename__ = "nearness"
    __table_args__ = (
        CheckConstraint("metres >= 0", name="metres"),
        Index(None, "mall_id", "member_id"),
        Index(None, "mall_id", "seen_at"),
        {"schema": "merchants", "info": access(app="select insert update delete")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID]
    metres: Mapped[int] = mapped_column(Integer())
    seen_at: Mapped[datetime]
