"""The quota of a mall's plan, and how much of it is used."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Integer
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class MemberQuota(Base):
    """A mall without a row has no ceiling, and nobody counts its members.

    `members` is kept by a trigger on their table, whichever way they are enrolled.
    """

    __tablename__ = "quota"
    __table_args__ = (
        CheckConstraint("most > 0", name="most"),
        CheckConstraint("members >= 0", name="members"),
        {
            "schema": "members",
            "info": access(app="select insert update delete", posting="select update"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    most: Mapped[int] = mapped_column(Integer())
    members: Mapped[int] = mapped_column(Integer())

    @property
    def is_near(self) -> bool:
        """Whether nine tenths of it are used, or more."""
        return self.members * 10 >= self.most * 9

    @property
    def is_full(self) -> bool:
        return self.members >= self.most
