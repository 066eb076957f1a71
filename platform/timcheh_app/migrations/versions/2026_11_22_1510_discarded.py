"""What shops throw away can be taken back for a day."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "discarded"
down_revision: str | None = "kept_gift_cards"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "discarded",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "kind", "id", name=op.f("discarded_pk")),
        schema="merchants",
    )
    op.create_index(
        op.f("discarded_mall_id_at_ix"), "discarded", ["mall_id", "at"], schema="merchants"
    )
