"""Sums of days for the network's board."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "network_days"
down_revision: str | None = "erasure"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "day_mark",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("upto", sa.Uuid(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", name=op.f("day_mark_pk")),
        schema="mall_portal",
    )
    op.create_table(
        "lot_day",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column("granted", sa.BigInteger(), nullable=False),
        sa.Column("expired", sa.BigInteger(), nullable=False),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "mall_id", "expires_on", "granted_on", "issuer_id", name=op.f("lot_day_pk")
        ),
        schema="mall_portal",
    )
    op.create_index(
        "lot_day_left_ix",
        "lot_day",
        ["mall_id", "granted_on", "expires_on", "remaining"],
        unique=False,
        schema="mall_portal",
        postgresql_where=sa.text("remaining <> 0"),
    )
    op.create_table(
        "member_days",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "block", "member_id", name=op.f("member_days_pk")),
        schema="mall_portal",
    )
    op.create_table(
        "shop_day",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("purchases", sa.BigInteger(), nullable=False),
        sa.Column("sales", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("returns", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "day", "merchant_id", name=op.f("shop_day_pk")),
        schema="mall_portal",
    )
    op.create_table(
        "value_day",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("raised", sa.BigInteger(), nullable=False),
        sa.Column("lowered", sa.BigInteger(), nullable=False),
        sa.Column("expired", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "day", "account", "owner_id", name=op.f("value_day_pk")),
        schema="mall_portal",
    )
