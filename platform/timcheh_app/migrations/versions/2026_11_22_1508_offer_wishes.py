"""Offers that members have marked."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "offer_wishes"
down_revision: str | None = "discarded"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "offer_wish",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("wished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["mall_id", "member_id"],
            ["members.member.mall_id", "members.member.id"],
            name=op.f("offer_wish_mall_id_member_id_fk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "mall_id", "member_id", "merchant_id", "rule", name=op.f("offer_wish_pk")
        ),
        schema="merchants",
    )
