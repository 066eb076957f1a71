"""Sheets of shops that are opened row by row."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "shop_sheets"
down_revision: str | None = "onboarding"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "shop_sheet",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("headers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("columns", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('checked', 'opening', 'done')", name=op.f("shop_sheet_state_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("shop_sheet_pk")),
        schema="mall_portal",
    )
    op.create_index(
        "shop_sheet_opening_ix",
        "shop_sheet",
        ["mall_id", "id"],
        unique=False,
        schema="mall_portal",
        postgresql_where=sa.text("state = 'opening'"),
    )
    op.create_table(
        "shop_sheet_row",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("cells", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("faults", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mall_id", "sheet_id"],
            ["mall_portal.shop_sheet.mall_id", "mall_portal.shop_sheet.id"],
            name=op.f("shop_sheet_row_mall_id_sheet_id_fk"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "sheet_id", "row", name=op.f("shop_sheet_row_pk")),
        schema="mall_portal",
    )
