"""Shops on their way on board, and what the mall has agreed with each."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "onboarding"
down_revision: str | None = "gifts_told"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA mall_portal")
    op.create_table(
        "onboarding_draft",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "fields",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("onboarding_draft_pk")),
        schema="mall_portal",
    )
    op.create_index(
        "onboarding_draft_open_ix",
        "onboarding_draft",
        ["mall_id", "updated_at"],
        unique=False,
        schema="mall_portal",
        postgresql_where=sa.text("merchant_id IS NULL"),
    )
    op.create_table(
        "shop_contract",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("shop_contract_days_ck")),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", name=op.f("shop_contract_pk")),
        schema="mall_portal",
    )
