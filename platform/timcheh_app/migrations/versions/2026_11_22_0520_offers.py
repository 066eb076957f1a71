"""One-time offers, hold-outs, and bounds by day and by times."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "offers"
down_revision: str | None = "people"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "entitlement",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("held_out", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("purchase_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "member_id", "rule", name=op.f("entitlement_pk")
        ),
        schema="merchants",
    )
    op.create_index(
        "entitlement_rule_ix",
        "entitlement",
        ["mall_id", "merchant_id", "rule"],
        unique=False,
        schema="merchants",
    )
    op.create_table(
        "offer_exposure",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("held_out", sa.Boolean(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("rules_version", sa.BigInteger(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "rule", "purchase_id", name=op.f("offer_exposure_pk")
        ),
        schema="merchants",
    )
    op.add_column(
        "rule_usage",
        sa.Column("times", sa.BigInteger(), server_default="0", nullable=False),
        schema="merchants",
    )
    op.add_column(
        "rule_usage",
        sa.Column("day", sa.Date(), server_default=sa.text("'1970-01-01'"), nullable=False),
        schema="merchants",
    )
    op.add_column(
        "rule_usage",
        sa.Column("day_used", sa.BigInteger(), server_default="0", nullable=False),
        schema="merchants",
    )
