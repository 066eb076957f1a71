"""What the ledger tells: positions, the fund, the matrix, lots, the proof."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid

from timcheh.db import UnitOfWork
from timcheh.ledger.contracts import Check, Fund, Grant, Position

_POSITIONS = text(
    """
    SELECT p.id, p.credit_limit,
           coalesce(sum(b.amount) FILTER (WHERE b.account = 'outstanding'), 0)::bigint,
           coalesce(sum(b.amount) FILTER (WHERE b.account = 'clearing'), 0)::bigint,
           coalesce(sum(b.amount) FILTER (WHERE b.account = 'deposit'), 0)::bigint
    FROM ledger.party p
    LEFT JOIN ledger.balances(:mall) b ON b.owner_id = p.id
        AND b.account IN ('outstanding', 'clearing', 'deposit')
    WHERE p.mall_id = :mall
    GROUP BY p.id, p.credit_limit ORDER BY p.id
    """
)
_PARTIES = text("SELECT p.id FROM ledger.party p WHERE p.mall_id = :mall")
_BALANCES = text(
    """
    SELECT b.account, b.owner_id, b.counterparty_id, sum(b.amount)::bigint
    FROM ledger.balances(:mall) b
    WHERE b.account IN ('clearing', 'outstanding', 'deposit', 'fee', 'reserve')
    GROUP BY 1, 2, 3
    """
)
_LIMIT = text("SELECT p.credit_limit FROM ledger.party p WHERE p.mall_id = :mall AND p.id = :party")
_BALANCE = text("SELECT ledger.balance_of(:mall, :account, :owner)")
_ROOM = text(
    """
    SELECT p.credit_limit + coalesce(x.deposit - x.partner_outstanding - x.owed, 0)
    FROM ledger.party p
    LEFT JOIN ledger.exposure(:mall, ARRAY[CAST(:party AS uuid)]) x ON x.party_id = p.id
    WHERE p.mall_id = :mall AND p.id = :party
    """
)
_EXPOSURES = text(
    """
    SELECT x.party_id, x.partner_outstanding + x.owed FROM ledger.exposure(
        :mall, ARRAY(SELECT p.id FROM ledger.party p WHERE p.mall_id = :mall)
    ) x
    """
)
_FUND = text(
    """
    SELECT b.account, sum(b.amount)::bigint FROM ledger.balances(:mall) b
    WHERE b.account IN ('fee', 'reserve', 'gateway', 'cash', 'wallet') GROUP BY b.account
    """
)
_MATRIX = text(
    """
    SELECT b.owner_id, b.counterparty_id, sum(b.amount)::bigint FROM ledger.balances(:mall) b
    WHERE b.account = 'outstanding' AND b.counterparty_id <> kernel.nil()
    GROUP BY b.owner_id, b.counterparty_id HAVING sum(b.amount) <> 0
    """
)
_SPENT_IN = text(
    """
    SELECT b.scope_id, b.counterparty_id, sum(b.amount)::bigint FROM ledger.balances(:mall) b
    WHERE b.account = 'outstanding' AND b.counterparty_id <> kernel.nil()
      AND b.scope_id = ANY(:scopes)
    GROUP BY 1, 2
    """
).bindparams(bindparam("scopes", type_=ARRAY(Uuid())))
_PROOF = text("SELECT name, ok, detail FROM ledger.proof(:mall)")
_LOTS = text(
    """
    SELECT l.id, l.unit, l.issuer_id, l.scope_id, s.kind, l.granted,
           l.remaining - coalesce((
               SELECT sum(h.amount) FROM ledger.hold h
               WHERE h.mall_id = :mall AND h.lot_id = l.id AND h.expires_at > :at
           ), 0)::bigint AS available,
           coalesce((
               SELECT sum(h.amount) FROM ledger.hold h
               WHERE h.mall_id = :mall AND h.lot_id = l.id AND h.expires_at > :at
           ), 0)::bigint AS held,
           l.available_from, l.expires_at, l.created_at, l.reason, s.redeem_price,
           l.transfer_id,
           ARRAY(
               SELECT a.merchant_id FROM ledger.acceptor a
               WHERE a.mall_id = :mall AND a.scope_id = l.scope_id AND a.valid_from <= :at
                 AND (a.valid_until IS NULL OR a.valid_until > :at)
               ORDER BY a.merchant_id
           ) AS acceptors
    FROM ledger.lot l
    JOIN ledger.scope s ON s.mall_id = :mall AND s.id = l.scope_id
    WHERE l.mall_id = :mall AND l.holder_id = ANY(:holders) AND l.open
      AND (l.expires_at IS NULL OR l.expires_at > :at OR l.held > 0)
    ORDER BY l.expires_at NULLS LAST, cardinality(ARRAY(
        SELECT 1 FROM ledger.acceptor a WHERE a.mall_id = :mall AND a.scope_id = l.scope_id
    )), l.created_at, l.id
    """
).bindparams(bindparam("holders", type_=ARRAY(Uuid())))

_GRANTS = text(
    """
    SELECT l.transfer_id, l.id, l.scope_id, l.issuer_id, l.holder_kind, l.holder_id, l.granted,
           l.available_from, l.expires_at, l.reason
    FROM ledger.lot l WHERE l.mall_id = :mall AND l.id = ANY(:lots) ORDER BY l.id
    """
).bindparams(bindparam("lots", type_=ARRAY(Uuid())))


class HeldLot(NamedTuple):
    """A live lot with what a person wants to know of it. `value` of points: x `redeem_price`."""

    id: UUID
    unit: str
    issuer_id: UUID
    scope_id: UUID
    scope_kind: str
    granted: int
    available: int
    held: int
    available_from: datetime
    expires_at: datetime | None
    created_at: datetime
    reason: str
    redeem_price: int
    transfer_id: UUID
    acceptors: list[UUID]


class Balance(NamedTuple):
    """One balance; `counterparty_id` is nil where the account names none."""

    account: str
    owner_id: UUID
    counterparty_id: UUID
    amount: int


async def positions(uow: UnitOfWork) -> dict[UUID, Position]:
    """Every party's position, by party. In the mall's scope only."""
    rows = await uow.session.execute(_POSITIONS, {"mall": uow.scope.mall_id})
    return {
        party: Position(outstanding, clearing, deposit, limit)
        for party, limit, outstanding, clearing, deposit in rows
    }


async def parties(uow: UnitOfWork) -> list[UUID]:
    """Every issuer, the mall among them. In the mall's scope."""
    return list(await uow.session.scalars(_PARTIES, {"mall": uow.scope.mall_id}))


