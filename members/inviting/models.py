"""The addresses by which members invite their friends."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Invitation(Base):
    """One address a member, made when they first ask for it. `opened`: how often it was."""

    __tablename__ = "invitation"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "member_id"],
            ["members.member.mall_id", "members.member.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("mall_id", "token"),
        {"schema": "members", "info": access(app="select insert update(opened) delete")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    token: Mapped[str]
    opened: Mapped[int] = mapped_column(Integer(), server_default="0")
    created_at: Mapped[datetime]
