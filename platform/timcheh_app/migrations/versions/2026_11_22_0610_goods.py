"""goods at the till"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "goods"
down_revision: str | None = "backtests"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_CHECKS = (
    ("product", "discount_bps", "discount_bps BETWEEN 1 AND 10000"),
    ("product", "credit_bps", "credit_bps BETWEEN 1 AND 10000"),
    ("product", "credit_days", "credit_days > 0"),
    ("product", "credit_scope", "credit_scope IN ('own', 'partners')"),
    ("product", "points", "points > 0"),
    ("merchant_account", "vat_bps", "vat_bps BETWEEN 1 AND 10000"),
)


def upgrade() -> None:
    op.create_table(
        "colleague",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mobile", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "id", name=op.f("colleague_pk")),
        sa.UniqueConstraint(
            "mall_id", "merchant_id", "name", name=op.f("colleague_mall_id_merchant_id_name_uq")
        ),
        schema="merchants",
    )
    op.create_table(
        "colleague_terms",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("colleague_id", sa.Uuid(), nullable=False),
        sa.Column("group", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("bps", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("colleague_terms_amount_ck")),
        sa.CheckConstraint("bps BETWEEN 0 AND 10000", name=op.f("colleague_terms_bps_ck")),
        sa.CheckConstraint(
            "num_nonnulls(bps, amount) = 1", name=op.f("colleague_terms_one_kind_ck")
        ),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "colleague_id", "group", name=op.f("colleague_terms_pk")
        ),
        schema="merchants",
    )
    op.create_table(
        "commission",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("colleague_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount <> 0 AND (amount > 0) = (kind = 'sale')", name=op.f("commission_amount_ck")
        ),
        sa.CheckConstraint("kind IN ('sale', 'return', 'payout')", name=op.f("commission_kind_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("commission_pk")),
        schema="merchants",
    )
    op.create_index(
        "commission_colleague_ix",
        "commission",
        ["mall_id", "merchant_id", "colleague_id", "id"],
        unique=False,
        schema="merchants",
    )
    op.create_table(
        "credit_cap",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("group", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("per_invoice", sa.BigInteger(), nullable=True),
        sa.Column("per_day", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(per_invoice, per_day) > 0", name=op.f("credit_cap_something_ck")
        ),
        sa.CheckConstraint("per_day > 0", name=op.f("credit_cap_per_day_ck")),
        sa.CheckConstraint("per_invoice > 0", name=op.f("credit_cap_per_invoice_ck")),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "group", name=op.f("credit_cap_pk")),
        schema="merchants",
    )
    op.create_table(
        "credit_use",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("used >= 0", name=op.f("credit_use_used_ck")),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "member_id", "day", name=op.f("credit_use_pk")
        ),
        schema="merchants",
    )
    op.create_table(
        "invoice",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("seller", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('invoice', 'credit_note')", name=op.f("invoice_kind_ck")),
        sa.CheckConstraint("number > 0", name=op.f("invoice_number_ck")),
        sa.PrimaryKeyConstraint("mall_id", "document_id", name=op.f("invoice_pk")),
        sa.UniqueConstraint(
            "mall_id",
            "merchant_id",
            "kind",
            "number",
            name=op.f("invoice_mall_id_merchant_id_kind_number_uq"),
        ),
        sa.UniqueConstraint("mall_id", "token", name=op.f("invoice_mall_id_token_uq")),
        schema="merchants",
    )
    op.create_table(
        "invoice_counter",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "kind", name=op.f("invoice_counter_pk")),
        schema="merchants",
    )
    op.create_table(
        "price_list",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("discount_bps", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("active", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "discount_bps BETWEEN 0 AND 10000", name=op.f("price_list_discount_bps_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "id", name=op.f("price_list_pk")),
        sa.UniqueConstraint(
            "mall_id", "merchant_id", "name", name=op.f("price_list_mall_id_merchant_id_name_uq")
        ),
        schema="merchants",
    )
    op.create_table(
        "price_list_group",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "group", name=op.f("price_list_group_pk")
        ),
        schema="merchants",
    )
    op.create_table(
        "price_list_item",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("price >= 0", name=op.f("price_list_item_price_ck")),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "list_id", "sku", name=op.f("price_list_item_pk")
        ),
        schema="merchants",
    )
    op.create_table(
        "product_group",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "name", name=op.f("product_group_pk")),
        schema="merchants",
    )
    op.create_table(
        "seller",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("legal_name", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("economic_code", sa.Text(), nullable=True),
        sa.Column("footer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", name=op.f("seller_pk")),
        schema="merchants",
    )
    op.add_column(
        "merchant_account",
        sa.Column("item_terms", sa.Boolean(), server_default="false", nullable=False),
        schema="merchants",
    )
    op.add_column(
        "merchant_account",
        sa.Column("credit_caps", sa.Boolean(), server_default="false", nullable=False),
        schema="merchants",
    )
    op.add_column(
        "merchant_account", sa.Column("vat_bps", sa.BigInteger(), nullable=True), schema="merchants"
    )
    op.add_column(
        "merchant_account",
        sa.Column("vat_included", sa.Boolean(), server_default="true", nullable=False),
        schema="merchants",
    )
    op.add_column("product", sa.Column("unit", sa.Text(), nullable=True), schema="merchants")
    op.add_column("product", sa.Column("barcode", sa.Text(), nullable=True), schema="merchants")
    op.add_column(
        "product",
        sa.Column("active", sa.Boolean(), server_default="true", nullable=False),
        schema="merchants",
    )
    op.add_column(
        "product", sa.Column("discount_bps", sa.BigInteger(), nullable=True), schema="merchants"
    )
    op.add_column(
        "product", sa.Column("credit_bps", sa.BigInteger(), nullable=True), schema="merchants"
    )
    op.add_column(
        "product", sa.Column("credit_days", sa.BigInteger(), nullable=True), schema="merchants"
    )
    op.add_column(
        "product",
        sa.Column("credit_scope", sa.Text(), server_default="own", nullable=False),
        schema="merchants",
    )
    op.add_column(
        "product", sa.Column("points", sa.BigInteger(), nullable=True), schema="merchants"
    )
    op.create_index(
        "product_barcode_ix",
        "product",
        ["mall_id", "merchant_id", "barcode"],
        unique=False,
        schema="merchants",
    )
    op.add_column(
        "purchase", sa.Column("vat_bps", sa.BigInteger(), nullable=True), schema="merchants"
    )
    op.add_column(
        "purchase", sa.Column("vat_added", sa.BigInteger(), nullable=True), schema="merchants"
    )
    op.add_column(
        "purchase", sa.Column("commission", sa.BigInteger(), nullable=True), schema="merchants"
    )
    op.add_column(
        "purchase", sa.Column("credit_counted", sa.BigInteger(), nullable=True), schema="merchants"
    )
    op.add_column(
        "purchase_line", sa.Column("colleague_id", sa.Uuid(), nullable=True), schema="merchants"
    )
    op.add_column(
        "purchase_line", sa.Column("commission", sa.BigInteger(), nullable=True), schema="merchants"
    )
    op.add_column(
        "purchase_return", sa.Column("vat", sa.BigInteger(), nullable=True), schema="merchants"
    )
    for table, name, condition in _CHECKS:
        op.create_check_constraint(op.f(f"{table}_{name}_ck"), table, condition, schema="merchants")
    op.execute(
        "INSERT INTO merchants.product_group (mall_id, merchant_id, name, created_at)"
        ' SELECT mall_id, merchant_id, "group", min(created_at) FROM merchants.product'
        ' WHERE "group" IS NOT NULL GROUP BY mall_id, merchant_id, "group"'
    )
