"""The account that the fund pays from, and files of payments."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "paying_by_bank"
down_revision: str | None = "settlement_results"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "bank_file",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("payments", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("bank_file_pk")),
        sa.UniqueConstraint("mall_id", "serial", name=op.f("bank_file_mall_id_serial_uq")),
        schema="shared_pool",
    )
    op.create_index(
        op.f("bank_file_mall_id_settlement_id_ix"),
        "bank_file",
        ["mall_id", "settlement_id"],
        unique=False,
        schema="shared_pool",
    )
    op.create_table(
        "fund_account",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("sheba", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("most_amount", sa.BigInteger(), nullable=True),
        sa.Column("last_serial", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("most_amount > 0", name=op.f("fund_account_most_amount_ck")),
        sa.PrimaryKeyConstraint("mall_id", name=op.f("fund_account_pk")),
        schema="shared_pool",
    )
    op.create_table(
        "bank_payment",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("sheba", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "file_id"],
            ["shared_pool.bank_file.mall_id", "shared_pool.bank_file.id"],
            name=op.f("bank_payment_mall_id_file_id_fk"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "file_id", "merchant_id", name=op.f("bank_payment_pk")),
        schema="shared_pool",
    )
