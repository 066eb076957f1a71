"""Product codes: batches of single-use codes, each worth points to whoever brings it first."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class CodeBatch(Base):
    """An order of codes: how many, what each is worth, and when it counts.

    `lot_days`: how long the points live; none: as the scope says. `link` is where a member types
    a code, and what the printed QR leads to.
    """

    __tablename__ = "code_batch"
    __table_args__ = (
        CheckConstraint("points > 0", name="points"),
        CheckConstraint("count > 0", name="count"),
        CheckConstraint("state IN ('active', 'stopped')", name="state"),
        Index(None, "mall_id", "merchant_id", "id"),
        {
            "schema": "merchants",
            "info": access(app="select insert update", merchant="select insert update(state)"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    name: Mapped[str]
    points: Mapped[int]
    scope_id: Mapped[UUID]
    count: Mapped[int] = mapped_column(Integer())
    lot_days: Mapped[int | None] = mapped_column(Integer())
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(server_default="active")
    link: Mapped[str]
    actor_id: Mapped[UUID]
    created_at: Mapped[datetime]


class ProductCode(Base):
    """One code, known by a keyed hash only: who reads the table can't redeem what is in it.

    The code itself is worked out again from its batch and serial wherever it is printed.
    """

    __tablename__ = "product_code"
    __table_args__ = (
        UniqueConstraint("mall_id", "batch_id", "serial"),
        CheckConstraint("(redeemed_at IS NULL) = (lot_id IS NULL)", name="redeemed"),
        {
            "schema": "merchants",
            "info": access(app="select insert update", merchant="select insert"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(), primary_key=True)
    merchant_id: Mapped[UUID]
    batch_id: Mapped[UUID]
    serial: Mapped[int] = mapped_column(Integer())
    redeemed_at: Mapped[datetime | None]
    member_id: Mapped[UUID | None]
    at_till: Mapped[bool | None]
    lot_id: Mapped[UUID | None]
