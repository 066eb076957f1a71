"""What members are asked to approve at the till; branches that are closed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "spend_approvals"
down_revision: str | None = "network_days"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "spend_approval",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=True),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("purchase_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'used') = (purchase_id IS NOT NULL)", name=op.f("spend_approval_used_ck")
        ),
        sa.CheckConstraint(
            "answered_by IN ('code', 'phone')", name=op.f("spend_approval_answered_by_ck")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'approved', 'used', 'refused', 'lapsed')",
            name=op.f("spend_approval_state_ck"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'used', 'refused') OR answered_by IS NOT NULL",
            name=op.f("spend_approval_answered_ck"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("spend_approval_amount_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("spend_approval_pk")),
        schema="merchants",
    )
    op.create_index(
        "spend_approval_live_ux",
        "spend_approval",
        ["mall_id", "merchant_id", "principal_id", "key"],
        unique=True,
        schema="merchants",
        postgresql_where=sa.text("state IN ('open', 'approved')"),
    )
    op.create_index(
        op.f("spend_approval_mall_id_member_id_id_ix"),
        "spend_approval",
        ["mall_id", "member_id", "id"],
        unique=False,
        schema="merchants",
    )
    op.create_index(
        op.f("spend_approval_mall_id_principal_id_key_ix"),
        "spend_approval",
        ["mall_id", "principal_id", "key"],
        unique=False,
        schema="merchants",
    )
    op.add_column(
        "branch",
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        schema="merchants",
    )
    op.add_column(
        "merchant_account",
        sa.Column("approve_above", sa.BigInteger(), nullable=True),
        schema="merchants",
    )
    op.create_check_constraint(
        op.f("merchant_account_approve_above_ck"),
        "merchant_account",
        "approve_above >= 0",
        schema="merchants",
    )
    kind = op.f("alert_kind_ck")
    op.drop_constraint(kind, "alert", schema="merchants", type_="check")
    op.create_check_constraint(
        kind,
        "alert",
        "kind IN ('self_credit', 'self_gift', 'burst', 'refund_loop', 'guessing',"
        " 'referral_ring', 'refused_spend')",
        schema="merchants",
    )
