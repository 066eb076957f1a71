"""Surveys, gifts to groups, gifts that doors promise, and a quota of members."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "asking"
down_revision: str | None = "rewards"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "quota",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.CheckConstraint("members >= 0", name=op.f("quota_members_ck")),
        sa.CheckConstraint("most > 0", name=op.f("quota_most_ck")),
        sa.PrimaryKeyConstraint("mall_id", name=op.f("quota_pk")),
        schema="members",
    )
    op.create_table(
        "door_gift",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("door_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("coupon", sa.Text(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("given", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(unit IS NULL) <> (coupon IS NULL)", name=op.f("door_gift_one_kind_ck")
        ),
        sa.CheckConstraint("(unit IS NULL) = (amount IS NULL)", name=op.f("door_gift_reward_ck")),
        sa.CheckConstraint("amount > 0 AND most > 0", name=op.f("door_gift_amounts_ck")),
        sa.CheckConstraint("given BETWEEN 0 AND most", name=op.f("door_gift_given_ck")),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "door_id", name=op.f("door_gift_pk")),
        schema="merchants",
    )
    op.create_table(
        "door_gift_taken",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("door_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=True),
        sa.Column("coupon", sa.Text(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(lot_id IS NULL) <> (coupon IS NULL)", name=op.f("door_gift_taken_one_kind_ck")
        ),
        sa.PrimaryKeyConstraint(
            "mall_id", "member_id", "merchant_id", name=op.f("door_gift_taken_pk")
        ),
        schema="merchants",
    )
    op.create_table(
        "group_gift",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("people", sa.Integer(), server_default="0", nullable=False),
        sa.Column("given", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'giving', 'done', 'stopped')", name=op.f("group_gift_state_ck")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("group_gift_amount_ck")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("group_gift_window_ck")),
        sa.CheckConstraint("given BETWEEN 0 AND people", name=op.f("group_gift_given_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("group_gift_pk")),
        schema="merchants",
    )
    op.create_index(
        op.f("group_gift_mall_id_merchant_id_id_ix"),
        "group_gift",
        ["mall_id", "merchant_id", "id"],
        unique=False,
        schema="merchants",
    )
    op.create_index(
        "group_gift_work_ix",
        "group_gift",
        ["mall_id", "id"],
        unique=False,
        schema="merchants",
        postgresql_where=sa.text("state = 'giving'"),
    )
    op.create_table(
        "group_gift_person",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("gift_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint(
            "mall_id", "gift_id", "member_id", name=op.f("group_gift_person_pk")
        ),
        schema="merchants",
    )
    op.create_index(
        "group_gift_person_waiting_ix",
        "group_gift_person",
        ["mall_id", "gift_id", "member_id"],
        unique=False,
        schema="merchants",
        postgresql_where=sa.text("lot_id IS NULL"),
    )
    op.create_table(
        "survey",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("intro", sa.Text(), server_default="", nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("condition", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("open_days", sa.Integer(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("reward_unit", sa.Text(), nullable=True),
        sa.Column("reward_amount", sa.BigInteger(), nullable=True),
        sa.Column("reward_days", sa.Integer(), nullable=True),
        sa.Column("questions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'open', 'closed')", name=op.f("survey_state_ck")),
        sa.CheckConstraint("way IN ('purchase', 'link')", name=op.f("survey_way_ck")),
        sa.CheckConstraint(
            "(reward_unit IS NULL) = (reward_amount IS NULL)", name=op.f("survey_reward_ck")
        ),
        sa.CheckConstraint("reward_amount > 0", name=op.f("survey_reward_amount_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("survey_pk")),
        schema="merchants",
    )
    op.create_index(
        "survey_asking_ix",
        "survey",
        ["mall_id", "merchant_id"],
        unique=False,
        schema="merchants",
        postgresql_where=sa.text("state = 'open' AND way = 'purchase'"),
    )
    op.create_index(
        op.f("survey_mall_id_merchant_id_id_ix"),
        "survey",
        ["mall_id", "merchant_id", "id"],
        unique=False,
        schema="merchants",
    )
    op.create_table(
        "survey_invitation",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("lot_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answers IS NULL)", name=op.f("survey_invitation_answered_ck")
        ),
        sa.PrimaryKeyConstraint(
            "mall_id", "survey_id", "member_id", name=op.f("survey_invitation_pk")
        ),
        schema="merchants",
    )
    op.create_index(
        "survey_invitation_waiting_ix",
        "survey_invitation",
        ["mall_id", "member_id"],
        unique=False,
        schema="merchants",
        postgresql_where=sa.text("answered_at IS NULL"),
    )
