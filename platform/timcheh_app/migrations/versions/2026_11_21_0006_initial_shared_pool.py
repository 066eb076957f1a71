"""First release, schema shared_pool: pools, their shops, and settlements."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "initial"
down_revision: str | None = "initial_exchange"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA shared_pool")
    _pool()
    _settlement()
    _participant()
    _settlement_line()


def _pool() -> None:
    op.create_table(
        "pool",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("issue_price", sa.BigInteger(), nullable=False),
        sa.Column("redeem_price", sa.BigInteger(), nullable=False),
        sa.Column("expires_in_months", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("expires_in_months > 0", name=op.f("pool_expires_in_months_ck")),
        sa.CheckConstraint(
            "issue_price >= redeem_price AND redeem_price > 0", name=op.f("pool_prices_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("pool_pk")),
        schema="shared_pool",
    )


def _settlement() -> None:
    op.create_table(
        "settlement",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("total_pay", sa.BigInteger(), nullable=False),
        sa.Column("total_receive", sa.BigInteger(), nullable=False),
        sa.Column("fees", sa.BigInteger(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("completed_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'approved', 'completed', 'cancelled')",
            name=op.f("settlement_state_ck"),
        ),
        sa.CheckConstraint("approved_by <> drafted_by", name=op.f("settlement_second_person_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("settlement_pk")),
        schema="shared_pool",
    )


def _participant() -> None:
    op.create_table(
        "participant",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("pool_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("fee_bps", sa.BigInteger(), nullable=False),
        sa.Column("max_share_bps", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("fee_bps BETWEEN 0 AND 10000", name=op.f("participant_fee_bps_ck")),
        sa.CheckConstraint(
            "max_share_bps BETWEEN 1 AND 10000", name=op.f("participant_max_share_bps_ck")
        ),
        sa.ForeignKeyConstraint(
            ["mall_id", "pool_id"],
            ["shared_pool.pool.mall_id", "shared_pool.pool.id"],
            name=op.f("participant_mall_id_pool_id_fk"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "pool_id", "merchant_id", name=op.f("participant_pk")),
        schema="shared_pool",
    )


def _settlement_line() -> None:
    op.create_table(
        "settlement_line",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("net <> 0", name=op.f("settlement_line_net_ck")),
        sa.ForeignKeyConstraint(
            ["mall_id", "settlement_id"],
            ["shared_pool.settlement.mall_id", "shared_pool.settlement.id"],
            name=op.f("settlement_line_mall_id_settlement_id_fk"),
        ),
        sa.PrimaryKeyConstraint(
            "mall_id", "settlement_id", "merchant_id", name=op.f("settlement_line_pk")
        ),
        schema="shared_pool",
    )
