"""Reading purchases back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from merchants.customers.models import Customer
from merchants.purchases.answer import (
    EarnedOut,
    LineOut,
    MemberOut,
    PurchaseOut,
    SpentOut,
    masked,
    quantity_out,
    reasons_out,
)
from merchants.purchases.models import Purchase, PurchaseEarn, PurchaseLine, PurchaseSpend
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.text.locale import Locale


async def read_purchase(
    uow: UnitOfWork, merchant_id: UUID, purchase_id: UUID, locale: Locale
) -> PurchaseOut:
    """One purchase of a shop. Raises NotFound for any other."""
    found = await read_purchases(uow, [purchase_id], locale)
    if not found or found[0].merchant_id != merchant_id:
        raise NotFound
    return found[0]


async def find_purchase(uow: UnitOfWork, merchant_id: UUID, purchase_id: UUID) -> Purchase:
    """The head of a shop's purchase. Raises NotFound."""
    found = await uow.session.get(Purchase, (uow.scope.mall_id, purchase_id))
    if found is None or found.merchant_id != merchant_id:
        raise NotFound
    return found


async def find_any(uow: UnitOfWork, purchase_id: UUID) -> Purchase:
    """The head of a purchase at any shop of the mall. Raises NotFound."""
    found = await uow.session.get(Purchase, (uow.scope.mall_id, purchase_id))
    if found is None:
        raise NotFound
    return found


async def list_purchases(
    uow: UnitOfWork,
    merchant_id: UUID,
    *,
    member_id: UUID | None,
    after: UUID | None,
    fetch: int,
) -> list[UUID]:
    """Ids of a shop's purchases, newest first."""
    query = select(Purchase.id).where(
        Purchase.mall_id == uow.scope.mall_id, Purchase.merchant_id == merchant_id
    )
    if member_id is not None:
        query = query.where(Purchase.member_id == member_id)
    if after is not None:
        query = query.where(Purchase.id < after)
    return list(await uow.session.scalars(query.order_by(Purchase.id.desc()).limit(fetch)))


async def read_purchases(uow: UnitOfWork, ids: Sequence[UUID], locale: Locale) -> list[PurchaseOut]:
    """Purchases with all that hangs on them, in the order of `ids`; four queries in all."""
    heads = {row.id: row for row in await _rows(uow, Purchase, Purchase.id, ids)}
    lines = _grouped(await _rows(uow, PurchaseLine, PurchaseLine.purchase_id, ids), "line")
    spends = _grouped(await _rows(uow, PurchaseSpend, PurchaseSpend.purchase_id, ids), "n")
    earns = _grouped(await _rows(uow, PurchaseEarn, PurchaseEarn.purchase_id, ids), "n")
    numbers = await _numbers(uow, list(heads.values()))
    return [
        _answer(
            heads[id],
            lines.get(id, []),
            spends.get(id, []),
            earns.get(id, []),
            numbers.get((heads[id].merchant_id, heads[id].member_id), masked("0" * 16)),
            locale,
        )
        for id in ids
        if id in heads
    ]


async def _rows(uow: UnitOfWork, model: Any, key: Any, ids: Sequence[UUID]) -> Sequence[Any]:
    query = select(model).where(model.mall_id == uow.scope.mall_id, key.in_(ids))
    return (await uow.session.scalars(query)).all()


def _grouped(rows: Sequence[Any], order: str) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in sorted(rows, key=lambda row: getattr(row, order)):
        found.setdefault(row.purchase_id, []).append(row)
    return found


async def _numbers(uow: UnitOfWork, heads: Sequence[Purchase]) -> dict[tuple[UUID, UUID], str]:
    """Member numbers as the shop knows them: of its customers only."""
    rows = await uow.session.execute(
        select(Customer.merchant_id, Customer.member_id, Customer.number).where(
            Customer.mall_id == uow.scope.mall_id,
            Customer.merchant_id.in_({head.merchant_id for head in heads}),
            Customer.member_id.in_({head.member_id for head in heads}),
        )
    )
    return {(merchant, member): number for merchant, member, number in rows}


def _answer(
    head: Purchase,
    lines: Sequence[PurchaseLine],
    spends: Sequence[PurchaseSpend],
    earns: Sequence[PurchaseEarn],
    number: str,
    locale: Locale,
) -> PurchaseOut:
    return PurchaseOut(
        id=head.id,
        state=head.state,
        merchant_id=head.merchant_id,
        branch_id=head.branch_id,
        terminal_id=head.terminal_id,
        member=MemberOut(head.member_id, number),
        total=head.total,
        discount=head.discount,
        spent=[
            SpentOut(s.lot_id, s.issuer_id, s.scope_id, s.unit, s.amount, s.value, s.fee)
            for s in spends
        ],
        spent_value=head.spent_value,
        to_pay=head.to_pay,
        earned=[
            EarnedOut(e.lot_id, e.unit, e.amount, e.scope_id, e.merchant_id, e.expires_at, e.rule)
            for e in earns
        ],
        debt_paid=head.debt_paid,
        reasons=reasons_out(head.reasons, locale),
        lines=[_line(line) for line in lines],
        rules_version=head.rules_version,
        occurred_at=head.occurred_at,
        expires_at=head.expires_at,
        vat_bps=head.vat_bps,
        vat_added=head.vat_added or 0,
    )


def _line(line: PurchaseLine) -> LineOut:
    return LineOut(
        line.line,
        line.sku,
        line.name,
        line.group,
        quantity_out(line.quantity_milli),
        quantity_out(line.returned_milli),
        line.unit_price,
        line.total,
        line.discount,
        line.spent_value,
        line.paid,
        line.colleague_id,
        line.commission or 0,
    )
