"""What a member says of themselves, on their phone or to the mall."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from members.profiles.facts import FACTS, PersonalFacts
from timcheh.db import Base, access


class Profile(PersonalFacts, Base):
    """A member's own words. No shop reads this table: what its customers share with it is copied to
    its own rows (`merchants.customer_profile`), and leaves them when the consent is withdrawn."""

    __tablename__ = "profile"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "member_id"],
            ["members.member.mall_id", "members.member.id"],
            ondelete="CASCADE",
        ),
        {
            "schema": "members",
            "info": access(
                app="select insert update delete",
                member=f"select insert update({', '.join((*FACTS, 'updated_at'))})",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    updated_at: Mapped[datetime]
