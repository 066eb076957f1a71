"""Members' invitations, and what the invited friend gets."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "invitations"
down_revision: str | None = "spend_approvals"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("opened", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "member_id"],
            ["members.member.mall_id", "members.member.id"],
            name=op.f("invitation_mall_id_member_id_fk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("mall_id", "member_id", name=op.f("invitation_pk")),
        sa.UniqueConstraint("mall_id", "token", name=op.f("invitation_mall_id_token_uq")),
        schema="members",
    )
    op.add_column(
        "referral_programme",
        sa.Column("friend_reward", sa.BigInteger(), server_default="0", nullable=False),
        schema="merchants",
    )
    op.create_check_constraint(
        op.f("referral_programme_friend_reward_ck"),
        "referral_programme",
        "friend_reward >= 0",
        schema="merchants",
    )
    op.drop_constraint(op.f("thanks_kind_ck"), "thanks", schema="merchants", type_="check")
    op.create_check_constraint(
        op.f("thanks_kind_ck"),
        "thanks",
        "kind IN ('referral', 'commission', 'ambassador', 'friend')",
        schema="merchants",
    )
