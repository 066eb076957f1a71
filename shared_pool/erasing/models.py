"""Members who have asked to be erased, and when it was done."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Erasure(Base):
    """What a member has asked for. Whoever changes their mind before `due_at` has no row again;
    when it is done it stays, about nobody, to show that it was."""

    __tablename__ = "erasure"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "member_id"], ["members.member.mall_id", "members.member.id"]
        ),
        CheckConstraint("due_at > asked_at", name="due_at"),
        Index("erasure_due_ix", "mall_id", "due_at", postgresql_where=text("done_at IS NULL")),
        {
            "schema": "shared_pool",
            "info": access(app="select insert update(done_at) delete", member="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
