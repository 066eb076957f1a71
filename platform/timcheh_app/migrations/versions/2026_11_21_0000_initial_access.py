"""First release, schema kernel: who may come in: keys, staff, codes and sessions."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "initial_access"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA kernel")
    _api_key()
    _otp_challenge()
    _session()
    _staff()
    _staff_role()


def _api_key() -> None:
    op.create_table(
        "api_key",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("terminal_id", sa.Uuid(), nullable=True),
        sa.Column("branch_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'mall' AND merchant_id IS NULL AND terminal_id IS NULL)"
            " OR (kind = 'merchant' AND merchant_id IS NOT NULL AND terminal_id IS NULL)"
            " OR (kind = 'terminal' AND merchant_id IS NOT NULL"
            " AND terminal_id IS NOT NULL AND branch_id IS NOT NULL)",
            name=op.f("api_key_kind_ck"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("api_key_pk")),
        sa.UniqueConstraint("mall_id", "key_hash", name=op.f("api_key_mall_id_key_hash_uq")),
        schema="kernel",
    )


def _otp_challenge() -> None:
    op.create_table(
        "otp_challenge",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("mobile", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("attempts BETWEEN 0 AND 5", name=op.f("otp_challenge_attempts_ck")),
        sa.PrimaryKeyConstraint("mall_id", "mobile", name=op.f("otp_challenge_pk")),
        schema="kernel",
    )


def _session() -> None:
    op.create_table(
        "session",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("csrf_token", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(audience = 'mall' AND staff_id IS NOT NULL AND merchant_id IS NULL"
            " AND member_id IS NULL)"
            " OR (audience = 'merchant' AND staff_id IS NOT NULL"
            " AND merchant_id IS NOT NULL AND member_id IS NULL)"
            " OR (audience = 'member' AND member_id IS NOT NULL AND staff_id IS NULL"
            " AND merchant_id IS NULL)",
            name=op.f("session_audience_ck"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "token_hash", name=op.f("session_pk")),
        schema="kernel",
    )
    op.create_index(
        "session_expires_ix", "session", ["mall_id", "expires_at"], unique=False, schema="kernel"
    )


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mobile", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('active', 'disabled')", name=op.f("staff_state_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("staff_pk")),
        sa.UniqueConstraint("mall_id", "mobile", name=op.f("staff_mall_id_mobile_uq")),
        schema="kernel",
    )


def _staff_role() -> None:
    op.create_table(
        "staff_role",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("branch_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(merchant_id IS NULL AND branch_id IS NULL"
            " AND role IN ('administrator', 'accountant'))"
            " OR (merchant_id IS NOT NULL"
            " AND role <> 'administrator')",
            name=op.f("staff_role_place_ck"),
        ),
        sa.CheckConstraint(
            "role IN ('administrator', 'owner', 'manager', 'cashier', 'accountant')",
            name=op.f("staff_role_role_ck"),
        ),
        sa.ForeignKeyConstraint(
            ["mall_id", "staff_id"],
            ["kernel.staff.mall_id", "kernel.staff.id"],
            name=op.f("staff_role_mall_id_staff_id_fk"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("staff_role_pk")),
        schema="kernel",
    )
    op.create_index(
        "staff_role_one_uq",
        "staff_role",
        ["mall_id", "staff_id", "merchant_id", "branch_id", "role"],
        unique=True,
        schema="kernel",
        postgresql_nulls_not_distinct=True,
    )
