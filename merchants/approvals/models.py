"""What a member was asked to approve, and what they said."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access

LIVE: Final = ("open", "approved")
"""States in which it can still come to a purchase."""


class SpendApproval(Base):
    """At most `amount` rial of one member's value, at one shop, for one idempotency key of one
    caller (`principal_id`), once.

    `open` until `expires_at`; `approved` by a `code` that was read out or on the member's `phone`,
    then until the new `expires_at`; `used` by `purchase_id`, in the transaction that spends;
    `refused` by the member; `lapsed` where another took its place. `code_hash` is of the code last
    sent, keyed; `attempts` how often it was tried.
    """

    __tablename__ = "spend_approval"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'approved', 'used', 'refused', 'lapsed')", name="state"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(state = 'used') = (purchase_id IS NOT NULL)", name="used"),
        CheckConstraint("answered_by IN ('code', 'phone')", name="answered_by"),
        CheckConstraint(
            "state NOT IN ('approved', 'used', 'refused') OR answered_by IS NOT NULL",
            name="answered",
        ),
        Index(
            "spend_approval_live_ux",
            "mall_id",
            "merchant_id",
            "principal_id",
            "key",
            unique=True,
            postgresql_where=text("state IN ('open', 'approved')"),
        ),
        Index(None, "mall_id", "principal_id", "key"),
        Index(None, "mall_id", "member_id", "id"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update",
                merchant="select",
                member="select",
                posting="select update(state, purchase_id)",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    branch_id: Mapped[UUID | None]
    principal_id: Mapped[UUID]
    key: Mapped[str]
    member_id: Mapped[UUID]
    amount: Mapped[int]
    state: Mapped[str] = mapped_column(server_default="open")
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary())
    attempts: Mapped[int] = mapped_column(SmallInteger(), server_default="0")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    purchase_id: Mapped[UUID | None]

    def state_at(self, now: datetime) -> str:
        """The state; `lapsed` also for what could have come to a purchase until before `now`."""
        return "lapsed" if self.state in LIVE and self.expires_at <= now else self.state
