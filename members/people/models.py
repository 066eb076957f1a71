"""Members: the people of a mall's club. What a shop knows of them lies in its customer rows."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access

ERASED: Final = "erased"
"""The state of a row that is left of somebody who asked to be forgotten."""


class Member(Base):
    """A person, known to the mall by mobile (`09…`) and by a 16-digit member number.

    What else they say of themselves is in their `Profile`: a purchase reads this row whole.
    """

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("mall_id", "mobile"),
        UniqueConstraint("mall_id", "number"),
        CheckConstraint("state IN ('active', 'blocked', 'erased')", name="state"),
        CheckConstraint("card_kind IN ('credit', 'points', 'discount')", name="card_kind"),
        {
            "schema": "members",
            "info": access(
                app="select insert update delete",
                member="select update(name, birthday)",
                posting="select insert",
                member_rows=("id",),
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str]
    mobile: Mapped[str]
    name: Mapped[str | None]
    birthday: Mapped[date | None]
    state: Mapped[str] = mapped_column(server_default="active")
    # Who enrolled the member, and how: the shop, its branch, the person or key at the till.
    source: Mapped[str] = mapped_column(server_default="till")
    enrolled_merchant_id: Mapped[UUID | None]
    enrolled_branch_id: Mapped[UUID | None]
    enrolled_actor_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    # The member who brought them to the club.
    referrer_id: Mapped[UUID | None]
    # Of the card that bears their number: what it lets them do, and where (none: in every shop).
    # A number that was never printed lets them do everything.
    card_kind: Mapped[str] = mapped_column(server_default="credit")
    card_merchant_id: Mapped[UUID | None]
