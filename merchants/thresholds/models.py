"""Thresholds: points at which a member gets something by itself, and who has got it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Threshold(Base):
    """At `points` of `scope_id` the member gets something, once for each crossing.

    `measure`: points `held`, or `earned` by purchases at this shop since the `period` began (a
    Jalali `month` or `year`, or `ever`). `gives`: `credit` (rial, the shop's own) or `points` (of
    the same kind) of `amount`, the reward `reward_id`, or the coupon code `coupon`.
    """

    __tablename__ = "threshold"
    __table_args__ = (
        CheckConstraint("points > 0 AND (amount IS NULL OR amount > 0)", name="positive"),
        CheckConstraint("measure IN ('held', 'earned')", name="measure"),
        CheckConstraint("period IN ('month', 'year', 'ever')", name="period"),
        CheckConstraint("gives IN ('credit', 'points', 'reward', 'coupon')", name="gives"),
        CheckConstraint("(gives IN ('credit', 'points')) = (amount IS NOT NULL)", name="amount"),
        CheckConstraint("(gives = 'reward') = (reward_id IS NOT NULL)", name="reward"),
        CheckConstraint("(gives = 'coupon') = (coupon IS NOT NULL)", name="coupon"),
        CheckConstraint("state IN ('active', 'stopped')", name="state"),
        Index(None, "mall_id", "merchant_id", "id"),
        {"schema": "merchants", "info": access(app="select insert update", merchant="select")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    name: Mapped[str]
    points: Mapped[int]
    scope_id: Mapped[UUID]
    measure: Mapped[str]
    period: Mapped[str]
    gives: Mapped[str]
    amount: Mapped[int | None]
    lot_days: Mapped[int | None] = mapped_column(Integer())
    reward_id: Mapped[UUID | None]
    coupon: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default="active")
    created_at: Mapped[datetime]


class ThresholdStanding(Base):
    """Where a member stands with a threshold, so that one crossing gives once.

    `above`: it was reached in `period` and has not been left since; `taken_back`: what returns had
    taken of the member's points by then.
    """

    __tablename__ = "threshold_standing"
    __table_args__ = (
        {"schema": "merchants", "info": access(app="select insert update", merchant="select")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    threshold_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    period: Mapped[str] = mapped_column(server_default="")
    above: Mapped[bool] = mapped_column(server_default="false")
    taken_back: Mapped[int] = mapped_column(server_default="0")
    crossings: Mapped[int] = mapped_column(server_default="0")


class ThresholdAward(Base):
    """What one crossing gave: a lot, a claim, or a coupon code; `failed` says why nothing."""

    __tablename__ = "threshold_award"
    __table_args__ = (
        UniqueConstraint("mall_id", "threshold_id", "member_id", "crossing"),
        CheckConstraint("num_nonnulls(lot_id, claim_id, coupon, failed) = 1", name="what"),
        Index(None, "mall_id", "merchant_id", "id"),
        Index(None, "mall_id", "member_id"),
        {
            "schema": "merchants",
            "info": access(app="select insert", merchant="select", member="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    threshold_id: Mapped[UUID]
    member_id: Mapped[UUID]
    crossing: Mapped[int]
    name: Mapped[str]
    points: Mapped[int]
    lot_id: Mapped[UUID | None]
    claim_id: Mapped[UUID | None]
    coupon: Mapped[str | None]
    failed: Mapped[str | None]
    created_at: Mapped[datetime]
