"""What members have allowed and withdrawn: to whom, when, by whose hand and where."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Consent(Base):
    """One decision of a member for one purpose, towards one shop or (`merchant_id` nil) the club.

    Decisions are only added: the one in force has no `ended_at`, and the next one ends it. `by`
    tells whose hand it was: the member's own, a shop's staff who were told, an import's list.
    """

    __tablename__ = "consent"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "member_id"],
            ["members.member.mall_id", "members.member.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("purpose IN ('data', 'promotion')", name="purpose"),
        CheckConstraint("by IN ('member', 'staff', 'import')", name="by"),
        Index(
            "consent_current_ix",
            "mall_id",
            "member_id",
            "merchant_id",
            "purpose",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("consent_merchant_ix", "mall_id", "merchant_id", "purpose", "member_id"),
        {
            "schema": "members",
            "info": access(
                app="select insert update(ended_at) delete",
                merchant="select insert update(ended_at)",
                member="select insert update(ended_at)",
                posting="select",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID]
    merchant_id: Mapped[UUID]
    purpose: Mapped[str]
    given: Mapped[bool]
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    by: Mapped[str]
    actor_id: Mapped[UUID | None]  # the member's, staff's or key's id
    branch_id: Mapped[UUID | None]
    place: Mapped[str]  # where it was asked: `phone`, `door`, `portal`, `till`, `import`, `api`
