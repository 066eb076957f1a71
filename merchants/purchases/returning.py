"""Returns: goods come back, and with them what they had spent and earned."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import InstrumentedAttribute

from merchants.purchases.errors import NothingToReturn
from merchants.purchases.models import (
    Purchase,
    PurchaseEarn,
    PurchaseLine,
    PurchaseReturn,
    PurchaseSpend,
)
from merchants.purchases.unwinding import (
    EarnBack,
    LineBack,
    Policy,
    SpendBack,
    Unwound,
    unwind,
)
from merchants.shops.models import MerchantAccount
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import Conflict, Invalid, NotFound
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import Grant, Spend
from timcheh.malls import read_mall
from timcheh.outbox import emit

_PRICES = text("SELECT id, redeem_price FROM ledger.scope WHERE mall_id = :mall AND id = ANY(:ids)")
_TAKE_COMMISSION = text(
    "SELECT merchants.take_commission(:mall, :purchase, :colleague, :amount, :actor, :at)"
)
_LOCK = text("SELECT state FROM merchants.lock_purchase(:mall, :merchant, :purchase)")


@dataclass(frozen=True, slots=True)
class Returned:
    """A return that is done, with what it restored and took back."""

    id: UUID
    outcome: Unwound
    units: dict[UUID, str]


async def return_lines(
    uow: UnitOfWork,
    merchant_id: UUID,
    purchase_id: UUID,
    back: Sequence[tuple[int, int]],
    actor_id: UUID,
) -> Returned:
    """Takes back `(line, thousandths)` of a confirmed purchase, in the mall's scope.

    Raises NotFound for a purchase that isn't the shop's, Conflict for one that isn't confirmed,
    Invalid for a line that isn't there, NothingToReturn for more than is left to come back.
    """
    state = await _lock(uow, merchant_id, purchase_id)
    if state != "confirmed":
        raise Conflict("purchase_not_confirmed")
    lines = await _lines_back(uow, purchase_id, back)
    spends = await _rows(uow, PurchaseSpend, PurchaseSpend.purchase_id, purchase_id)
    earns = await _rows(uow, PurchaseEarn, PurchaseEarn.purchase_id, purchase_id)
    lots = await postings.lock_lots(
        uow, sorted({row.lot_id for row in spends} | {row.lot_id for row in earns})
    )
    prices = await _prices(uow, {earn.scope_id for earn in earns if earn.unit == "point"})
    purchase = await uow.session.get_one(Purchase, (uow.scope.mall_id, purchase_id))
    all_lines = await _rows(uow, PurchaseLine, PurchaseLine.purchase_id, purchase_id)
    outcome = unwind(
        lines,
        [_spend_back(row) for row in spends],
        [_earn_back(row, prices) for row in earns],
        lots,
        await _policy(uow, merchant_id),
        debt_back(purchase, all_lines, lines),
    )
    vat = _vat_back(purchase, all_lines, lines)
    outcome.refund += vat
    id = new_id()
    await _post(uow, id, purchase, outcome, {row.n: row for row in earns}, actor_id)
    await _note(uow, purchase_id, lines, outcome)
    await _take_commissions(uow, purchase, all_lines, lines, actor_id)
    _keep(uow, id, purchase, lines, outcome, vat, actor_id)
    await emit(
        uow,
        "merchants.purchase_returned",
        {
            "purchase_id": str(purchase_id),
            "return_id": str(id),
            "merchant_id": str(merchant_id),
            "member_id": str(purchase.member_id),
        },
    )
    return Returned(id, outcome, {row.lot_id: row.unit for row in earns})


async def foresee(
    database: Database,
    mall_id: UUID,
    merchant_id: UUID,
    purchase_id: UUID,
    back: Sequence[tuple[int, int]],
    actor_id: UUID,
) -> Returned:
    """What a return would come to: it is done, told and undone. Raises as `return_lines` does."""
    try:
        async with database.unit_of_work(Scope.mall(mall_id)) as uow:
            done = await return_lines(uow, merchant_id, purchase_id, back, actor_id)
            raise _OnlySeen  # nothing of it stays
    except _OnlySeen:
        return done


class _OnlySeen(Exception):
    """Undoes what has been done to see what it does."""


async def _lock(uow: UnitOfWork, merchant_id: UUID, purchase_id: UUID) -> str:
    found = await uow.session.execute(
        _LOCK, {"mall": uow.scope.mall_id, "merchant": merchant_id, "purchase": purchase_id}
    )
    state = found.scalar_one_or_none()
    if state is None:
        raise NotFound
    return cast("str", state)


async def _rows(
    uow: UnitOfWork, model: Any, key: InstrumentedAttribute[UUID], purchase_id: UUID
) -> list[Any]:
    query = select(model).where(model.mall_id == uow.scope.mall_id, key == purchase_id)
    return list(await uow.session.scalars(query))


async def _lines_back(
    uow: UnitOfWork, purchase_id: UUID, back: Sequence[tuple[int, int]]
) -> list[LineBack]:
    rows = {
        row.line: row
        for row in await _rows(uow, PurchaseLine, PurchaseLine.purchase_id, purchase_id)
    }
    asked: dict[int, int] = {}
    for position, (line, quantity) in enumerate(back):
        if line not in rows:
            raise Invalid.field(f"/lines/{position}/line", "unknown_line")
        asked[line] = asked.get(line, 0) + quantity
    lines = []
    for line, quantity in sorted(asked.items()):
        row = rows[line]
        if quantity > row.quantity_milli - row.returned_milli:
            raise NothingToReturn(line=line + 1)  # as a person counts
        net = row.total - row.discount
        lines.append(
            LineBack(line, row.quantity_milli, row.returned_milli, quantity, row.paid, net)
        )
    return lines


async def _prices(uow: UnitOfWork, scopes: set[UUID]) -> dict[UUID, int]:
    rows = await uow.session.execute(_PRICES, {"mall": uow.scope.mall_id, "ids": list(scopes)})
    return dict(rows.all())


async def _policy(uow: UnitOfWork, merchant_id: UUID) -> Policy:
    policy = await uow.session.scalar(
        select(MerchantAccount.return_policy).where(
            MerchantAccount.mall_id == uow.scope.mall_id,
            MerchantAccount.merchant_id == merchant_id,
        )
    )
    return cast("Policy", policy)


def _spend_back(row: PurchaseSpend) -> SpendBack:
    return SpendBack(
        row.n, row.lot_id, row.amount, row.value, row.fee, row.restored, tuple(row.shares)
    )


def _earn_back(row: PurchaseEarn, prices: dict[UUID, int]) -> EarnBack:
    price = prices[row.scope_id] if row.unit == "point" else 1
    return EarnBack(
        row.n,
        row.lot_id,
        row.unit,
        row.amount,
        row.settled,
        row.absorbed,
        price,
        tuple(row.shares),
    )


def debt_back(purchase: Purchase, rows: Sequence[PurchaseLine], lines: Sequence[LineBack]) -> int:
    """The part of a paid-off debt whose earnings come back now, by what was paid in money."""
    now = sum(line.part(line.paid) for line in lines)
    return _share_back(purchase.debt_paid, [row.paid for row in rows], rows, now)


def _vat_back(purchase: Purchase, rows: Sequence[PurchaseLine], lines: Sequence[LineBack]) -> int:
    """The part of the tax that was paid on top, by what the lines came to after discounts."""
    now = sum(line.part(line.net) for line in lines)
    net = [row.total - row.discount for row in rows]
    return _share_back(purchase.vat_added or 0, net, rows, now)


def _share_back(amount: int, weights: Sequence[int], rows: Sequence[PurchaseLine], now: int) -> int:
    """The part of `amount`, which all lines bear by their weights, that `now` of them brings back.

    Floors of what has come back so far: the parts of all returns add up to the whole.
    """
    whole = sum(weights)
    if amount == 0 or whole == 0:
        return 0
    before = sum(
        weight * row.returned_milli // row.quantity_milli
        for weight, row in zip(weights, rows, strict=True)
    )
    return amount * (before + now) // whole - amount * before // whole


async def _take_commissions(
    uow: UnitOfWork,
    purchase: Purchase,
    rows: Sequence[PurchaseLine],
    lines: Sequence[LineBack],
    actor_id: UUID,
) -> None:
    """Takes back what the lines' colleagues had earned of what comes back."""
    sold = {row.line: row for row in rows if row.commission}
    back: Counter[UUID] = Counter()
    for line in lines:
        if line.line in sold:
            row = sold[line.line]
            back[cast("UUID", row.colleague_id)] += line.part(cast("int", row.commission))
    for colleague_id in sorted(back):
        if back[colleague_id]:
            await uow.session.execute(
                _TAKE_COMMISSION,
                {
                    "mall": uow.scope.mall_id,
                    "purchase": purchase.id,
                    "colleague": colleague_id,
                    "amount": back[colleague_id],
                    "actor": actor_id,
                    "at": uow.now,
                },
            )


