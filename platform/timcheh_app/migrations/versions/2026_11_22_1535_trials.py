"""Shops look around among samples, in a mall of their own."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "trials"
down_revision: str | None = "pool_names"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "trial",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("trial_mall_id", sa.Uuid(), nullable=False),
        sa.Column("trial_merchant_id", sa.Uuid(), nullable=False),
        sa.Column("trial_staff_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", name=op.f("trial_pk")),
        schema="mall_portal",
    )
    op.add_column("mall", sa.Column("trial_of", sa.Text(), nullable=True), schema="kernel")
    op.add_column(
        "mall", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True), schema="kernel"
    )
    op.create_check_constraint(
        op.f("mall_closed_at_ck"),
        "mall",
        "closed_at IS NULL OR trial_of IS NOT NULL",
        schema="kernel",
    )
