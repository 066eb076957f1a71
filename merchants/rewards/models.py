"""Rewards: what a shop gives for points, and who has taken which."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Reward(Base):
    """Something of the catalogue. `points` is its price in points of `scope_id`.

    `amount` (rial) and `lot_days` are of a discount, `sku` of a product, `place` and `event_at` of
    an event. `claim_days`: how long it waits to be fetched once it is taken. `stock` and
    `per_member` bound how many may be taken, none: no bound; `taken` is how many are, without
    those given back. `condition` is one of the condition language: who may take it.
    """

    __tablename__ = "reward"
    __table_args__ = (
        CheckConstraint("kind IN ('discount', 'product', 'service', 'event')", name="kind"),
        CheckConstraint("state IN ('draft', 'published')", name="state"),
        CheckConstraint("points > 0 AND claim_days > 0", name="positive"),
        CheckConstraint("(kind = 'discount') = (amount IS NOT NULL)", name="amount"),
        CheckConstraint("(kind = 'product') = (sku IS NOT NULL)", name="sku"),
        CheckConstraint("(kind = 'event') = (event_at IS NOT NULL)", name="event"),
        CheckConstraint("taken >= 0 AND (stock IS NULL OR taken <= stock)", name="stock"),
        Index(None, "mall_id", "merchant_id", "id"),
        {"schema": "merchants", "info": access(app="select insert update", merchant="select")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    name: Mapped[str]
    words: Mapped[str] = mapped_column(server_default="")
    kind: Mapped[str]
    points: Mapped[int]
    scope_id: Mapped[UUID]
    amount: Mapped[int | None]
    lot_days: Mapped[int | None] = mapped_column(Integer())
    sku: Mapped[str | None]
    place: Mapped[str | None]
    event_at: Mapped[datetime | None]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    claim_days: Mapped[int] = mapped_column(Integer())
    stock: Mapped[int | None]
    per_member: Mapped[int | None]
    taken: Mapped[int] = mapped_column(server_default="0")
    condition: Mapped[dict[str, Any] | None]
    state: Mapped[str] = mapped_column(server_default="draft")
    version: Mapped[int] = mapped_column(server_default="1")
    created_at: Mapped[datetime]


class RewardPicture(Base):
    """A reward's picture, as WebP of a size that a phone shows."""

    __tablename__ = "reward_picture"
    __table_args__ = (
        {
            "schema": "merchants",
            "info": access(app="select insert update delete", merchant="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    reward_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    content: Mapped[bytes] = mapped_column(LargeBinary())
    made_at: Mapped[datetime]


class RewardClaim(Base):
    """A reward that somebody has taken; its id is the ledger's transfer that spent the points.

    `spent` is what each lot paid, [lot, points, rial, fee], so that it can go back there; nothing
    for a reward that was given (`reason` says for what). `code` is what the till hands out for.
    A discount is handed out when it is taken, as the credit `lot_id`. `undone_by` is the transfer
    that gave the points back.
    """

    __tablename__ = "reward_claim"
    __table_args__ = (
        UniqueConstraint("mall_id", "merchant_id", "code"),
        CheckConstraint("state IN ('open', 'handed', 'cancelled', 'lapsed')", name="state"),
        CheckConstraint("(state = 'handed') = (handed_at IS NOT NULL)", name="handed"),
        CheckConstraint("undone_by IS NULL OR state IN ('cancelled', 'lapsed')", name="undone"),
        Index(None, "mall_id", "reward_id", "member_id"),
        Index(None, "mall_id", "member_id"),
        Index(None, "mall_id", "undone_by", postgresql_where="undone_by IS NOT NULL"),
        Index(None, "mall_id", "deadline", postgresql_where="state = 'open'"),
        {
            "schema": "merchants",
            "info": access(app="select insert update", merchant="select", member="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    reward_id: Mapped[UUID]
    member_id: Mapped[UUID]
    name: Mapped[str]
    code: Mapped[str]
    points: Mapped[int]
    spent: Mapped[list[Any]]
    reason: Mapped[str | None]
    at_till: Mapped[bool]
    state: Mapped[str]
    deadline: Mapped[datetime]
    created_at: Mapped[datetime]
    handed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None]
    lot_id: Mapped[UUID | None]
    undone_by: Mapped[UUID | None]