async def _post(
    uow: UnitOfWork,
    id: UUID,
    purchase: Purchase,
    outcome: Unwound,
    earns: dict[int, PurchaseEarn],
    actor_id: UUID,
) -> None:
    taken = [each for each in outcome.taken if each.taken]
    if not outcome.restored and not taken:
        return
    grace = timedelta(days=(await read_mall(uow)).return_grace_days)
    head = postings.transfer(
        uow, "return", id=id, reference_id=purchase.id, actor_id=actor_id, reverses=purchase.id
    )
    restores = [
        Spend(id, r.lot_id, -r.amount, -r.value, -r.fee, purchase.merchant_id, False, uow.now)
        for r in outcome.restored
    ]
    takes = [
        Grant(
            id,
            each.lot_id,
            earns[each.n].scope_id,
            purchase.merchant_id,
            "member",
            purchase.member_id,
            -each.taken,
            uow.now,
            None,
            "return",
        )
        for each in taken
    ]
    await postings.unwind(uow, head, restores, takes, uow.now + grace)


async def _note(
    uow: UnitOfWork,
    purchase_id: UUID,
    lines: Sequence[LineBack],
    outcome: Unwound,
) -> None:
    driver = await uow.driver()
    await driver.execute(
        "SELECT merchants.note_return($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        uow.scope.mall_id,
        purchase_id,
        [line.line for line in lines],
        [line.now for line in lines],
        [back.n for back in outcome.restored],
        [back.amount for back in outcome.restored],
        [each.n for each in outcome.taken],
        [each.settled for each in outcome.taken],
        [each.absorbed for each in outcome.taken],
        outcome.carried,
    )


def _keep(
    uow: UnitOfWork,
    id: UUID,
    purchase: Purchase,
    lines: Sequence[LineBack],
    outcome: Unwound,
    vat: int,
    actor_id: UUID,
) -> None:
    uow.session.add(
        PurchaseReturn(
            mall_id=uow.scope.mall_id,
            id=id,
            purchase_id=purchase.id,
            merchant_id=purchase.merchant_id,
            member_id=purchase.member_id,
            actor_id=actor_id,
            refund=outcome.refund,
            deducted=outcome.deducted,
            carried=outcome.carried,
            written_off=outcome.written_off,
            vat=vat or None,
            lines=[{"line": line.line, "quantity_milli": line.now} for line in lines],
            restored=[{"lot_id": str(r.lot_id), "amount": r.amount} for r in outcome.restored],
            taken_back=[
                {"lot_id": str(t.lot_id), "unit": t.unit, "amount": t.taken}
                for t in outcome.taken
                if t.taken
            ],
            created_at=uow.now,
        )
    )
