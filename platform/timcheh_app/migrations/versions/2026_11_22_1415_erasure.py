"""Members who have asked to be erased."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "erasure"
down_revision: str | None = "urgent"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("due_at > asked_at", name=op.f("erasure_due_at_ck")),
        sa.ForeignKeyConstraint(
            ["mall_id", "member_id"],
            ["members.member.mall_id", "members.member.id"],
            name=op.f("erasure_mall_id_member_id_fk"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "member_id", name=op.f("erasure_pk")),
        schema="shared_pool",
    )
    op.create_index(
        "erasure_due_ix",
        "erasure",
        ["mall_id", "due_at"],
        unique=False,
        schema="shared_pool",
        postgresql_where=sa.text("done_at IS NULL"),
    )
