"""The second factor of staff: apps, recovery codes, sign-ins half done."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "second_factor"
down_revision: str | None = "passkeys"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "half_sign_in",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "audience IN ('mall', 'merchant')", name=op.f("half_sign_in_audience_ck")
        ),
        sa.ForeignKeyConstraint(
            ["mall_id", "staff_id"],
            ["kernel.staff.mall_id", "kernel.staff.id"],
            name=op.f("half_sign_in_mall_id_staff_id_fk"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "token_hash", name=op.f("half_sign_in_pk")),
        schema="kernel",
    )
    op.create_table(
        "recovery_code",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["mall_id", "staff_id"],
            ["kernel.staff.mall_id", "kernel.staff.id"],
            name=op.f("recovery_code_mall_id_staff_id_fk"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "staff_id", "code_hash", name=op.f("recovery_code_pk")),
        schema="kernel",
    )
    op.create_table(
        "staff_totp",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "staff_id"],
            ["kernel.staff.mall_id", "kernel.staff.id"],
            name=op.f("staff_totp_mall_id_staff_id_fk"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "staff_id", name=op.f("staff_totp_pk")),
        schema="kernel",
    )
