"""Back-tests that were asked for, and what came of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Backtest(Base):
    """A draft of a shop's rules on the shop's own past sales from `since` on.

    `rules` is the whole draft as the API's JSON, `base` the rules it was compared with. `rule` is
    the offer that it is about, `fingerprint` that offer's words: by it the forecast belongs to the
    published version that has the very same offer. `done` and `whole` count sales.
    """

    __tablename__ = "backtest"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'cancelled', 'failed')", name="state"
        ),
        Index("backtest_shop_ix", "mall_id", "merchant_id", "created_at"),
        Index(
            "backtest_open_ix",
            "mall_id",
            "created_at",
            postgresql_where="state IN ('waiting', 'running')",
        ),
        {
            "schema": "merchants",
            "info": access(app="select insert update", merchant="select insert update(state)"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    rule: Mapped[str]
    fingerprint: Mapped[str]
    rules: Mapped[list[Any]]
    base: Mapped[list[Any]]
    base_version: Mapped[int]
    since: Mapped[datetime | None]
    assumptions: Mapped[dict[str, Any]]
    state: Mapped[str]
    done: Mapped[int]
    whole: Mapped[int]
    forecast: Mapped[dict[str, Any] | None]
    verdict: Mapped[dict[str, Any] | None]
    actor_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
