"""The audit log: who did what to which object, with before and after. Append-only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class AuditEntry(Base):
    """One act. `merchant_id` is the shop whose log shows it; without one it is the mall's.

    No role may delete a row; a trigger (`audit/sql/append_only.sql`) refuses even the owner. What
    names a person is taken out by `members.forget_in_log` when they are erased, and by nothing
    else. `before` and `after` hold only the fields that the act concerned.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        CheckConstraint(
            "actor_kind IN ('mall', 'merchant', 'terminal', 'member', 'staff', 'system')",
            name="actor_kind",
        ),
        Index("audit_entry_object_ix", "mall_id", "object_type", "object_id"),
        Index(
            "audit_entry_merchant_ix",
            "mall_id",
            "merchant_id",
            "id",
            postgresql_where=text("merchant_id IS NOT NULL"),
        ),
        {
            "schema": "kernel",
            "info": access(
                app="select insert",
                merchant="select insert",
                posting="select insert update(actor_name, before, after)",
            ),
        },
    )

    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID | None]
    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    object_type: Mapped[str]
    object_id: Mapped[UUID | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    request_id: Mapped[str | None]
