"""The typed face of the ledger's SQL functions: one coroutine for each event of value.

Every one runs in the caller's unit of work, which must be in the mall's scope. Refusals are
`timcheh.ledger.errors`. The purchase path calls `ledger.post` from SQL instead.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from timcheh.db import UnitOfWork
from timcheh.ids import new_id
from timcheh.ledger.contracts import Grant, LotState, ScopeKind, Spend, Transfer, Unit
from timcheh.ledger.errors import refusals


def transfer(
    uow: UnitOfWork,
    kind: str,
    *,
    id: UUID | None = None,
    reference_id: UUID | None = None,
    actor_id: UUID | None = None,
    reverses: UUID | None = None,
) -> Transfer:
    """The head of a transfer that happens now."""
    return Transfer(id or new_id(), kind, reference_id, actor_id, reverses, uow.now)


async def _call(uow: UnitOfWork, statement: str, *arguments: object) -> object:
    driver = await uow.driver()
    with refusals():
        return await driver.fetchval(statement, uow.scope.mall_id, *arguments)


async def open_party(uow: UnitOfWork, id: UUID, kind: str, credit_limit: int | None) -> None:
    """A new issuer: a shop (`merchant`) or the mall (`mall`). Limit in rial, none: no limit."""
    await _call(uow, "SELECT ledger.open_party($1, $2, $3, $4)", id, kind, credit_limit)


async def set_credit_limit(uow: UnitOfWork, id: UUID, credit_limit: int | None) -> None:
    """What is granted already stays; only new grants are measured against the new limit."""
    await _call(uow, "SELECT ledger.set_credit_limit($1, $2, $3)", id, credit_limit)


async def open_scope(
    uow: UnitOfWork,
    kind: ScopeKind,
    unit: Unit,
    *,
    issuer_id: UUID | None = None,
    issue_price: int = 0,
    redeem_price: int = 0,
    lot_months: int | None = None,
) -> UUID:
    """A new scope, accepted nowhere yet. Prices in rial per point; lots live Jalali months."""
    id = new_id()
    await _call(
        uow,
        "SELECT ledger.open_scope($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        kind.value,
        unit.value,
        issuer_id,
        issue_price,
        redeem_price,
        lot_months,
    )
    return id


async def name_scope(uow: UnitOfWork, scope_id: UUID, name: str) -> None:
    """The name by which people know it, where its kind and issuer don't say it all: a pool's."""
    await _call(uow, "SELECT ledger.name_scope($1, $2, $3)", scope_id, name)


async def accept_scope(
    uow: UnitOfWork,
    scope_id: UUID,
    merchant_id: UUID,
    *,
    branch_id: UUID | None = None,
    fee_bps: int = 0,
    max_share_bps: int | None = None,
    until: datetime | None = None,
) -> None:
    """A shop, or one branch of it, accepts a scope from now on, or on new terms."""
    await _call(
        uow,
        "SELECT ledger.accept_scope($1, $2, $3, $4, $5, $6, $7, $8)",
        scope_id,
        merchant_id,
        branch_id,
        fee_bps,
        max_share_bps,
        uow.now,
        until,
    )


async def end_acceptance(
    uow: UnitOfWork, scope_id: UUID, merchant_id: UUID, until: datetime
) -> None:
    """A shop stops accepting a scope at the given time."""
    await _call(uow, "SELECT ledger.end_acceptance($1, $2, $3, $4)", scope_id, merchant_id, until)


async def post(
    uow: UnitOfWork,
    transfers: Sequence[Transfer],
    spends: Sequence[Spend] = (),
    grants: Sequence[Grant] = (),
) -> None:
    """Spends and grants outside a purchase. Raises LotShort, LimitExceeded, NotGrantable."""
    await _call(
        uow, "SELECT ledger.post($1, $2, $3, $4)", list(transfers), list(spends), list(grants)
    )


async def hold(
    uow: UnitOfWork, reference_id: UUID, spends: Sequence[Spend], until: datetime
) -> None:
    """Pins lots for a reference until a moment. Raises LotShort."""
    await _call(uow, "SELECT ledger.hold($1, $2, $3, $4)", reference_id, list(spends), until)


async def release(uow: UnitOfWork, reference_id: UUID) -> int:
    """Frees a reference's holds and answers how many there were."""
    count = await _call(uow, "SELECT ledger.release($1, $2, true)", reference_id)
    assert isinstance(count, int)
    return count


