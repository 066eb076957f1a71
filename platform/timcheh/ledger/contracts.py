"""What the ledger's SQL functions take, field by field as in `sql/00_types.sql`.

Tuples, because that is how the driver sends PostgreSQL's composite types. Amounts are integers:
rial, or points where the lot's scope counts points.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Unit(StrEnum):
    """What a lot counts. Points are worth their scope's price, the other two are rial."""

    RIAL = "rial"
    POINT = "point"
    WALLET = "wallet"


class ScopeKind(StrEnum):
    """Where a lot can be spent: the issuer alone, its partners, every shop, a pool's shops."""

    OWN = "own"
    PARTNERS = "partners"
    NETWORK = "network"
    OWN_POINTS = "own_points"
    POOL = "pool"
    WALLET = "wallet"


class Transfer(NamedTuple):
    """The head of one event of value. `reference_id` is what it is about, in its module."""

    id: UUID
    kind: str
    reference_id: UUID | None
    actor_id: UUID | None
    reverses: UUID | None
    occurred_at: datetime


class Spend(NamedTuple):
    """A part of a lot that pays at an acceptor; all three amounts negative to undo it.

    `amount` is in the lot's unit, `value` and `fee` in rial. `held`: an authorisation pinned it.
    """

    transfer_id: UUID
    lot_id: UUID
    amount: int
    value: int
    fee: int
    acceptor_id: UUID
    held: bool
    at: datetime


class Grant(NamedTuple):
    """A lot that comes into being; a negative amount takes so much of it back."""

    transfer_id: UUID
    lot_id: UUID
    scope_id: UUID
    issuer_id: UUID
    holder_kind: str
    holder_id: UUID
    amount: int
    available_from: datetime
    expires_at: datetime | None
    reason: str


class LotState(NamedTuple):
    """A lot as a return finds it, locked. `spent` is what is neither left, expired nor taken."""

    id: UUID
    granted: int
    remaining: int
    held: int
    expired: int
    taken_back: int
    expires_at: datetime | None

    @property
    def free(self) -> int:
        return self.remaining - self.held


class Check(NamedTuple):
    """One invariant of the proof."""

    name: str
    ok: bool
    detail: str


class Position(NamedTuple):
    """Where a party stands, rial, signs as in the ledger.

    `outstanding` is minus its live lots; `clearing` positive: the fund owes it.
    """

    outstanding: int
    clearing: int
    deposit: int
    credit_limit: int | None


class Fund(NamedTuple):
    """The fund's own accounts, rial, signs as in the ledger (credit positive)."""

    fee: int
    reserve: int
    gateway: int
    cash: int
    wallet: int
