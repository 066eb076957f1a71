"""What a pool brought its shops is found by the pool's own entries."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "pool_entries"
down_revision: str | None = "second_factor"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index(
        "entry_pool_ix",
        "entry",
        ["mall_id", "owner_id", "counterparty_id", "transfer_id"],
        unique=False,
        schema="ledger",
        postgresql_include=["amount"],
        postgresql_where=sa.text("account = 'reserve'"),
    )
