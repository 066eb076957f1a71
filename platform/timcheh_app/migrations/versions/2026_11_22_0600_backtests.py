"""Back-tests, margins, alerts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "backtests"
down_revision: str | None = "offer_drafts"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purchases", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("crosses", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closer", sa.Text(), nullable=True),
        sa.Column("closing_note", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (closed_at IS NULL)", name=op.f("alert_closed_at_ck")
        ),
        sa.CheckConstraint(
            "kind IN ('self_credit', 'burst', 'refund_loop', 'guessing')",
            name=op.f("alert_kind_ck"),
        ),
        sa.CheckConstraint(
            "state = 'open' OR length(closing_note) > 0", name=op.f("alert_closing_note_ck")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'confirmed', 'harmless')", name=op.f("alert_state_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("alert_pk")),
        sa.UniqueConstraint(
            "mall_id",
            "merchant_id",
            "kind",
            "subject",
            "number",
            name=op.f("alert_mall_id_merchant_id_kind_subject_number_uq"),
        ),
        schema="merchants",
    )
    op.create_index(
        "alert_shop_ix",
        "alert",
        ["mall_id", "merchant_id", "last_at"],
        unique=False,
        schema="merchants",
    )
    op.create_table(
        "alert_watch",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("seen_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", name=op.f("alert_watch_pk")),
        schema="merchants",
    )
    op.create_table(
        "backtest",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("rules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("base", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("base_version", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assumptions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("whole", sa.BigInteger(), nullable=False),
        sa.Column("forecast", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("verdict", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'cancelled', 'failed')",
            name=op.f("backtest_state_ck"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("backtest_pk")),
        schema="merchants",
    )
    op.create_index(
        "backtest_open_ix",
        "backtest",
        ["mall_id", "created_at"],
        unique=False,
        schema="merchants",
        postgresql_where="state IN ('waiting', 'running')",
    )
    op.create_index(
        "backtest_shop_ix",
        "backtest",
        ["mall_id", "merchant_id", "created_at"],
        unique=False,
        schema="merchants",
    )
    op.create_table(
        "group_margin",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("product_group", sa.Text(), nullable=False),
        sa.Column("margin_bps", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "margin_bps BETWEEN 0 AND 10000", name=op.f("group_margin_margin_bps_ck")
        ),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "product_group", name=op.f("group_margin_pk")
        ),
        schema="merchants",
    )
    op.create_table(
        "vain_guess",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("terminal_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('gift_card', 'code')", name=op.f("vain_guess_kind_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("vain_guess_pk")),
        schema="merchants",
    )
    op.create_index(
        "vain_guess_at_ix", "vain_guess", ["mall_id", "at"], unique=False, schema="merchants"
    )
