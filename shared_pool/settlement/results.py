"""What became of each line of a settlement, as banks tell it: bit by bit, late, not for good.

A line's money is posted when it is marked paid and posted back when the bank returns it, each time
by a transfer of its own; so however the results come in, the ledger says what has happened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import exists, select

from shared_pool.settlement.errors import (
    CollateralShort,
    ResultNotPossible,
    SettlementNotOpen,
)
from shared_pool.settlement.models import Settlement, SettlementLine
from shared_pool.settlement.service import (
    OPEN,
    POSTED,
    SETTLED,
    Result,
    SettlementWithLines,
    close,
    find_settlement,
    locked,
)
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.ledger import postings, queries

LONGEST_NOTE: Final = 200
LONGEST_REFERENCE: Final = 60
MOST_LINES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A shop's line and its result; `note` says why, `reference` is the bank's own number."""

    merchant_id: UUID
    result: Result
    note: str | None = None
    reference: str | None = None


async def mark(
    uow: UnitOfWork, settlement_id: UUID, marks: Sequence[Mark], actor_id: UUID
) -> SettlementWithLines:
    """Marks lines; the same mark again changes nothing. Once all are settled it is completed.

    Raises NotFound, SettlementNotOpen, ResultNotPossible, CollateralShort.
    """
    head = await locked(uow, settlement_id)
    if head.state not in ("approved", "completed"):
        raise SettlementNotOpen(state=head.state)
    found = await find_settlement(uow, settlement_id)
    lines = {line.merchant_id: line for line in found.lines}
    if any(each.merchant_id not in lines for each in marks):
        raise NotFound
    # In the order in which the ledger locks the shops.
    for each in sorted(marks, key=lambda each: each.merchant_id):
        await _apply(uow, head, lines[each.merchant_id], each, actor_id)
    await uow.session.flush()
    if head.state == "approved" and all(line.result in SETTLED for line in found.lines):
        await close(uow, head, [], actor_id)
    return found


async def mark_and_record(
    uow: UnitOfWork, caller: Caller, settlement_id: UUID, marks: Sequence[Mark]
) -> SettlementWithLines:
    """`mark`, with what each shop's line became in the log of the mall and of the shop."""
    found = await mark(uow, settlement_id, marks, caller.id)
    for each in marks:
        await record(
            uow,
            caller,
            "settlement.marked",
            "settlement",
            settlement_id,
            merchant_id=each.merchant_id,
            after={"result": each.result.value},
        )
    return found


async def _apply(
    uow: UnitOfWork, head: Settlement, line: SettlementLine, asked: Mark, actor_id: UUID
) -> None:
    if asked.result != line.result:
        await _refuse_impossible(uow, head, line, asked.result)
        if line.result in POSTED:
            await _post_back(uow, line, actor_id)
        posted = asked.result in POSTED
        transfer = await _post(uow, line, asked.result, actor_id) if posted else None
        line.result, line.transfer_id = asked.result, transfer
        line.marked_by, line.marked_at = actor_id, uow.now
        line.note = line.reference = None
    line.note, line.reference = asked.note or line.note, asked.reference or line.reference


async def _refuse_impossible(
    uow: UnitOfWork, head: Settlement, line: SettlementLine, result: Result
) -> None:
    """A completed settlement still hears of money that came back, and of money that went after all.

    The latter only until there is a newer one, which may already pay the same.
    """
    if result in OPEN or (result == Result.COLLATERAL and line.net > 0):
        raise ResultNotPossible(result=result.value)
    if head.state != "completed":
        return
    if result not in SETTLED or (result in POSTED and await _superseded(uow, head)):
        raise ResultNotPossible(result=result.value)


async def _superseded(uow: UnitOfWork, head: Settlement) -> bool:
    newer = exists().where(
        Settlement.mall_id == head.mall_id,
        Settlement.id > head.id,
        Settlement.state != "cancelled",
    )
    return bool(await uow.session.scalar(select(newer)))


async def _post(uow: UnitOfWork, line: SettlementLine, result: Result, actor_id: UUID) -> UUID:
    transfer = postings.transfer(
        uow, "settlement", reference_id=line.settlement_id, actor_id=actor_id
    )
    if result == Result.COLLATERAL:
        await _refuse_short(uow, line)
        await postings.draw_deposit(uow, transfer, line.merchant_id, -line.net)
    else:
        await postings.settle(uow, transfer, [(line.merchant_id, line.net)], 0)
    return transfer.id


async def _post_back(uow: UnitOfWork, line: SettlementLine, actor_id: UUID) -> None:
    """The line's own part of its posting with the other sign: the shop stands as before it."""
    transfer = postings.transfer(
        uow,
        "settlement_return",
        reference_id=line.settlement_id,
        actor_id=actor_id,
        reverses=line.transfer_id,
    )
    if line.result == Result.COLLATERAL:
        await postings.draw_deposit(uow, transfer, line.merchant_id, line.net)
    else:
        await postings.settle(uow, transfer, [(line.merchant_id, -line.net)], 0)


async def _refuse_short(uow: UnitOfWork, line: SettlementLine) -> None:
    """Before the ledger does, and with what there is."""
    deposit = await queries.balance_of(uow, "deposit", line.merchant_id)
    owed = -await queries.balance_of(uow, "clearing", line.merchant_id)
    if min(deposit, owed) < -line.net:
        raise CollateralShort(deposit=deposit, owed=max(owed, 0))
