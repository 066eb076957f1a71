"""A pool's name stands with its scope; a shop may leave a pool."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "pool_names"
down_revision: str | None = "ending_notices"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("scope", sa.Column("name", sa.Text(), nullable=True), schema="ledger")
    op.execute(
        "UPDATE ledger.scope s SET name = p.name FROM shared_pool.pool p"
        " WHERE p.mall_id = s.mall_id AND p.scope_id = s.id"
    )
    op.drop_column("pool", "name", schema="shared_pool")
    op.add_column(
        "participant",
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        schema="shared_pool",
    )
