"""Settlements: draft, approval by a second person, completion with its postings.

What becomes of each line in between is marked by `results`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from shared_pool.settlement.errors import (
    PaymentsUnknown,
    SecondPersonRequired,
    SettlementBegun,
    SettlementNotOpen,
)
from shared_pool.settlement.models import Settlement, SettlementLine
from shared_pool.standings.keeping import keep_standings, standings
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.ids import new_id
from timcheh.ledger import postings, queries
from timcheh.malls import Mall
from timcheh.outbox import emit


class Result(StrEnum):
    """What became of a line. Unknown is not refused: the money may be on its way.

    `sent`: a file asks the bank for it. `paid` moves money at the bank, either way; `collateral`
    takes what a shop owes from its deposit.
    """

    WAITING = "waiting"
    SENT = "sent"
    PAID = "paid"
    COLLATERAL = "collateral"
    REFUSED = "refused"
    UNKNOWN = "unknown"


POSTED: Final = (Result.PAID, Result.COLLATERAL)
SETTLED: Final = (*POSTED, Result.REFUSED)
"""Results that nothing more is waited for."""
OPEN: Final = (Result.WAITING, Result.SENT)


@dataclass(frozen=True, slots=True)
class SettlementWithLines:
    """A settlement and its lines, the largest debtor first."""

    head: Settlement
    lines: list[SettlementLine]


async def draft(uow: UnitOfWork, actor_id: UUID) -> SettlementWithLines:
    """A photograph of all positions that no approved settlement is about to pay.

    An earlier draft that nobody approved is superseded: two drafts of the same debts must not
    both be paid. For the same reason drafts are made one after another, and none while what it
    leaves out is being paid: everything that is open stays locked.
    """
    await uow.session.execute(
        select(Mall.mall_id)
        .where(Mall.mall_id == uow.scope.mall_id)
        .with_for_update(key_share=True)  # rows that refer to the mall may be written meanwhile
    )
    for old in await _in_states(uow, "draft", "approved"):
        if old.state == "draft":
            old.state, old.cancelled_at = "cancelled", uow.now
    promised = await _promised(uow)
    found = await standings(uow)
    nets = {}
    for party, standing in found.items():
        net = standing.clearing - promised.get(party, 0)
        if net:
            nets[party] = net
    fees = (await queries.fund(uow)).fee - await _promised_fees(uow)
    head = Settlement(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        state="draft",
        total_pay=-sum(net for net in nets.values() if net < 0),
        total_receive=sum(net for net in nets.values() if net > 0),
        fees=max(fees, 0),
        drafted_by=actor_id,
        approved_by=None,
        completed_by=None,
        created_at=uow.now,
        approved_at=None,
        completed_at=None,
        cancelled_at=None,
    )
    uow.session.add(head)
    await uow.session.flush()
    uow.session.add_all(
        SettlementLine(mall_id=uow.scope.mall_id, settlement_id=head.id, merchant_id=party, net=net)
        for party, net in nets.items()
    )
    await uow.session.flush()
    await keep_standings(uow, head.id, found)
    return await find_settlement(uow, head.id)


async def approve(uow: UnitOfWork, settlement_id: UUID, actor_id: UUID) -> SettlementWithLines:
    """A second person agrees. Raises SecondPersonRequired, SettlementNotOpen, NotFound."""
    head = await locked(uow, settlement_id)
    if head.state != "draft":
        raise SettlementNotOpen(state=head.state)
    if head.drafted_by == actor_id:
        raise SecondPersonRequired
    head.state, head.approved_by, head.approved_at = "approved", actor_id, uow.now
    return await find_settlement(uow, settlement_id)


async def complete(uow: UnitOfWork, settlement_id: UUID, actor_id: UUID) -> SettlementWithLines:
    """The bank has done it: what has no result yet is paid and the mall draws its fees.

    A second time changes nothing. Raises SettlementNotOpen, PaymentsUnknown, NotFound.
    """
    head = await locked(uow, settlement_id)
    found = await find_settlement(uow, settlement_id)
    if head.state == "completed":
        return found
    if head.state != "approved":
        raise SettlementNotOpen(state=head.state)
    unknown = sum(line.result == Result.UNKNOWN for line in found.lines)
    if unknown:
        raise PaymentsUnknown(count=unknown)
    rest = [line for line in found.lines if line.result in OPEN]
    await close(uow, head, rest, actor_id)
    return found


async def close(
    uow: UnitOfWork, head: Settlement, rest: Sequence[SettlementLine], actor_id: UUID
) -> None:
    """Ends an approved settlement, with the postings of the lines that nobody marked."""
    if rest or head.fees:
        transfer = postings.transfer(
            uow, "settlement", id=head.id, reference_id=head.id, actor_id=actor_id
        )
        nets = [(line.merchant_id, line.net) for line in rest]
        await postings.settle(uow, transfer, nets, head.fees)
    for line in rest:
        line.result, line.transfer_id = Result.PAID, head.id
        line.marked_by, line.marked_at = actor_id, uow.now
    head.state, head.completed_by, head.completed_at = "completed", actor_id, uow.now
    await emit(uow, "shared_pool.settlement_completed", {"settlement_id": str(head.id)})


async def cancel(uow: UnitOfWork, settlement_id: UUID) -> SettlementWithLines:
    """Gives up a settlement of which nothing is paid or may be; a second time changes nothing.

    Raises SettlementNotOpen, SettlementBegun, NotFound.
    """
    head = await locked(uow, settlement_id)
    if head.state == "completed":
        raise SettlementNotOpen(state=head.state)
    found = await find_settlement(uow, settlement_id)
    if any(line.result not in (Result.WAITING, Result.REFUSED) for line in found.lines):
        raise SettlementBegun
    if head.state != "cancelled":
        head.state, head.cancelled_at = "cancelled", uow.now
    return found


async def find_settlement(uow: UnitOfWork, settlement_id: UUID) -> SettlementWithLines:
    """Raises NotFound."""
    head = await uow.session.get(Settlement, (uow.scope.mall_id, settlement_id))
    if head is None:
        raise NotFound
    lines = await uow.session.scalars(
        select(SettlementLine)
        .where(
            SettlementLine.mall_id == uow.scope.mall_id,
            SettlementLine.settlement_id == settlement_id,
        )
        .order_by(SettlementLine.net, SettlementLine.merchant_id)
    )
    return SettlementWithLines(head, list(lines))


async def list_settlements(uow: UnitOfWork, after: UUID | None, fetch: int) -> list[Settlement]:
    """Settlements, newest first."""
    query = select(Settlement).where(Settlement.mall_id == uow.scope.mall_id)
    if after is not None:
        query = query.where(Settlement.id < after)
    return list(await uow.session.scalars(query.order_by(Settlement.id.desc()).limit(fetch)))


async def open_settlement(uow: UnitOfWork) -> Settlement | None:
    """The newest settlement that is neither completed nor given up."""
    found: Settlement | None = await uow.session.scalar(
        select(Settlement)
        .where(Settlement.mall_id == uow.scope.mall_id, Settlement.state.in_(("draft", "approved")))
        .order_by(Settlement.id.desc())
        .limit(1)
    )
    return found


async def locked(uow: UnitOfWork, settlement_id: UUID) -> Settlement:
    """The settlement, with all steps of it held back until this transaction ends."""
    head = await uow.session.scalar(
        select(Settlement)
        .where(Settlement.mall_id == uow.scope.mall_id, Settlement.id == settlement_id)
        .with_for_update()
    )
    if head is None:
        raise NotFound
    return head


async def _in_states(uow: UnitOfWork, *states: str) -> list[Settlement]:
    rows = await uow.session.scalars(
        select(Settlement)
        .where(Settlement.mall_id == uow.scope.mall_id, Settlement.state.in_(states))
        .order_by(Settlement.id)
        .with_for_update()
    )
    return list(rows)


async def _promised(uow: UnitOfWork) -> dict[UUID, int]:
    """What approved settlements are about to pay, by shop: all of theirs that isn't posted.

    A refused payment is let go only when its settlement is completed, for until then it may be
    found to have been paid after all.
    """
    rows = await uow.session.execute(
        select(SettlementLine.merchant_id, func.sum(SettlementLine.net))
        .join(
            Settlement,
            (Settlement.mall_id == SettlementLine.mall_id)
            & (Settlement.id == SettlementLine.settlement_id),
        )
        .where(
            SettlementLine.mall_id == uow.scope.mall_id,
            SettlementLine.transfer_id.is_(None),
            Settlement.state == "approved",
        )
        .group_by(SettlementLine.merchant_id)
    )
    return {party: int(net) for party, net in rows}


async def _promised_fees(uow: UnitOfWork) -> int:
    return sum(head.fees for head in await _in_states(uow, "approved"))
