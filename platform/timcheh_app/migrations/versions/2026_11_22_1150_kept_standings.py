"""Every shop's standing as settlements found it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "kept_standings"
down_revision: str | None = "paying_by_bank"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_SUMS = ("clearing", "settled", "fees", "points", "outstanding", "deposit")


def upgrade() -> None:
    op.create_table(
        "kept_standing",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _SUMS),
        sa.PrimaryKeyConstraint(
            "mall_id", "settlement_id", "merchant_id", name=op.f("kept_standing_pk")
        ),
        schema="shared_pool",
    )
    op.create_table(
        "kept_trade",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("accepted", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "settlement_id", "merchant_id"],
            [
                "shared_pool.kept_standing.mall_id",
                "shared_pool.kept_standing.settlement_id",
                "shared_pool.kept_standing.merchant_id",
            ],
            name=op.f("kept_trade_mall_id_settlement_id_merchant_id_fk"),
        ),
        sa.PrimaryKeyConstraint(
            "mall_id", "settlement_id", "merchant_id", "other_id", name=op.f("kept_trade_pk")
        ),
        schema="shared_pool",
    )
