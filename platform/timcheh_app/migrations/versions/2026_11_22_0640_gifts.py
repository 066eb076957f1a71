"""Printed cards, product codes, givers of gift cards, and parts of long prints."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "gifts"
down_revision: str | None = "sorting"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "print_part",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("first >= 1 AND last >= first", name=op.f("print_part_items_ck")),
        sa.PrimaryKeyConstraint("mall_id", "subject_id", "number", name=op.f("print_part_pk")),
        schema="kernel",
    )
    op.create_index(
        "print_part_waiting_ix",
        "print_part",
        ["mall_id", "kind"],
        unique=False,
        schema="kernel",
        postgresql_where=sa.text("made_at IS NULL"),
    )
    op.create_table(
        "card",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), server_default="credit", nullable=False),
        sa.Column("state", sa.Text(), server_default="blank", nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("successor", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('credit', 'points', 'discount', 'gift')", name=op.f("card_kind_ck")
        ),
        sa.CheckConstraint(
            "state IN ('blank', 'active', 'lost', 'replaced', 'expired')",
            name=op.f("card_state_ck"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "number", name=op.f("card_pk")),
        schema="members",
    )
    op.create_index(
        "card_expiry_ix",
        "card",
        ["mall_id", "expires_on"],
        unique=False,
        schema="members",
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_index(
        op.f("card_mall_id_member_id_ix"),
        "card",
        ["mall_id", "member_id"],
        unique=False,
        schema="members",
    )
    op.create_index(
        op.f("card_mall_id_order_id_serial_ix"),
        "card",
        ["mall_id", "order_id", "serial"],
        unique=False,
        schema="members",
    )
    op.create_table(
        "card_order",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("sheet", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('credit', 'points', 'discount', 'gift')", name=op.f("card_order_kind_ck")
        ),
        sa.CheckConstraint("count > 0", name=op.f("card_order_count_ck")),
        sa.CheckConstraint("months > 0", name=op.f("card_order_months_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("card_order_pk")),
        schema="members",
    )
    op.create_index(
        op.f("card_order_mall_id_merchant_id_id_ix"),
        "card_order",
        ["mall_id", "merchant_id", "id"],
        unique=False,
        schema="members",
    )
    op.create_table(
        "code_batch",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("lot_days", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('active', 'stopped')", name=op.f("code_batch_state_ck")),
        sa.CheckConstraint("count > 0", name=op.f("code_batch_count_ck")),
        sa.CheckConstraint("points > 0", name=op.f("code_batch_points_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("code_batch_pk")),
        schema="merchants",
    )
    op.create_index(
        op.f("code_batch_mall_id_merchant_id_id_ix"),
        "code_batch",
        ["mall_id", "merchant_id", "id"],
        unique=False,
        schema="merchants",
    )
    op.create_table(
        "product_code",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("redeemed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("at_till", sa.Boolean(), nullable=True),
        sa.Column("lot_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(redeemed_at IS NULL) = (lot_id IS NULL)", name=op.f("product_code_redeemed_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "digest", name=op.f("product_code_pk")),
        sa.UniqueConstraint(
            "mall_id", "batch_id", "serial", name=op.f("product_code_mall_id_batch_id_serial_uq")
        ),
        schema="merchants",
    )
    op.add_column("gift_card", sa.Column("to_name", sa.Text(), nullable=True), schema="merchants")
    op.add_column("gift_card", sa.Column("words", sa.Text(), nullable=True), schema="merchants")
    op.add_column("gift_card", sa.Column("giver_id", sa.Uuid(), nullable=True), schema="merchants")
    op.add_column(
        "gift_card",
        sa.Column("giver_bps", sa.Integer(), server_default="0", nullable=False),
        schema="merchants",
    )
    op.create_index(
        op.f("gift_card_mall_id_merchant_id_id_ix"),
        "gift_card",
        ["mall_id", "merchant_id", "id"],
        unique=False,
        schema="merchants",
    )
    op.create_check_constraint(
        op.f("gift_card_giver_bps_ck"),
        "gift_card",
        "giver_bps BETWEEN 0 AND 10000",
        schema="merchants",
    )
    op.create_check_constraint(
        op.f("gift_card_giver_ck"),
        "gift_card",
        "giver_bps = 0 OR giver_id IS NOT NULL",
        schema="merchants",
    )
    op.create_table(
        "referral_programme",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("first_reward", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("first_minimum", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "levels", postgresql.ARRAY(sa.Integer()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("lot_days", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cardinality(levels) <= 5", name=op.f("referral_programme_levels_ck")),
        sa.CheckConstraint(
            "first_reward >= 0 AND first_minimum >= 0", name=op.f("referral_programme_first_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", name=op.f("referral_programme_pk")),
        schema="merchants",
    )
    op.create_table(
        "thanks",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("taken_back", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'commission') = (lot_id IS NULL)", name=op.f("thanks_lot_ck")),
        sa.CheckConstraint(
            "kind IN ('referral', 'commission', 'ambassador')", name=op.f("thanks_kind_ck")
        ),
        sa.CheckConstraint(
            "amount > 0 AND taken_back BETWEEN 0 AND amount", name=op.f("thanks_amount_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("thanks_pk")),
        sa.UniqueConstraint(
            "mall_id",
            "purchase_id",
            "kind",
            "level",
            "cause_id",
            name=op.f("thanks_mall_id_purchase_id_kind_level_cause_id_uq"),
        ),
        schema="merchants",
    )
    op.create_index(
        op.f("thanks_mall_id_merchant_id_id_ix"),
        "thanks",
        ["mall_id", "merchant_id", "id"],
        unique=False,
        schema="merchants",
    )
    op.create_index(
        op.f("thanks_mall_id_person_id_ix"),
        "thanks",
        ["mall_id", "person_id"],
        unique=False,
        schema="merchants",
    )
