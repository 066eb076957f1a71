"""Invoices and credit notes: what was handed out, and under which number."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Invoice(Base):
    """A numbered document over a purchase (`document_id` is its id) or a return of it.

    Never changed. `seller` is who the shop was when it was handed out; `token` is what its QR
    code is checked by.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        CheckConstraint("kind IN ('invoice', 'credit_note')", name="kind"),
        CheckConstraint("number > 0", name="number"),
        UniqueConstraint("mall_id", "merchant_id", "kind", "number"),
        UniqueConstraint("mall_id", "token"),
        {
            "schema": "merchants",
            "info": access(app="select insert", merchant="select insert"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID]
    purchase_id: Mapped[UUID]
    kind: Mapped[str]
    number: Mapped[int]
    token: Mapped[str]
    seller: Mapped[dict[str, Any]]
    issued_by: Mapped[UUID | None]
    issued_at: Mapped[datetime]

    @property
    def public_path(self) -> str:
        """Of the page, under the mall's, that anyone who has it may see."""
        return f"invoice/{self.token}"


class InvoiceCounter(Base):
    """The last number that a shop has given to a kind of document."""

    __tablename__ = "invoice_counter"
    __table_args__ = (
        {
            "schema": "merchants",
            "info": access(
                app="select insert update", merchant="select insert update(last)", posting="select"
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class Seller(Base):
    """What a shop's invoices say of it, beside its name."""

    __tablename__ = "seller"
    __table_args__ = (
        {
            "schema": "merchants",
            "info": access(
                app="select insert update",
                merchant=(
                    "select insert update(legal_name, address, postal_code, phone,"
                    " economic_code, footer)"
                ),
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    legal_name: Mapped[str | None]
    address: Mapped[str | None]
    postal_code: Mapped[str | None]
    phone: Mapped[str | None]
    economic_code: Mapped[str | None]
    footer: Mapped[str | None]
