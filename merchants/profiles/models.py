"""What a shop knows of its customers beyond their purchases, and the fields of its own making."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from members.facade import PersonalFacts
from timcheh.db import Base, access


class CustomerProfile(PersonalFacts, Base):
    """A shop's knowledge of one of its customers. A row of its own, because purchases rewrite the
    customer's row each time. Name and birthday lie there, where the till needs them.

    `shared` names the facts that the member has let the shop know; the others it wrote itself.
    `custom` maps ids of the shop's fields to values as JSON has them (dates as `YYYY-MM-DD`).
    """

    __tablename__ = "customer_profile"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "merchant_id", "member_id"],
            [
                "merchants.customer.mall_id",
                "merchants.customer.merchant_id",
                "merchants.customer.member_id",
            ],
            ondelete="CASCADE",
        ),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update delete",
                merchant="select insert update",
                posting="select",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    note: Mapped[str | None]
    custom: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    referrer_id: Mapped[UUID | None]  # another customer of the shop, by whom they came
    shared: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default=text("'{}'"))
    updated_at: Mapped[datetime]
    updated_by: Mapped[UUID | None]


class CustomField(Base):
    """A field that a shop adds to what it knows of its customers. An ended one keeps its values."""

    __tablename__ = "custom_field"
    __table_args__ = (
        CheckConstraint("kind IN ('text', 'number', 'date', 'choice', 'yes_no')", name="kind"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update",
                merchant="select insert update(label, choices, position, ended_at)",
                posting="select",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    label: Mapped[str]
    kind: Mapped[str]
    choices: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default=text("'{}'"))
    position: Mapped[int]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
