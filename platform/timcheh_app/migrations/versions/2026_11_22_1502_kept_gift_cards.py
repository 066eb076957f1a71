"""Gift cards that members keep on their phones."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "kept_gift_cards"
down_revision: str | None = "invitations"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "kept_gift_card",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "card_id"],
            ["merchants.gift_card.mall_id", "merchants.gift_card.id"],
            name=op.f("kept_gift_card_mall_id_card_id_fk"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "member_id", "card_id", name=op.f("kept_gift_card_pk")),
        schema="merchants",
    )
