"""First release, schema members: people of the club."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "initial_members"
down_revision: str | None = "initial_ledger"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA members")
    op.create_table(
        "member",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("mobile", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("gender", sa.Text(), nullable=True),
        sa.Column("birthday", sa.Date(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("neighbourhood", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("source", sa.Text(), server_default="till", nullable=False),
        sa.Column("enrolled_merchant_id", sa.Uuid(), nullable=True),
        sa.Column("enrolled_branch_id", sa.Uuid(), nullable=True),
        sa.Column("enrolled_actor_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('active', 'blocked', 'erased')", name=op.f("member_state_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("member_pk")),
        sa.UniqueConstraint("mall_id", "mobile", name=op.f("member_mall_id_mobile_uq")),
        sa.UniqueConstraint("mall_id", "number", name=op.f("member_mall_id_number_uq")),
        schema="members",
    )
