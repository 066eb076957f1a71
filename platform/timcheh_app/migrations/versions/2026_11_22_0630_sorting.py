"""Facts of customers from their history; segments, groups, tags, tiers, scales of scores."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "sorting"
down_revision: str | None = "goods"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    _customers()
    op.create_table(
        "segment",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("condition", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("segment_pk")),
        schema="merchants",
    )
    op.create_index(
        "segment_name_uq",
        "segment",
        ["mall_id", "merchant_id", "name"],
        unique=True,
        schema="merchants",
    )
    op.create_table(
        "customer_group",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("condition", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("customer_group_pk")),
        schema="merchants",
    )
    op.create_index(
        "customer_group_name_uq",
        "customer_group",
        ["mall_id", "merchant_id", "name"],
        unique=True,
        schema="merchants",
    )
    op.create_index(
        "customer_group_automatic_ix",
        "customer_group",
        ["mall_id", "merchant_id"],
        schema="merchants",
        postgresql_where=sa.text("condition IS NOT NULL"),
    )
    op.create_table(
        "tier_ladder",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("period_days", sa.Integer(), nullable=True),
        sa.Column("names", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("thresholds", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "measure IN ('purchases', 'spend', 'credit', 'points')",
            name=op.f("tier_ladder_measure_ck"),
        ),
        sa.CheckConstraint(
            "cardinality(names) = cardinality(thresholds)", name=op.f("tier_ladder_rungs_ck")
        ),
        sa.CheckConstraint("period_days > 0", name=op.f("tier_ladder_period_ck")),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", name=op.f("tier_ladder_pk")),
        schema="merchants",
    )
    op.create_table(
        "rfm_scale",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("recency", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("frequency", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("monetary", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("customers", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", name=op.f("rfm_scale_pk")),
        schema="merchants",
    )


def _customers() -> None:
    """What shops had before is told from their history by `timcheh facts`."""
    words = sa.text("'{}'")
    for column in (
        sa.Column("visits", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_basket", sa.BigInteger(), nullable=True),
        sa.Column("bought", postgresql.ARRAY(sa.Text()), server_default=words, nullable=False),
        sa.Column("months", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), server_default=words, nullable=False),
        sa.Column("tier_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tier_progress", sa.SmallInteger(), nullable=True),
    ):
        op.add_column("customer", column, schema="merchants")
