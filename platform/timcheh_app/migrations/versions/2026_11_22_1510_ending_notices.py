"""What was told of ends of agreements and contracts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "ending_notices"
down_revision: str | None = "offer_wishes"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "contract_notice",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "ends_on", "days", name=op.f("contract_notice_pk")
        ),
        schema="mall_portal",
    )
    op.create_table(
        "ending_notice",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "agreement_id"],
            ["exchange.agreement.mall_id", "exchange.agreement.id"],
            name=op.f("ending_notice_mall_id_agreement_id_fk"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "agreement_id", "days", name=op.f("ending_notice_pk")),
        schema="exchange",
    )
