"""Which browser a member has signed in from."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class MemberDevice(Base):
    """A member and a browser. `device` is the SHA-256 of a random cookie; nothing else is noted."""

    __tablename__ = "member_device"
    __table_args__ = ({"schema": "members", "info": access(app="select insert update delete")},)
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    device: Mapped[bytes] = mapped_column(LargeBinary(), primary_key=True)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
