"""What became of each line of a settlement."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "settlement_results"
down_revision: str | None = "mall_logo"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_SCHEMA = "shared_pool"


def upgrade() -> None:
    op.add_column(
        "settlement_line",
        sa.Column("result", sa.Text(), server_default="waiting", nullable=False),
        schema=_SCHEMA,
    )
    for name, kind in (
        ("note", sa.Text()),
        ("reference", sa.Text()),
        ("marked_by", sa.Uuid()),
        ("marked_at", sa.DateTime(timezone=True)),
        ("transfer_id", sa.Uuid()),
    ):
        op.add_column("settlement_line", sa.Column(name, kind, nullable=True), schema=_SCHEMA)
    # What was completed so far was paid whole, in one transfer of the settlement's own id.
    op.execute(
        """
        UPDATE shared_pool.settlement_line l
        SET result = 'paid', transfer_id = s.id, marked_by = s.completed_by,
            marked_at = s.completed_at
        FROM shared_pool.settlement s
        WHERE s.mall_id = l.mall_id AND s.id = l.settlement_id AND s.state = 'completed'
        """
    )
    for name, rule in (
        ("result", "result IN ('waiting', 'sent', 'paid', 'collateral', 'refused', 'unknown')"),
        ("posted", "(transfer_id IS NOT NULL) = (result IN ('paid', 'collateral'))"),
        ("collateral", "net < 0 OR result <> 'collateral'"),
    ):
        op.create_check_constraint(
            op.f(f"settlement_line_{name}_ck"), "settlement_line", rule, schema=_SCHEMA
        )
