"""Surveys, and who is asked and what they answered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from merchants.gifting.rewards import Reward
from timcheh.db import Base, access

WAYS = ("purchase", "link")
STATES = ("draft", "open", "closed")


class Survey(Base):
    """`questions` as `merchants.surveys.questions` writes them; they stay once it is open.

    `way`: customers are asked after a purchase (who meets `condition`, for `open_days` days), or
    by a link that any customer who meets it may follow. `anonymous`: the shop is not told who
    answered what. The reward is rial or points, living `reward_days` days.
    """

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint(f"way IN ({', '.join(map(repr, WAYS))})", name="way"),
        CheckConstraint(f"state IN ({', '.join(map(repr, STATES))})", name="state"),
        CheckConstraint("(reward_unit IS NULL) = (reward_amount IS NULL)", name="reward"),
        CheckConstraint("reward_amount > 0", name="reward_amount"),
        Index(None, "mall_id", "merchant_id", "id"),
        # What each purchase asks, once it is confirmed.
        Index(
            "survey_asking_ix",
            "mall_id",
            "merchant_id",
            postgresql_where="state = 'open' AND way = 'purchase'",
        ),
        {
            "schema": "merchants",
            "info": access(app="select insert update", merchant="select insert update"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    title: Mapped[str]
    intro: Mapped[str] = mapped_column(server_default="")
    way: Mapped[str]
    condition: Mapped[dict[str, Any] | None]
    open_days: Mapped[int] = mapped_column(Integer())
    anonymous: Mapped[bool]
    reward_unit: Mapped[str | None]
    reward_amount: Mapped[int | None]
    reward_days: Mapped[int | None] = mapped_column(Integer())
    questions: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(server_default="draft")
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    @property
    def reward(self) -> Reward | None:
        """What each answer is rewarded with."""
        if self.reward_unit is None or self.reward_amount is None:
            return None
        return Reward(self.reward_unit, self.reward_amount, self.reward_days)

    @reward.setter
    def reward(self, reward: Reward | None) -> None:
        self.reward_unit = reward.unit if reward else None
        self.reward_amount = reward.amount if reward else None
        self.reward_days = reward.days if reward else None


class SurveyInvitation(Base):
    """A member who is asked, once a survey. With `answers` (by question) when they answered, and
    with the lot of their reward."""

    __tablename__ = "survey_invitation"
    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (answers IS NULL)", name="answered"),
        Index(
            "survey_invitation_waiting_ix",
            "mall_id",
            "member_id",
            postgresql_where="answered_at IS NULL",
        ),
        {"schema": "merchants", "info": access(app="select insert update", merchant="select")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    survey_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    purchase_id: Mapped[UUID | None]
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answers: Mapped[dict[str, Any] | None]
    lot_id: Mapped[UUID | None]
