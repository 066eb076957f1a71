"""A gift to a group tells those who get it; a gift to oneself is an alert."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "gifts_told"
down_revision: str | None = "places"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "group_gift",
        sa.Column("tells", sa.Boolean(), server_default="false", nullable=False),
        schema="merchants",
    )
    constraint = op.f("alert_kind_ck")
    op.drop_constraint(constraint, "alert", schema="merchants", type_="check")
    op.create_check_constraint(
        constraint,
        "alert",
        "kind IN ('self_credit', 'self_gift', 'burst', 'refund_loop', 'guessing', 'referral_ring')",
        schema="merchants",
    )
