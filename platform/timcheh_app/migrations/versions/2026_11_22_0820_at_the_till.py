"""Discounts by the seller, reminders before expiry, kinds of cards, devices, withheld rewards."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "at_the_till"
down_revision: str | None = "asking"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "member_device",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.LargeBinary(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "member_id", "device", name=op.f("member_device_pk")),
        schema="members",
    )
    op.create_table(
        "concession",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("line", sa.SmallInteger(), nullable=True),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("bps", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("concession_amount_ck")),
        sa.CheckConstraint("bps BETWEEN 1 AND 10000", name=op.f("concession_bps_ck")),
        sa.PrimaryKeyConstraint("mall_id", "purchase_id", "n", name=op.f("concession_pk")),
        schema="merchants",
    )
    op.create_index(
        op.f("concession_mall_id_merchant_id_at_ix"),
        "concession",
        ["mall_id", "merchant_id", "at"],
        unique=False,
        schema="merchants",
    )
    op.create_table(
        "concession_limit",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column(
            "staff_id",
            sa.Uuid(),
            server_default=sa.text("'00000000-0000-0000-0000-000000000000'::uuid"),
            nullable=False,
        ),
        sa.Column("line_bps", sa.Integer(), nullable=True),
        sa.Column("per_invoice", sa.BigInteger(), nullable=True),
        sa.Column("per_day", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(role = '') = (staff_id <> '00000000-0000-0000-0000-000000000000'::uuid)",
            name=op.f("concession_limit_whose_ck"),
        ),
        sa.CheckConstraint(
            "role IN ('', 'manager', 'cashier', 'program')", name=op.f("concession_limit_role_ck")
        ),
        sa.CheckConstraint(
            "line_bps BETWEEN 1 AND 10000", name=op.f("concession_limit_line_bps_ck")
        ),
        sa.CheckConstraint("per_day > 0", name=op.f("concession_limit_per_day_ck")),
        sa.CheckConstraint("per_invoice > 0", name=op.f("concession_limit_per_invoice_ck")),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "role", "staff_id", name=op.f("concession_limit_pk")
        ),
        schema="merchants",
    )
    op.create_table(
        "concession_use",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("used >= 0", name=op.f("concession_use_used_ck")),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "by_id", "day", name=op.f("concession_use_pk")
        ),
        schema="merchants",
    )
    op.create_table(
        "expiry_notice",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "member_id", "day", name=op.f("expiry_notice_pk")),
        schema="merchants",
    )
    op.create_table(
        "expiry_reminder",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column(
            "merchant_id",
            sa.Uuid(),
            server_default=sa.text("'00000000-0000-0000-0000-000000000000'::uuid"),
            nullable=False,
        ),
        sa.Column("days", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.CheckConstraint(
            "0 < ALL (days) AND 90 >= ALL (days)", name=op.f("expiry_reminder_days_ck")
        ),
        sa.CheckConstraint("cardinality(days) <= 5", name=op.f("expiry_reminder_count_ck")),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", name=op.f("expiry_reminder_pk")),
        schema="merchants",
    )
    op.create_table(
        "reminded_lot",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "lot_id", "days", name=op.f("reminded_lot_pk")),
        schema="merchants",
    )
    op.add_column(
        "member",
        sa.Column("card_kind", sa.Text(), server_default="credit", nullable=False),
        schema="members",
    )
    op.add_column(
        "member", sa.Column("card_merchant_id", sa.Uuid(), nullable=True), schema="members"
    )
    op.add_column(
        "thanks",
        sa.Column("state", sa.Text(), server_default="given", nullable=False),
        schema="merchants",
    )
    op.create_check_constraint(
        op.f("member_card_kind_ck"),
        "member",
        "card_kind IN ('credit', 'points', 'discount')",
        schema="members",
    )
    # What a printed card says was only in print until now.
    op.execute(
        "UPDATE members.member m SET card_kind = c.kind, card_merchant_id = c.merchant_id"
        " FROM members.card c WHERE c.mall_id = m.mall_id AND c.number = m.number"
        " AND c.state = 'active' AND c.kind IN ('points', 'discount')"
    )
    for table, name, condition in (
        ("thanks", "state", "state IN ('given', 'withheld', 'refused')"),
        ("thanks", "lot", "(kind = 'commission' OR state <> 'given') = (lot_id IS NULL)"),
        (
            "alert",
            "kind",
            "kind IN ('self_credit', 'burst', 'refund_loop', 'guessing', 'referral_ring')",
        ),
    ):
        constraint = op.f(f"{table}_{name}_ck")
        if name != "state":
            op.drop_constraint(constraint, table, schema="merchants", type_="check")
        op.create_check_constraint(constraint, table, condition, schema="merchants")
