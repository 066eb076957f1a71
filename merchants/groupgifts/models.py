"""Gifts to whole groups, and who is to get each."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access

STATES = ("draft", "giving", "done", "stopped")


class GroupGift(Base):
    """`amount` rial of credit for each of `people`, spendable from `starts_at` until `ends_at`.

    A draft is what is shown before anything is given. `failure` is why it stopped: the code of
    an error. `given` counts the people who have theirs; `tells`: each gets a message of it.
    """

    __tablename__ = "group_gift"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("ends_at > starts_at", name="window"),
        CheckConstraint("given BETWEEN 0 AND people", name="given"),
        CheckConstraint(f"state IN ({', '.join(map(repr, STATES))})", name="state"),
        Index(None, "mall_id", "merchant_id", "id"),
        Index("group_gift_work_ix", "mall_id", "id", postgresql_where="state = 'giving'"),
        {
            "schema": "merchants",
            "info": access(app="select insert update delete", merchant="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    group_id: Mapped[UUID]
    group: Mapped[str]
    reason: Mapped[str]
    amount: Mapped[int]
    scope: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    budget: Mapped[int | None]
    people: Mapped[int] = mapped_column(Integer(), server_default="0")
    given: Mapped[int] = mapped_column(Integer(), server_default="0")
    state: Mapped[str] = mapped_column(server_default="draft")
    failure: Mapped[str | None]
    actor_id: Mapped[UUID]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    tells: Mapped[bool] = mapped_column(server_default="false")

    @property
    def cost(self) -> int:
        """What all of it comes to, rial."""
        return self.amount * self.people


class GroupGiftPerson(Base):
    """Someone who was in the group when the gift was drafted; with a lot once it is given."""

    __tablename__ = "group_gift_person"
    __table_args__ = (
        Index(
            "group_gift_person_waiting_ix",
            "mall_id",
            "gift_id",
            "member_id",
            postgresql_where="lot_id IS NULL",
        ),
        {
            "schema": "merchants",
            "info": access(app="select insert update delete", merchant="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    gift_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    lot_id: Mapped[UUID | None]
