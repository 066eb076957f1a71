"""Headroom of limits set aside in parts; entries without what only their indexes needed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "headroom"
down_revision: str | None = "initial"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "headroom",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.SmallInteger(), nullable=False),
        sa.Column("unused", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("unused >= 0", name=op.f("headroom_unused_ck")),
        sa.PrimaryKeyConstraint("mall_id", "party_id", "slot", name=op.f("headroom_pk")),
        schema="ledger",
        postgresql_with={"fillfactor": "50"},
    )
    op.drop_index(op.f("entry_account_ix"), table_name="entry", schema="ledger")
    op.drop_index(op.f("entry_xact_ix"), table_name="entry", schema="ledger")
    op.create_index(
        "entry_spent_ix",
        "entry",
        ["mall_id", "owner_id", "counterparty_id", "transfer_id"],
        schema="ledger",
        postgresql_where=sa.text("account = 'outstanding' AND counterparty_id IS NOT NULL"),
    )
    op.drop_index(op.f("transfer_reference_ix"), table_name="transfer", schema="ledger")
    op.drop_index(op.f("transfer_xact_ix"), table_name="transfer", schema="ledger")
    op.create_index("transfer_xact_ix", "transfer", ["mall_id", "xact"], schema="ledger")
    _drop_transaction_of_entries()


def _drop_transaction_of_entries() -> None:
    """A transfer and its entries are one transaction's. The chain hashed both: it is made anew."""
    op.execute("ALTER TABLE ledger.seal DISABLE TRIGGER USER")
    op.execute("DELETE FROM ledger.seal")
    op.execute("ALTER TABLE ledger.seal ENABLE TRIGGER USER")
    op.drop_column("entry", "xact", schema="ledger")
