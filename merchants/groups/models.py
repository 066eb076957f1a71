"""A shop's groups of customers: kept by hand, or by a condition."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class CustomerGroup(Base):
    """A group by name; who is in it stands in `customer.groups`, where rules look.

    With a `condition` (JSON as in a rule's `when`) its members follow the condition; without one
    people put customers in and take them out.
    """

    __tablename__ = "customer_group"
    __table_args__ = (
        Index("customer_group_name_uq", "mall_id", "merchant_id", "name", unique=True),
        Index(
            "customer_group_automatic_ix",
            "mall_id",
            "merchant_id",
            postgresql_where="condition IS NOT NULL",
        ),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update delete", merchant="select insert update delete"
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    name: Mapped[str]
    condition: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
