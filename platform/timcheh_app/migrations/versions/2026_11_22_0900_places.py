"""Where branches are, and who is near one for a while."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "places"
down_revision: str | None = "at_the_till"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "branch_place",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=False),
        sa.Column("latitude", sa.Integer(), nullable=False),
        sa.Column("longitude", sa.Integer(), nullable=False),
        sa.Column("radius", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "latitude BETWEEN -90000000 AND 90000000", name=op.f("branch_place_latitude_ck")
        ),
        sa.CheckConstraint(
            "longitude BETWEEN -180000000 AND 180000000", name=op.f("branch_place_longitude_ck")
        ),
        sa.CheckConstraint("radius > 0", name=op.f("branch_place_radius_ck")),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "branch_id", name=op.f("branch_place_pk")
        ),
        schema="merchants",
    )
    op.create_table(
        "nearness",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=False),
        sa.Column("metres", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("metres >= 0", name=op.f("nearness_metres_ck")),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "member_id", name=op.f("nearness_pk")),
        schema="merchants",
    )
    op.create_index(
        op.f("nearness_mall_id_member_id_ix"),
        "nearness",
        ["mall_id", "member_id"],
        unique=False,
        schema="merchants",
    )
    op.create_index(
        op.f("nearness_mall_id_seen_at_ix"),
        "nearness",
        ["mall_id", "seen_at"],
        unique=False,
        schema="merchants",
    )
