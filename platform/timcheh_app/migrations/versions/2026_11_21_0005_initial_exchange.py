"""First release, schema exchange: agreements between shops."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "initial_exchange"
down_revision: str | None = "initial_merchants"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA exchange")
    op.create_table(
        "agreement",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column("acceptor_id", sa.Uuid(), nullable=False),
        sa.Column("fee_bps", sa.BigInteger(), nullable=False),
        sa.Column("max_share_bps", sa.BigInteger(), nullable=False),
        sa.Column("notice_days", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'accepted', 'declined', 'terminated', 'withdrawn')",
            name=op.f("agreement_state_ck"),
        ),
        sa.CheckConstraint("fee_bps BETWEEN 0 AND 10000", name=op.f("agreement_fee_bps_ck")),
        sa.CheckConstraint("issuer_id <> acceptor_id", name=op.f("agreement_two_shops_ck")),
        sa.CheckConstraint(
            "max_share_bps BETWEEN 1 AND 10000", name=op.f("agreement_max_share_bps_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("agreement_pk")),
        schema="exchange",
    )
    op.create_index(
        "agreement_live_uq",
        "agreement",
        ["mall_id", "issuer_id", "acceptor_id"],
        unique=True,
        schema="exchange",
        postgresql_where=sa.text("state IN ('proposed', 'accepted')"),
    )
