"""First release, schema ledger: parties, scopes, lots, holds, transfers, entries and balances."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from timcheh.ledger.models import Xid8

revision: str = "initial_ledger"
down_revision: str | None = "initial_kernel"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA ledger")
    _acceptor()
    _balance()
    _checkpoint()
    _entry()
    _hold()
    _lot()
    _party()
    _scope()
    _seal()
    _transfer()


def _acceptor() -> None:
    op.create_table(
        "acceptor",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "branch_id",
            sa.Uuid(),
            server_default=sa.text("'00000000-0000-0000-0000-000000000000'::uuid"),
            nullable=False,
        ),
        sa.Column("issuer_id", sa.Uuid(), nullable=True),
        sa.Column("fee_bps", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("max_share_bps", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("fee_bps BETWEEN 0 AND 10000", name=op.f("acceptor_fee_bps_ck")),
        sa.CheckConstraint(
            "max_share_bps BETWEEN 0 AND 10000", name=op.f("acceptor_max_share_bps_ck")
        ),
        sa.PrimaryKeyConstraint(
            "mall_id", "scope_id", "merchant_id", "branch_id", name=op.f("acceptor_pk")
        ),
        schema="ledger",
    )
    op.create_index(
        op.f("acceptor_mall_id_merchant_id_scope_id_ix"),
        "acceptor",
        ["mall_id", "merchant_id", "scope_id"],
        unique=False,
        schema="ledger",
    )


def _balance() -> None:
    op.create_table(
        "balance",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("counterparty_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "mall_id",
            "account",
            "owner_id",
            "unit",
            "scope_id",
            "counterparty_id",
            name=op.f("balance_pk"),
        ),
        schema="ledger",
    )


def _checkpoint() -> None:
    op.create_table(
        "checkpoint",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("upto", Xid8(), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", name=op.f("checkpoint_pk")),
        schema="ledger",
    )


def _entry() -> None:
    op.create_table(
        "entry",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=True),
        sa.Column("lot_id", sa.Uuid(), nullable=True),
        sa.Column("counterparty_id", sa.Uuid(), nullable=True),
        sa.Column("xact", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.CheckConstraint("unit IN ('rial', 'point')", name=op.f("entry_unit_ck")),
        sa.CheckConstraint("amount <> 0", name=op.f("entry_amount_ck")),
        sa.PrimaryKeyConstraint("mall_id", "transfer_id", "n", name=op.f("entry_pk")),
        schema="ledger",
    )
    op.create_index(
        "entry_account_ix",
        "entry",
        ["mall_id", "account", "owner_id", "xact"],
        unique=False,
        schema="ledger",
        postgresql_where=sa.text("account NOT IN ('credit', 'wallet')"),
    )
    op.create_index(
        "entry_member_ix",
        "entry",
        ["mall_id", "owner_id", "transfer_id", "n"],
        unique=False,
        schema="ledger",
        postgresql_where=sa.text("account IN ('credit', 'wallet')"),
    )
    op.create_index("entry_xact_ix", "entry", ["xact"], unique=False, schema="ledger")


def _hold() -> None:
    op.create_table(
        "hold",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("reference_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("hold_amount_ck")),
        sa.PrimaryKeyConstraint("mall_id", "lot_id", "reference_id", name=op.f("hold_pk")),
        schema="ledger",
    )
    op.create_index(
        op.f("hold_mall_id_expires_at_ix"),
        "hold",
        ["mall_id", "expires_at"],
        unique=False,
        schema="ledger",
    )
    op.create_index(
        op.f("hold_mall_id_reference_id_ix"),
        "hold",
        ["mall_id", "reference_id"],
        unique=False,
        schema="ledger",
    )


def _lot() -> None:
    op.create_table(
        "lot",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("granted", sa.BigInteger(), nullable=False),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("expired", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("taken_back", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("available_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("holder_kind", sa.Text(), server_default="member", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "holder_kind IN ('member', 'gift_card')", name=op.f("lot_holder_kind_ck")
        ),
        sa.CheckConstraint("unit IN ('rial', 'point', 'wallet')", name=op.f("lot_unit_ck")),
        sa.CheckConstraint("held >= 0 AND held <= remaining", name=op.f("lot_held_ck")),
        sa.CheckConstraint("open = (remaining > 0)", name=op.f("lot_open_ck")),
        sa.CheckConstraint("remaining >= 0", name=op.f("lot_remaining_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("lot_pk")),
        schema="ledger",
        postgresql_with={"fillfactor": "90"},
    )
    op.create_index(
        "lot_expiry_ix",
        "lot",
        ["mall_id", "expires_at"],
        unique=False,
        schema="ledger",
        postgresql_where=sa.text("open AND expires_at IS NOT NULL"),
    )
    op.create_index(
        "lot_holder_ix",
        "lot",
        ["mall_id", "holder_id"],
        unique=False,
        schema="ledger",
        postgresql_where=sa.text("open"),
    )


def _party() -> None:
    op.create_table(
        "party",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("credit_limit", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind IN ('merchant', 'mall')", name=op.f("party_kind_ck")),
        sa.CheckConstraint("credit_limit >= 0", name=op.f("party_credit_limit_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("party_pk")),
        schema="ledger",
    )


def _scope() -> None:
    op.create_table(
        "scope",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("issuer_id", sa.Uuid(), nullable=True),
        sa.Column("issue_price", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("redeem_price", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("lot_months", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('own', 'partners', 'network', 'own_points', 'pool', 'wallet')",
            name=op.f("scope_kind_ck"),
        ),
        sa.CheckConstraint("unit IN ('rial', 'point', 'wallet')", name=op.f("scope_unit_ck")),
        sa.CheckConstraint(
            "issue_price >= redeem_price AND redeem_price >= 0", name=op.f("scope_prices_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("scope_pk")),
        schema="ledger",
    )


def _seal() -> None:
    op.create_table(
        "seal",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("from_xact", Xid8(), nullable=False),
        sa.Column("upto_xact", Xid8(), nullable=False),
        sa.Column("transfers", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column(
            "sealed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("mall_id", "number", name=op.f("seal_pk")),
        schema="ledger",
    )


def _transfer() -> None:
    op.create_table(
        "transfer",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("reverses", sa.Uuid(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("xact", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("transfer_pk")),
        schema="ledger",
    )
    op.create_index(
        "transfer_reference_ix",
        "transfer",
        ["mall_id", "reference_id"],
        unique=False,
        schema="ledger",
    )
    op.create_index(
        "transfer_reverses_uq",
        "transfer",
        ["mall_id", "reverses"],
        unique=True,
        schema="ledger",
        postgresql_where=sa.text("kind = 'reversal'"),
    )
    op.create_index("transfer_xact_ix", "transfer", ["xact"], unique=False, schema="ledger")
