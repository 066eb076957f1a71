"""Goods and services of a shop, their groups, and its price lists."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Product(Base):
    """Something a shop sells; `price` in rial, `group` is what offers speak of.

    Its own terms, if it has any: `discount_bps` off its price, `credit_bps` of what is paid for it
    in `credit_scope`, spendable for `credit_days`, and `points` for each whole unit.
    """

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price"),
        CheckConstraint("discount_bps BETWEEN 1 AND 10000", name="discount_bps"),
        CheckConstraint("credit_bps BETWEEN 1 AND 10000", name="credit_bps"),
        CheckConstraint("credit_days > 0", name="credit_days"),
        CheckConstraint("credit_scope IN ('own', 'partners')", name="credit_scope"),
        CheckConstraint("points > 0", name="points"),
        Index("product_barcode_ix", "mall_id", "merchant_id", "barcode"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update",
                merchant=(
                    "select insert update(name, price, group, unit, barcode, active,"
                    " discount_bps, credit_bps, credit_days, credit_scope, points)"
                ),
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
    unit: Mapped[str | None]
    barcode: Mapped[str | None]
    active: Mapped[bool] = mapped_column(server_default="true")
    discount_bps: Mapped[int | None]
    credit_bps: Mapped[int | None]
    credit_days: Mapped[int | None]
    credit_scope: Mapped[str] = mapped_column(server_default="own")
    points: Mapped[int | None]


class ProductGroup(Base):
    """A group of goods by its name, which is how offers, commissions and reports call it."""

    __tablename__ = "product_group"
    __table_args__ = (
        {
            "schema": "merchants",
            "info": access(app="select insert", merchant="select insert", posting="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]


class PriceList(Base):
    """Prices for some customer groups: `discount_bps` below the usual, or an item's own."""

    __tablename__ = "price_list"
    __table_args__ = (
        UniqueConstraint("mall_id", "merchant_id", "name"),
        CheckConstraint("discount_bps BETWEEN 0 AND 10000", name="discount_bps"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update",
                merchant="select insert update(name, discount_bps, active)",
                posting="select",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    discount_bps: Mapped[int] = mapped_column(server_default="0")
    active: Mapped[bool] = mapped_column(server_default="true")
    created_at: Mapped[datetime]


class PriceListGroup(Base):
    """Whom a price list is for: the customer group of that name. A group has one list."""

    __tablename__ = "price_list_group"
    __table_args__ = (
        {
            "schema": "merchants",
            "info": access(
                app="select insert update delete",
                merchant="select insert update(list_id) delete",
                posting="select",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column(primary_key=True)
    list_id: Mapped[UUID]


class PriceListItem(Base):
    """A product's own price in a list, rial."""

    __tablename__ = "price_list_item"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update delete",
                merchant="select insert update(price) delete",
                posting="select",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    list_id: Mapped[UUID] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(primary_key=True)
    price: Mapped[int]
