"""Shops, their legal and bank facts, branches and terminals."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Merchant(Base):
    """A shop as the whole mall may see it: its name on the door."""

    __tablename__ = "merchant"
    __table_args__ = (
        UniqueConstraint("mall_id", "slug"),
        CheckConstraint("slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'", name="slug"),
        CheckConstraint("state IN ('active', 'suspended', 'closed')", name="state"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update",
                merchant="select",
                member="select",
                posting="select",
                merchant_rows=(),
                member_rows=(),
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str]
    name: Mapped[str]
    category: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default="active")
    created_at: Mapped[datetime]


class MerchantAccount(Base):
    """What only the shop itself and the mall may see of it."""

    __tablename__ = "merchant_account"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "merchant_id"], ["merchants.merchant.mall_id", "merchants.merchant.id"]
        ),
        CheckConstraint("return_policy IN ('deduct', 'carry', 'write_off')", name="return_policy"),
        CheckConstraint("own_max_share_bps BETWEEN 0 AND 10000", name="own_max_share_bps"),
        CheckConstraint("vat_bps BETWEEN 1 AND 10000", name="vat_bps"),
        CheckConstraint("approve_above >= 0", name="approve_above"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update",
                merchant=(
                    "select update(return_policy, own_max_share_bps, rules_version, item_terms,"
                    " credit_caps, vat_bps, vat_included, approve_above)"
                ),
                posting="select",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    national_id: Mapped[str | None]  # کد ملی (10) or شناسه ملی (11 digits)
    sheba: Mapped[str | None]
    owner_mobile: Mapped[str | None]
    own_scope_id: Mapped[UUID]
    partners_scope_id: Mapped[UUID]
    own_points_scope_id: Mapped[UUID]
    # What happens to earned value that was spent before the purchase came back.
    return_policy: Mapped[str] = mapped_column(server_default="deduct")
    own_max_share_bps: Mapped[int | None]  # a bound the shop sets on its own credit
    rules_version: Mapped[int] = mapped_column(server_default="0")
    # Whether any product has terms of its own, or any group a cap: what a quote looks up at all.
    item_terms: Mapped[bool] = mapped_column(server_default="false")
    credit_caps: Mapped[bool] = mapped_column(server_default="false")
    # Value added tax; none: the shop charges none. Prices hold it already, or it is added to them.
    vat_bps: Mapped[int | None]
    vat_included: Mapped[bool] = mapped_column(server_default="true")
    # Rial of a member's value; more is spent only with their approval. None: never asked for.
    approve_above: Mapped[int | None]


class Branch(Base):
    """One place of a shop, open until it is closed."""

    __tablename__ = "branch"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "merchant_id"], ["merchants.merchant.mall_id", "merchants.merchant.id"]
        ),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update",
                merchant="select insert update(name, closed_at)",
                posting="select",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # sells no more since; what it sold stays


class Terminal(Base):
    """A till or card reader of a branch; its API key names it."""

    __tablename__ = "terminal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "merchant_id", "branch_id"],
            ["merchants.branch.mall_id", "merchants.branch.merchant_id", "merchants.branch.id"],
        ),
        {
            "schema": "merchants",
            "info": access(app="select insert update", merchant="select insert update(name)"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID]
    name: Mapped[str]
    created_at: Mapped[datetime]
