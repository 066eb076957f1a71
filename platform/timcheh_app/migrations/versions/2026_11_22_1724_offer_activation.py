"""Offers that members activate."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "offer_activation"
down_revision: str | None = "trials"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "offer_activation",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mall_id", "member_id"],
            ["members.member.mall_id", "members.member.id"],
            name=op.f("offer_activation_mall_id_member_id_fk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "mall_id", "member_id", "merchant_id", "rule", name=op.f("offer_activation_pk")
        ),
        schema="merchants",
    )
    op.create_index(
        "offer_activation_rule_ix",
        "offer_activation",
        ["mall_id", "merchant_id", "rule"],
        unique=False,
        schema="merchants",
    )
