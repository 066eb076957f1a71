"""What was told of an agreement's end."""

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class EndingNotice(Base):
    """Both shops were told that an agreement ends, at this step of so many days before."""

    __tablename__ = "ending_notice"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "agreement_id"], ["exchange.agreement.mall_id", "exchange.agreement.id"]
        ),
        {"schema": "exchange", "info": access(app="select insert")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    agreement_id: Mapped[UUID] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(SmallInteger(), primary_key=True)
