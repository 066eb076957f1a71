"""A shop's margins."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access

OTHER = ""
"""The group under which the margin of all other goods is kept."""


class GroupMargin(Base):
    """What the shop keeps of the price of a group's goods, before any reward.

    `product_group` is written as in the catalogue; the empty one means all other goods.
    """

    __tablename__ = "group_margin"
    __table_args__ = (
        CheckConstraint("margin_bps BETWEEN 0 AND 10000", name="margin_bps"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update delete", merchant="select insert update delete"
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    product_group: Mapped[str] = mapped_column(primary_key=True)
    margin_bps: Mapped[int]
    updated_at: Mapped[datetime]
