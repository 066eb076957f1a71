"""First release, schema merchants: shops, catalogue, customers, rules and purchases."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "initial_merchants"
down_revision: str | None = "initial_members"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA merchants")
    _customer()
    _gift_card()
    _merchant()
    _product()
    _purchase()
    _purchase_earn()
    _purchase_line()
    _purchase_return()
    _purchase_spend()
    _rule_set()
    _rule_usage()
    _branch()
    _merchant_account()
    _terminal()


def _customer() -> None:
    op.create_table(
        "customer",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("mobile", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("birthday", sa.Date(), nullable=True),
        sa.Column("purchases", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("spend", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("debt", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "groups", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("tier", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), server_default="purchase", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("debt >= 0", name=op.f("customer_debt_ck")),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "member_id", name=op.f("customer_pk")),
        schema="merchants",
        postgresql_with={"fillfactor": "80"},
    )
    op.create_index(
        "customer_member_ix", "customer", ["mall_id", "member_id"], unique=False, schema="merchants"
    )


def _gift_card() -> None:
    op.create_table(
        "gift_card",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('active', 'blocked')", name=op.f("gift_card_state_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("gift_card_pk")),
        sa.UniqueConstraint("mall_id", "number", name=op.f("gift_card_mall_id_number_uq")),
        schema="merchants",
    )


def _merchant() -> None:
    op.create_table(
        "merchant",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'", name=op.f("merchant_slug_ck")),
        sa.CheckConstraint(
            "state IN ('active', 'suspended', 'closed')", name=op.f("merchant_state_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("merchant_pk")),
        sa.UniqueConstraint("mall_id", "slug", name=op.f("merchant_mall_id_slug_uq")),
        schema="merchants",
    )


def _product() -> None:
    op.create_table(
        "product",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("group", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("price >= 0", name=op.f("product_price_ck")),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "sku", name=op.f("product_pk")),
        schema="merchants",
    )


def _purchase() -> None:
    op.create_table(
        "purchase",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=True),
        sa.Column("terminal_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("spent_value", sa.BigInteger(), nullable=False),
        sa.Column("to_pay", sa.BigInteger(), nullable=False),
        sa.Column("debt_paid", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("rules_version", sa.BigInteger(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("usage", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint(
            "state IN ('authorized', 'confirmed', 'cancelled', 'expired')",
            name=op.f("purchase_state_ck"),
        ),
        sa.CheckConstraint(
            "to_pay >= 0 AND to_pay = total - discount - spent_value",
            name=op.f("purchase_to_pay_ck"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("purchase_pk")),
        schema="merchants",
        postgresql_with={"fillfactor": "95"},
    )
    op.create_index(
        "purchase_member_ix",
        "purchase",
        ["mall_id", "member_id", "id"],
        unique=False,
        schema="merchants",
    )
    op.create_index(
        "purchase_merchant_ix",
        "purchase",
        ["mall_id", "merchant_id", "id"],
        unique=False,
        schema="merchants",
    )
    op.create_index(
        "purchase_open_ix",
        "purchase",
        ["mall_id", "expires_at"],
        unique=False,
        schema="merchants",
        postgresql_where="state = 'authorized'",
    )


def _purchase_earn() -> None:
    op.create_table(
        "purchase_earn",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("settled", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("absorbed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("available_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("shares", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "purchase_id", "n", name=op.f("purchase_earn_pk")),
        schema="merchants",
    )


def _purchase_line() -> None:
    op.create_table(
        "purchase_line",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.SmallInteger(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("quantity_milli", sa.BigInteger(), nullable=False),
        sa.Column("returned_milli", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("spent_value", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("group", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "returned_milli BETWEEN 0 AND quantity_milli", name=op.f("purchase_line_returned_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "purchase_id", "line", name=op.f("purchase_line_pk")),
        schema="merchants",
    )


def _purchase_return() -> None:
    op.create_table(
        "purchase_return",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("refund", sa.BigInteger(), nullable=False),
        sa.Column("deducted", sa.BigInteger(), nullable=False),
        sa.Column("carried", sa.BigInteger(), nullable=False),
        sa.Column("written_off", sa.BigInteger(), nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("restored", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("taken_back", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("purchase_return_pk")),
        schema="merchants",
    )
    op.create_index(
        "purchase_return_purchase_ix",
        "purchase_return",
        ["mall_id", "purchase_id"],
        unique=False,
        schema="merchants",
    )


def _purchase_spend() -> None:
    op.create_table(
        "purchase_spend",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("restored", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("shares", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("value_shares", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "purchase_id", "n", name=op.f("purchase_spend_pk")),
        schema="merchants",
    )


def _rule_set() -> None:
    op.create_table(
        "rule_set",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "version", name=op.f("rule_set_pk")),
        schema="merchants",
    )


def _rule_usage() -> None:
    op.create_table(
        "rule_usage",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column(
            "member_id",
            sa.Uuid(),
            server_default=sa.text("'00000000-0000-0000-0000-000000000000'::uuid"),
            nullable=False,
        ),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("used >= 0", name=op.f("rule_usage_used_ck")),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "rule", "member_id", name=op.f("rule_usage_pk")
        ),
        schema="merchants",
    )


def _branch() -> None:
    op.create_table(
        "branch",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "merchant_id"],
            ["merchants.merchant.mall_id", "merchants.merchant.id"],
            name=op.f("branch_mall_id_merchant_id_fk"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "id", name=op.f("branch_pk")),
        schema="merchants",
    )


def _merchant_account() -> None:
    op.create_table(
        "merchant_account",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("national_id", sa.Text(), nullable=True),
        sa.Column("sheba", sa.Text(), nullable=True),
        sa.Column("owner_mobile", sa.Text(), nullable=True),
        sa.Column("own_scope_id", sa.Uuid(), nullable=False),
        sa.Column("partners_scope_id", sa.Uuid(), nullable=False),
        sa.Column("own_points_scope_id", sa.Uuid(), nullable=False),
        sa.Column("return_policy", sa.Text(), server_default="deduct", nullable=False),
        sa.Column("own_max_share_bps", sa.BigInteger(), nullable=True),
        sa.Column("rules_version", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "return_policy IN ('deduct', 'carry', 'write_off')",
            name=op.f("merchant_account_return_policy_ck"),
        ),
        sa.CheckConstraint(
            "own_max_share_bps BETWEEN 0 AND 10000",
            name=op.f("merchant_account_own_max_share_bps_ck"),
        ),
        sa.ForeignKeyConstraint(
            ["mall_id", "merchant_id"],
            ["merchants.merchant.mall_id", "merchants.merchant.id"],
            name=op.f("merchant_account_mall_id_merchant_id_fk"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", name=op.f("merchant_account_pk")),
        schema="merchants",
    )


def _terminal() -> None:
    op.create_table(
        "terminal",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "merchant_id", "branch_id"],
            ["merchants.branch.mall_id", "merchants.branch.merchant_id", "merchants.branch.id"],
            name=op.f("terminal_mall_id_merchant_id_branch_id_fk"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "id", name=op.f("terminal_pk")),
        schema="merchants",
    )
