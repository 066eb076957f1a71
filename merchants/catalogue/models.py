"""Goods and services of a shop."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Product(Base):
    """Something a shop sells; `price` in rial, `group` is what offers speak of."""

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update",
                merchant="select insert update(name, price, group)",
                posting="select",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID]
    name: Mapped[str]
    price: Mapped[int]
    group: Mapped[str | None]
    created_at: Mapped[datetime]
