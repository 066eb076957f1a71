"""The ledger's tables. Only its SQL functions write them (`sql/`); applications may read.

Signs and accounts: `docs/ledger.md`. Amounts are integers in the entry's unit: rial or points.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from timcheh.db.base import Base, access
from timcheh.ids import NIL

_NIL = text(f"'{NIL}'::uuid")


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id. Commit order is cut by it, never by our own ids."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "xid8"


class Party(Base):
    """A shop, or the mall itself, as the ledger knows it: who may issue and within what limit."""

    __tablename__ = "party"
    __table_args__ = (
        CheckConstraint("kind IN ('merchant', 'mall')", name="kind"),
        CheckConstraint("credit_limit >= 0", name="credit_limit"),
        {
            "schema": "ledger",
            "info": access(
                app="select",
                merchant="select",
                posting="select insert update",
                merchant_rows=("id",),
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    credit_limit: Mapped[int | None]  # rial; none: no limit


class Headroom(Base):
    """What is set aside of an issuer's limit, in parts, so that tills don't wait for each other.

    A grant takes from the part (`slot`) of its connection. What the limit has left beyond all parts
    is worked out only when a part runs out: `ledger/sql/82_limits.sql`, docs/adr/0011.
    """

    __tablename__ = "headroom"
    __table_args__ = (
        CheckConstraint("unused >= 0", name="unused"),
        {
            "schema": "ledger",
            "postgresql_with": {"fillfactor": "50"},
            "info": access(app="select", posting="select insert update"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    party_id: Mapped[UUID] = mapped_column(primary_key=True)
    slot: Mapped[int] = mapped_column(SmallInteger(), primary_key=True)
    unused: Mapped[int]  # rial


class ValueScope(Base):
    """Where lots can be spent, and in what unit they count."""

    __tablename__ = "scope"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('own', 'partners', 'network', 'own_points', 'pool', 'wallet')", name="kind"
        ),
        CheckConstraint("unit IN ('rial', 'point', 'wallet')", name="unit"),
        CheckConstraint("issue_price >= redeem_price AND redeem_price >= 0", name="prices"),
        {
            "schema": "ledger",
            "info": access(
                app="select",
                merchant="select",
                member="select",
                posting="select insert update",
                merchant_rows=(),
                member_rows=(),
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    unit: Mapped[str]
    issuer_id: Mapped[UUID | None]  # none: many issuers share it (network, pool, wallet)
    issue_price: Mapped[int] = mapped_column(server_default="0")  # rial per point
    redeem_price: Mapped[int] = mapped_column(server_default="0")  # rial per point
    lot_months: Mapped[int | None]  # how long lots live by default, Jalali months; none: for ever
    name: Mapped[str | None]  # by which people know it, where its kind and issuer don't say it all


class Acceptor(Base):
    """A shop (or one branch of it) that accepts a scope, with its terms."""

    __tablename__ = "acceptor"
    __table_args__ = (
        CheckConstraint("fee_bps BETWEEN 0 AND 10000", name="fee_bps"),
        CheckConstraint("max_share_bps BETWEEN 0 AND 10000", name="max_share_bps"),
        Index(None, "mall_id", "merchant_id", "scope_id"),
        {
            "schema": "ledger",
            "info": access(
                app="select",
                merchant="select",
                member="select",
                posting="select insert update",
                merchant_rows=("merchant_id", "issuer_id"),
                member_rows=(),
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    scope_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=_NIL)  # nil: all
    issuer_id: Mapped[UUID | None]
    fee_bps: Mapped[int] = mapped_column(server_default="0")
    max_share_bps: Mapped[int | None]  # of the basket after discounts; none: no bound
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]


class Lot(Base):
    """So much of a unit, granted by an issuer, held by a holder, spendable within a scope.

    The only rows of the system that carry a running balance. `open` says that something is left;
    it, not `remaining`, is in the index, so that spending a part stays a heap-only update.
    """

    __tablename__ = "lot"
    __table_args__ = (
        CheckConstraint("remaining >= 0", name="remaining"),
        CheckConstraint("held >= 0 AND held <= remaining", name="held"),
        CheckConstraint("open = (remaining > 0)", name="open"),
        CheckConstraint("unit IN ('rial', 'point', 'wallet')", name="unit"),
        CheckConstraint("holder_kind IN ('member', 'gift_card')", name="holder_kind"),
        Index("lot_holder_ix", "mall_id", "holder_id", postgresql_where=text("open")),
        Index(
            "lot_expiry_ix",
            "mall_id",
            "expires_at",
            postgresql_where=text("open AND expires_at IS NOT NULL"),
        ),
        {
            "schema": "ledger",
            "postgresql_with": {"fillfactor": "90"},
            "info": access(
                app="select",
                merchant="select",
                member="select",
                posting="select insert update",
                merchant_rows=("issuer_id",),
                member_rows=("holder_id",),
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    scope_id: Mapped[UUID]
    issuer_id: Mapped[UUID]  # a wallet's lots are issued by the mall
    holder_id: Mapped[UUID]
    granted: Mapped[int]
    remaining: Mapped[int]
    held: Mapped[int] = mapped_column(server_default="0")
    expired: Mapped[int] = mapped_column(server_default="0")
    taken_back: Mapped[int] = mapped_column(server_default="0")
    available_from: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    transfer_id: Mapped[UUID]
    open: Mapped[bool]
    unit: Mapped[str]
    holder_kind: Mapped[str] = mapped_column(server_default="member")
    reason: Mapped[str] = mapped_column(server_default="")


class Hold(Base):
    """Part of a lot that an authorised purchase has pinned until it is confirmed or let go."""

    __tablename__ = "hold"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        Index(None, "mall_id", "reference_id"),
        Index(None, "mall_id", "expires_at"),
        {"schema": "ledger", "info": access(app="select", posting="select insert delete")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    lot_id: Mapped[UUID] = mapped_column(primary_key=True)
    reference_id: Mapped[UUID] = mapped_column(primary_key=True)
    amount: Mapped[int]
    expires_at: Mapped[datetime]


class Transfer(Base):
    """One event of value; its entries sum to zero in each unit. Never changed, never deleted."""

    __tablename__ = "transfer"
    __table_args__ = (
        Index(
            "transfer_reverses_uq",
            "mall_id",
            "reverses",
            unique=True,
            postgresql_where=text("kind = 'reversal'"),
        ),
        # What came after a checkpoint or a seal: entries are found by their transfer.
        Index("transfer_xact_ix", "mall_id", "xact"),
        {"schema": "ledger", "info": access(app="select", posting="select insert")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    reference_id: Mapped[UUID | None]
    actor_id: Mapped[UUID | None]
    reverses: Mapped[UUID | None]
    occurred_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    xact: Mapped[int] = mapped_column(Xid8(), server_default=text("pg_current_xact_id()"))


class Entry(Base):
    """One line of a transfer: credit positive, debit negative, in `unit`.

    `owner_id` is whose account it is: a shop, a member, a pool's scope, or the mall.
    `counterparty_id` is the other shop of a clearing entry, and the acceptor where outstanding was
    spent at another shop, so that the fund's matrix is a sum.
    """

    __tablename__ = "entry"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount"),
        CheckConstraint("unit IN ('rial', 'point')", name="unit"),
        # The fund's matrix, entry by entry. Few entries are in it: sixteen a purchase are written.
        Index(
            "entry_spent_ix",
            "mall_id",
            "owner_id",
            "counterparty_id",
            "transfer_id",
            postgresql_where=text("account = 'outstanding' AND counterparty_id IS NOT NULL"),
        ),
        # What a pool brought its shops. As few: an entry for points given, one for points taken.
        Index(
            "entry_pool_ix",
            "mall_id",
            "owner_id",
            "counterparty_id",
            "transfer_id",
            postgresql_include=["amount"],
            postgresql_where=text("account = 'reserve'"),
        ),
        # A member's history. What a member holds is few rows, so no other order needs an index.
        Index(
            "entry_member_ix",
            "mall_id",
            "owner_id",
            "transfer_id",
            "n",
            postgresql_where=text("account IN ('credit', 'wallet')"),
        ),
        {
            "schema": "ledger",
            "info": access(
                app="select",
                merchant="select",
                member="select",
                posting="select insert",
                merchant_rows=("owner_id",),
                member_rows=("owner_id",),
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    transfer_id: Mapped[UUID] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger(), primary_key=True)
    owner_id: Mapped[UUID]
    amount: Mapped[int]
    scope_id: Mapped[UUID | None]
    lot_id: Mapped[UUID | None]
    counterparty_id: Mapped[UUID | None]
    account: Mapped[str]
    unit: Mapped[str]


class Checkpoint(Base):
    """Up to which transaction a mall's entries are summed into `balance`."""

    __tablename__ = "checkpoint"
    __table_args__ = (
        {
            "schema": "ledger",
            "info": access(
                app="select", merchant="select", posting="select insert update", merchant_rows=()
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    upto: Mapped[int] = mapped_column(Xid8())


class Balance(Base):
    """Sums of the entries before the checkpoint; a balance is this plus the tail of entries."""

    __tablename__ = "balance"
    __table_args__ = (
        {
            "schema": "ledger",
            "info": access(
                app="select",
                merchant="select",
                posting="select insert update",
                merchant_rows=("owner_id",),
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    scope_id: Mapped[UUID] = mapped_column(primary_key=True)  # nil: none
    counterparty_id: Mapped[UUID] = mapped_column(primary_key=True)  # nil: none
    amount: Mapped[int]
    entries: Mapped[int]


class Seal(Base):
    """A link of a mall's chain over its committed transfers, made off the hot path."""

    __tablename__ = "seal"
    __table_args__ = (
        {
            "schema": "ledger",
            "info": access(
                app="select", merchant="select", posting="select insert", merchant_rows=()
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    from_xact: Mapped[int] = mapped_column(Xid8())  # first transaction of the link
    upto_xact: Mapped[int] = mapped_column(Xid8())  # first transaction after it
    transfers: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary())  # sha256 over the link's transfers
    previous: Mapped[bytes] = mapped_column(LargeBinary())
    hash: Mapped[bytes] = mapped_column(LargeBinary())  # sha256(previous || content)
    sealed_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