async def credit_limit(uow: UnitOfWork, party_id: UUID) -> int | None:
    """What a party may owe and promise beyond its deposit, rial; none: no limit."""
    found: int | None = await uow.session.scalar(
        _LIMIT, {"mall": uow.scope.mall_id, "party": party_id}
    )
    return found


async def balances(uow: UnitOfWork) -> list[Balance]:
    """What shops' positions are made of, all of one moment; rial. In the mall's scope only."""
    rows = await uow.session.execute(_BALANCES, {"mall": uow.scope.mall_id})
    return [Balance(*row) for row in rows]


async def balance_of(uow: UnitOfWork, account: str, owner_id: UUID) -> int:
    """One balance, in the account's unit. In the mall's scope only: shops can't read the tail."""
    found = await uow.session.scalar(
        _BALANCE, {"mall": uow.scope.mall_id, "account": account, "owner": owner_id}
    )
    assert isinstance(found, int)
    return found


async def room_left(uow: UnitOfWork, party_id: UUID) -> int:
    """How much more partner credit a party could have out, rial; below zero: it is over its limit.

    In the mall's scope only.
    """
    found = await uow.session.scalar(_ROOM, {"mall": uow.scope.mall_id, "party": party_id})
    return int(found or 0)


async def exposures(uow: UnitOfWork) -> dict[UUID, int]:
    """What parties have promised beyond their own counters, and owe; rial. In the mall's scope.

    Measured against deposit and credit limit.
    """
    rows = await uow.session.execute(_EXPOSURES, {"mall": uow.scope.mall_id})
    return {party: int(amount) for party, amount in rows}


async def fund(uow: UnitOfWork) -> Fund:
    """The fund's own accounts."""
    rows = await uow.session.execute(_FUND, {"mall": uow.scope.mall_id})
    found: dict[str, int] = dict(rows.all())
    return Fund(*(found.get(account, 0) for account in Fund._fields))


async def matrix(uow: UnitOfWork) -> dict[tuple[UUID, UUID], int]:
    """Credit spent by (issuer, acceptor), rial, less what returns put back."""
    rows = await uow.session.execute(_MATRIX, {"mall": uow.scope.mall_id})
    return {(owner, other): amount for owner, other, amount in rows}


async def spent_in(uow: UnitOfWork, scope_ids: Sequence[UUID]) -> dict[tuple[UUID, UUID], int]:
    """Credit of some scopes spent away from its issuer, by (scope, acceptor), rial, less what
    returns put back. In the mall's scope."""
    asked = {"mall": uow.scope.mall_id, "scopes": list(scope_ids)}
    rows = await uow.session.execute(_SPENT_IN, asked)
    return {(scope, acceptor): amount for scope, acceptor, amount in rows}


async def proof(uow: UnitOfWork) -> list[Check]:
    """Every invariant of the ledger over the mall of the scope."""
    rows = await uow.session.execute(_PROOF, {"mall": uow.scope.mall_id})
    return [Check(name, ok, detail) for name, ok, detail in rows]


async def lots_of(uow: UnitOfWork, holders: Sequence[UUID]) -> list[HeldLot]:
    """The live lots of some holders, in the order in which they would be spent."""
    rows = await uow.session.execute(
        _LOTS, {"mall": uow.scope.mall_id, "holders": list(holders), "at": uow.now}
    )
    return [HeldLot(*row) for row in rows]


async def grants_of(uow: UnitOfWork, lot_ids: Sequence[UUID]) -> list[Grant]:
    """What some lots were granted as, for whoever takes it back. In the mall's scope."""
    rows = await uow.session.execute(_GRANTS, {"mall": uow.scope.mall_id, "lots": list(lot_ids)})
    return [Grant(*row) for row in rows]
