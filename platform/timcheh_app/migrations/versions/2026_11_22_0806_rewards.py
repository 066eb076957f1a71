"""Rewards for points, thresholds of points, points for activities."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "rewards"
down_revision: str | None = "gifts"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("lot_days", sa.Integer(), nullable=True),
        sa.Column("repeats", sa.Text(), nullable=False),
        sa.Column("confirms", sa.Boolean(), nullable=False),
        sa.Column("month_cap", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('profile', 'follow', 'share', 'review', 'other')",
            name=op.f("activity_kind_ck"),
        ),
        sa.CheckConstraint(
            "repeats IN ('ever', 'year', 'month')", name=op.f("activity_repeats_ck")
        ),
        sa.CheckConstraint("state IN ('active', 'stopped')", name=op.f("activity_state_ck")),
        sa.CheckConstraint("points > 0 AND month_cap >= points", name=op.f("activity_points_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("activity_pk")),
        schema="merchants",
    )
    op.create_index(
        op.f("activity_mall_id_merchant_id_id_ix"),
        "activity",
        ["mall_id", "merchant_id", "id"],
        unique=False,
        schema="merchants",
    )
    op.create_table(
        "activity_report",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("proof", sa.Text(), server_default="", nullable=False),
        sa.Column("stars", sa.SmallInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why_not", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'granted') = (lot_id IS NOT NULL)", name=op.f("activity_report_granted_ck")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'granted', 'declined')", name=op.f("activity_report_state_ck")
        ),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("activity_report_stars_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("activity_report_pk")),
        schema="merchants",
    )
    op.create_index(
        op.f("activity_report_mall_id_member_id_ix"),
        "activity_report",
        ["mall_id", "member_id"],
        unique=False,
        schema="merchants",
    )
    op.create_index(
        op.f("activity_report_mall_id_merchant_id_id_ix"),
        "activity_report",
        ["mall_id", "merchant_id", "id"],
        unique=False,
        schema="merchants",
    )
    op.create_index(
        "activity_report_once_uq",
        "activity_report",
        ["mall_id", "activity_id", "member_id", "period"],
        unique=True,
        schema="merchants",
        postgresql_where="state <> 'declined'",
    )
    op.create_table(
        "reward",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("lot_days", sa.Integer(), nullable=True),
        sa.Column("sku", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("event_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim_days", sa.Integer(), nullable=False),
        sa.Column("stock", sa.BigInteger(), nullable=True),
        sa.Column("per_member", sa.BigInteger(), nullable=True),
        sa.Column("taken", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("condition", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'discount') = (amount IS NOT NULL)", name=op.f("reward_amount_ck")
        ),
        sa.CheckConstraint(
            "(kind = 'event') = (event_at IS NOT NULL)", name=op.f("reward_event_ck")
        ),
        sa.CheckConstraint("(kind = 'product') = (sku IS NOT NULL)", name=op.f("reward_sku_ck")),
        sa.CheckConstraint(
            "kind IN ('discount', 'product', 'service', 'event')", name=op.f("reward_kind_ck")
        ),
        sa.CheckConstraint("state IN ('draft', 'published')", name=op.f("reward_state_ck")),
        sa.CheckConstraint("points > 0 AND claim_days > 0", name=op.f("reward_positive_ck")),
        sa.CheckConstraint(
            "taken >= 0 AND (stock IS NULL OR taken <= stock)", name=op.f("reward_stock_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("reward_pk")),
        schema="merchants",
    )
    op.create_index(
        op.f("reward_mall_id_merchant_id_id_ix"),
        "reward",
        ["mall_id", "merchant_id", "id"],
        unique=False,
        schema="merchants",
    )
    op.create_table(
        "reward_claim",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("reward_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("spent", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at_till", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("lot_id", sa.Uuid(), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'handed') = (handed_at IS NOT NULL)", name=op.f("reward_claim_handed_ck")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'handed', 'cancelled', 'lapsed')", name=op.f("reward_claim_state_ck")
        ),
        sa.CheckConstraint(
            "undone_by IS NULL OR state IN ('cancelled', 'lapsed')",
            name=op.f("reward_claim_undone_ck"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("reward_claim_pk")),
        sa.UniqueConstraint(
            "mall_id", "merchant_id", "code", name=op.f("reward_claim_mall_id_merchant_id_code_uq")
        ),
        schema="merchants",
    )
    op.create_index(
        op.f("reward_claim_mall_id_deadline_ix"),
        "reward_claim",
        ["mall_id", "deadline"],
        unique=False,
        schema="merchants",
        postgresql_where="state = 'open'",
    )
    op.create_index(
        op.f("reward_claim_mall_id_member_id_ix"),
        "reward_claim",
        ["mall_id", "member_id"],
        unique=False,
        schema="merchants",
    )
    op.create_index(
        op.f("reward_claim_mall_id_reward_id_member_id_ix"),
        "reward_claim",
        ["mall_id", "reward_id", "member_id"],
        unique=False,
        schema="merchants",
    )
    op.create_index(
        op.f("reward_claim_mall_id_undone_by_ix"),
        "reward_claim",
        ["mall_id", "undone_by"],
        unique=False,
        schema="merchants",
        postgresql_where="undone_by IS NOT NULL",
    )
    op.create_table(
        "reward_picture",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("reward_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "reward_id", name=op.f("reward_picture_pk")),
        schema="merchants",
    )
    op.create_table(
        "threshold",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("gives", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("lot_days", sa.Integer(), nullable=True),
        sa.Column("reward_id", sa.Uuid(), nullable=True),
        sa.Column("coupon", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(gives = 'coupon') = (coupon IS NOT NULL)", name=op.f("threshold_coupon_ck")
        ),
        sa.CheckConstraint(
            "(gives = 'reward') = (reward_id IS NOT NULL)", name=op.f("threshold_reward_ck")
        ),
        sa.CheckConstraint(
            "(gives IN ('credit', 'points')) = (amount IS NOT NULL)",
            name=op.f("threshold_amount_ck"),
        ),
        sa.CheckConstraint(
            "gives IN ('credit', 'points', 'reward', 'coupon')", name=op.f("threshold_gives_ck")
        ),
        sa.CheckConstraint("measure IN ('held', 'earned')", name=op.f("threshold_measure_ck")),
        sa.CheckConstraint("period IN ('month', 'year', 'ever')", name=op.f("threshold_period_ck")),
        sa.CheckConstraint("state IN ('active', 'stopped')", name=op.f("threshold_state_ck")),
        sa.CheckConstraint(
            "points > 0 AND (amount IS NULL OR amount > 0)", name=op.f("threshold_positive_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("threshold_pk")),
        schema="merchants",
    )
    op.create_index(
        op.f("threshold_mall_id_merchant_id_id_ix"),
        "threshold",
        ["mall_id", "merchant_id", "id"],
        unique=False,
        schema="merchants",
    )
    op.create_table(
        "threshold_award",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("threshold_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("crossing", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=True),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("coupon", sa.Text(), nullable=True),
        sa.Column("failed", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(lot_id, claim_id, coupon, failed) = 1",
            name=op.f("threshold_award_what_ck"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("threshold_award_pk")),
        sa.UniqueConstraint(
            "mall_id",
            "threshold_id",
            "member_id",
            "crossing",
            name=op.f("threshold_award_mall_id_threshold_id_member_id_crossing_uq"),
        ),
        schema="merchants",
    )
    op.create_index(
        op.f("threshold_award_mall_id_member_id_ix"),
        "threshold_award",
        ["mall_id", "member_id"],
        unique=False,
        schema="merchants",
    )
    op.create_index(
        op.f("threshold_award_mall_id_merchant_id_id_ix"),
        "threshold_award",
        ["mall_id", "merchant_id", "id"],
        unique=False,
        schema="merchants",
    )
    op.create_table(
        "threshold_standing",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("threshold_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.Text(), server_default="", nullable=False),
        sa.Column("above", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("taken_back", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("crossings", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint(
            "mall_id", "threshold_id", "member_id", name=op.f("threshold_standing_pk")
        ),
        schema="merchants",
    )
