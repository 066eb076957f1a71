"""Points for what isn't a purchase: which activities a shop rewards, and who has done which."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Activity(Base):
    """Something that a shop gives `points` of `scope_id` for, once in each period of `repeats`.

    `confirms`: the shop looks at each report before it gives. `month_cap`: the most points that all
    members together get for it in a Jalali month; none: no bound. `link` is the page to follow.
    """

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("kind IN ('profile', 'follow', 'share', 'review', 'other')", name="kind"),
        CheckConstraint("repeats IN ('ever', 'year', 'month')", name="repeats"),
        CheckConstraint("points > 0 AND month_cap >= points", name="points"),
        CheckConstraint("state IN ('active', 'stopped')", name="state"),
        Index(None, "mall_id", "merchant_id", "id"),
        {"schema": "merchants", "info": access(app="select insert update", merchant="select")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    kind: Mapped[str]
    name: Mapped[str]
    words: Mapped[str] = mapped_column(server_default="")
    link: Mapped[str | None]
    points: Mapped[int]
    scope_id: Mapped[UUID]
    lot_days: Mapped[int | None] = mapped_column(Integer())
    repeats: Mapped[str]
    confirms: Mapped[bool]
    month_cap: Mapped[int | None]
    state: Mapped[str] = mapped_column(server_default="active")
    created_at: Mapped[datetime]


class ActivityReport(Base):
    """A member says that they did it, in a period of it. `proof` is a link, a name or a review.

    `points` as the activity gave them then; `lot_id` once they are given.
    """

    __tablename__ = "activity_report"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'granted', 'declined')", name="state"),
        CheckConstraint("(state = 'granted') = (lot_id IS NOT NULL)", name="granted"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        Index(
            "activity_report_once_uq",
            "mall_id",
            "activity_id",
            "member_id",
            "period",
            unique=True,
            postgresql_where="state <> 'declined'",
        ),
        Index(None, "mall_id", "merchant_id", "id"),
        Index(None, "mall_id", "member_id"),
        {
            "schema": "merchants",
            "info": access(app="select insert update", merchant="select", member="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    activity_id: Mapped[UUID]
    member_id: Mapped[UUID]
    period: Mapped[str]
    points: Mapped[int]
    proof: Mapped[str] = mapped_column(server_default="")
    stars: Mapped[int | None] = mapped_column(SmallInteger())
    state: Mapped[str]
    lot_id: Mapped[UUID | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    why_not: Mapped[str | None]
    created_at: Mapped[datetime]