async def deposit(uow: UnitOfWork, head: Transfer, party_id: UUID, amount: int) -> None:
    """Collateral, rial: positive comes in, negative goes back. Raises LimitExceeded, NotFound."""
    await _call(uow, "SELECT ledger.deposit($1, $2, $3, $4)", head, party_id, amount)


async def draw_deposit(uow: UnitOfWork, head: Transfer, party_id: UUID, amount: int) -> None:
    """Pays what a party owes from its collateral, rial; negative puts it back.

    Raises LimitExceeded for more than is there, or than it owes.
    """
    await _call(uow, "SELECT ledger.draw_deposit($1, $2, $3, $4)", head, party_id, amount)


async def settle(
    uow: UnitOfWork, head: Transfer, nets: Sequence[tuple[UUID, int]], fees: int
) -> None:
    """Pays positions (`net` > 0: the fund pays the shop) and draws the mall's fees; rial."""
    await _call(
        uow,
        "SELECT ledger.settle($1, $2, $3, $4, $5)",
        head,
        [party for party, _ in nets],
        [net for _, net in nets],
        fees,
    )


async def top_up(
    uow: UnitOfWork, head: Transfer, scope_id: UUID, member_id: UUID, amount: int
) -> UUID:
    """A member's money becomes a wallet lot, whose id is the answer; rial."""
    lot_id = new_id()
    await _call(
        uow,
        "SELECT ledger.top_up($1, $2, $3, $4, $5, $6)",
        head,
        lot_id,
        scope_id,
        member_id,
        amount,
    )
    return lot_id


async def settle_gateway(uow: UnitOfWork, head: Transfer, amount: int) -> None:
    """The payment provider paid out to the fund's bank account; rial."""
    await _call(uow, "SELECT ledger.settle_gateway($1, $2, $3)", head, amount)


async def commission(
    uow: UnitOfWork, head: Transfer, party_id: UUID, person_id: UUID, amount: int
) -> None:
    """A person earns from a shop (positive), or is paid what they had earned (negative); rial."""
    await _call(
        uow, "SELECT ledger.commission($1, $2, $3, $4, $5)", head, party_id, person_id, amount
    )


async def lock_lots(uow: UnitOfWork, lot_ids: Sequence[UUID]) -> dict[UUID, LotState]:
    """Locks lots in id order and answers how they stand."""
    driver = await uow.driver()
    rows = await driver.fetch(
        "SELECT id, granted, remaining, held, expired, taken_back, expires_at"
        " FROM ledger.lock_lots($1, $2, $3)",
        uow.scope.mall_id,
        list(lot_ids),
        uow.now,
    )
    return {row["id"]: LotState(*row.values()) for row in rows}


async def unwind(
    uow: UnitOfWork,
    head: Transfer,
    restores: Sequence[Spend],
    takes: Sequence[Grant],
    grace_until: datetime,
) -> None:
    """Undoes spends and grants (negative amounts). Expired lots live again until `grace_until`."""
    await _call(
        uow,
        "SELECT ledger.unwind($1, $2, $3, $4, $5, $6)",
        head,
        list(restores),
        list(takes),
        uow.now,
        grace_until,
    )


async def reverse(uow: UnitOfWork, head: Transfer) -> None:
    """A correction: the entries of `head.reverses` with the other sign, once."""
    await _call(uow, "SELECT ledger.reverse($1, $2)", head)


async def expire_due(uow: UnitOfWork, limit: int = 1000) -> int:
    """Expires lots whose last day is over, at most `limit`; answers how many."""
    count = await _call(uow, "SELECT ledger.expire_due($1, $2, $3)", uow.now, limit)
    assert isinstance(count, int)
    return count


async def forfeit(uow: UnitOfWork, member_id: UUID, words: Sequence[str]) -> int:
    """Ends all that a member holds, as an expiry would; answers how many lots. `words` are the
    person's, and go out of the reasons. Raises LotShort while a purchase pins any of it, or while
    there is wallet money."""
    count = await _call(
        uow, "SELECT ledger.forfeit($1, $2, $3, $4)", member_id, list(words), uow.now
    )
    assert isinstance(count, int)
    return count


async def roll_up(uow: UnitOfWork) -> None:
    """Sums entries of finished transactions into balances."""
    await _call(uow, "SELECT ledger.roll_up($1)")


async def seal(uow: UnitOfWork, limit: int = 10_000) -> int:
    """Adds a link over finished transfers to the mall's chain; answers how many it sealed."""
    count = await _call(uow, "SELECT ledger.seal($1, $2)", limit)
    assert isinstance(count, int)
    return count
