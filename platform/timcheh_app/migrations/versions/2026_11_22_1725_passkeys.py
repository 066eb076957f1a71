"""Passkeys and the challenges that wait for an answer."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "passkeys"
down_revision: str | None = "offer_activation"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "passkey_challenge",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('sign-in', 'add', 'second')", name=op.f("passkey_challenge_purpose_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "token_hash", name=op.f("passkey_challenge_pk")),
        schema="kernel",
    )
    op.create_table(
        "passkey",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("num_nonnulls(member_id, staff_id) = 1", name=op.f("passkey_owner_ck")),
        sa.ForeignKeyConstraint(
            ["mall_id", "staff_id"],
            ["kernel.staff.mall_id", "kernel.staff.id"],
            name=op.f("passkey_mall_id_staff_id_fk"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("passkey_pk")),
        sa.UniqueConstraint(
            "mall_id", "credential_id", name=op.f("passkey_mall_id_credential_id_uq")
        ),
        schema="kernel",
    )
    op.create_index(
        "passkey_member_ix", "passkey", ["mall_id", "member_id"], unique=False, schema="kernel"
    )
    op.create_index(
        "passkey_staff_ix", "passkey", ["mall_id", "staff_id"], unique=False, schema="kernel"
    )
