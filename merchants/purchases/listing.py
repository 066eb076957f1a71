"""Lists of purchases and the whole of one, as the shop's portal shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from merchants.customers.models import Customer
from merchants.customers.queries import matches
from merchants.listing import Window
from merchants.permissions import Branches
from merchants.purchases.models import (
    Purchase,
    PurchaseEarn,
    PurchaseLine,
    PurchaseReturn,
    PurchaseSpend,
)
from merchants.purchases.queries import find_purchase
from merchants.shops.models import Branch
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.ids import first_id_at, first_id_since, read_id
from timcheh.ledger.models import ValueScope


@dataclass(frozen=True, slots=True)
class PurchaseRow:
    """A purchase in a list, money in rial. Without `mobile` the member is no customer (yet)."""

    id: UUID
    at: datetime
    state: str
    member_id: UUID
    total: int
    spent_value: int
    to_pay: int
    name: str | None
    mobile: str | None
    earned: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PurchaseFilter:
    """Which of a shop's purchases: `branches` None is all of them, empty texts are no filter;
    `since` counts by when they were recorded, `starts` and `ends` (not in) by when they were."""

    branches: Branches = None
    state: str = ""
    query: str = ""
    member_id: UUID | None = None
    since: datetime | None = None
    starts: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class PurchaseDetail:
    """A purchase with all that hangs on it. `scopes`: the kinds of the scopes it earned in."""

    head: Purchase
    lines: Sequence[PurchaseLine]
    spends: Sequence[PurchaseSpend]
    earns: Sequence[PurchaseEarn]
    returns: Sequence[PurchaseReturn]
    scopes: dict[UUID, str]
    customer: Customer | None
    branch: str

    @property
    def can_return(self) -> bool:
        """Whether something of it is still with the customer."""
        left = any(line.returned_milli < line.quantity_milli for line in self.lines)
        return left and self.head.state == "confirmed"


async def list_rows(
    uow: UnitOfWork, merchant_id: UUID, wanted: PurchaseFilter, window: Window[UUID]
) -> list[PurchaseRow]:
    """A shop's purchases, newest first."""
    statement = (
        select(
            Purchase.id,
            Purchase.occurred_at,
            Purchase.state,
            Purchase.member_id,
            Purchase.total,
            Purchase.spent_value,
            Purchase.to_pay,
            Customer.name,
            Customer.mobile,
        )
        .outerjoin(
            Customer,
            (Customer.mall_id == Purchase.mall_id)
            & (Customer.merchant_id == Purchase.merchant_id)
            & (Customer.member_id == Purchase.member_id),
        )
        .where(
            Purchase.mall_id == uow.scope.mall_id,
            Purchase.merchant_id == merchant_id,
            *_conditions(wanted),
        )
    )
    if window.key is not None:
        beyond = Purchase.id > window.key if window.backwards else Purchase.id < window.key
        statement = statement.where(beyond)
    order = Purchase.id if window.backwards else Purchase.id.desc()
    found = await uow.session.execute(statement.order_by(order).limit(window.fetch))
    rows = [PurchaseRow(*row) for row in found]
    for id, unit, amount in await _earned(uow, [row.id for row in rows]):
        next(row for row in rows if row.id == id).earned[unit] = amount
    return rows


async def read_detail(
    uow: UnitOfWork, merchant_id: UUID, purchase_id: UUID, branches: Branches
) -> PurchaseDetail:
    """One purchase of a shop. Raises NotFound for any other, and for other branches'."""
    head = await find_purchase(uow, merchant_id, purchase_id)
    if branches is not None and head.branch_id not in branches:
        raise NotFound
    mall = uow.scope.mall_id
    customer = await uow.session.get(Customer, (mall, merchant_id, head.member_id))
    branch = (
        await uow.session.get(Branch, (mall, merchant_id, head.branch_id))
        if head.branch_id
        else None
    )
    earns = await _parts(uow, PurchaseEarn, PurchaseEarn.n, purchase_id)
    return PurchaseDetail(
        head,
        await _parts(uow, PurchaseLine, PurchaseLine.line, purchase_id),
        await _parts(uow, PurchaseSpend, PurchaseSpend.n, purchase_id),
        earns,
        await _parts(uow, PurchaseReturn, PurchaseReturn.id, purchase_id),
        await scope_kinds(uow, [earn.scope_id for earn in earns]),
        customer,
        branch.name if branch else "",
    )


async def read_own(uow: UnitOfWork, purchase_id: UUID) -> PurchaseDetail:
    """One of a member's own purchases, in the member's scope. Raises NotFound for any other."""
    head = await uow.session.get(Purchase, (uow.scope.mall_id, purchase_id))
    if head is None:
        raise NotFound
    earns = await _parts(uow, PurchaseEarn, PurchaseEarn.n, purchase_id)
    return PurchaseDetail(
        head,
        await _parts(uow, PurchaseLine, PurchaseLine.line, purchase_id),
        await _parts(uow, PurchaseSpend, PurchaseSpend.n, purchase_id),
        earns,
        await _parts(uow, PurchaseReturn, PurchaseReturn.id, purchase_id),
        await scope_kinds(uow, [earn.scope_id for earn in earns]),
        None,
        "",
    )


async def what_was_sold(
    uow: UnitOfWork, ids: Sequence[UUID]
) -> dict[UUID, list[tuple[str | None, bool]]]:
    """Of each purchase's lines, in order: what it was, and whether some of it has come back."""
    rows = await uow.session.execute(
        select(
            PurchaseLine.purchase_id,
            func.coalesce(PurchaseLine.name, PurchaseLine.sku, PurchaseLine.group),
            PurchaseLine.returned_milli > 0,
        )
        .where(PurchaseLine.mall_id == uow.scope.mall_id, PurchaseLine.purchase_id.in_(ids))
        .order_by(PurchaseLine.purchase_id, PurchaseLine.line)
    )
    found: dict[UUID, list[tuple[str | None, bool]]] = {}
    for purchase_id, name, back in rows:
        found.setdefault(purchase_id, []).append((name, back))
    return found


async def scope_kinds(uow: UnitOfWork, scope_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The kinds of some scopes."""
    if not scope_ids:
        return {}
    rows = await uow.session.execute(
        select(ValueScope.id, ValueScope.kind).where(
            ValueScope.mall_id == uow.scope.mall_id, ValueScope.id.in_(scope_ids)
        )
    )
    return {row[0]: row[1] for row in rows}


async def earning_rules(
    uow: UnitOfWork, merchant_id: UUID, purchase_ids: Sequence[UUID]
) -> dict[UUID, tuple[str, datetime]]:
    """By lot: which rule granted it in which of the shop's own purchases, and when that was."""
    rows = await uow.session.execute(
        select(PurchaseEarn.lot_id, PurchaseEarn.rule, PurchaseEarn.available_from).where(
            PurchaseEarn.mall_id == uow.scope.mall_id,
            PurchaseEarn.merchant_id == merchant_id,
            PurchaseEarn.purchase_id.in_(purchase_ids),
        )
    )
    return {lot: (rule, at) for lot, rule, at in rows}


def _conditions(wanted: PurchaseFilter) -> list[Any]:
    found: list[Any] = []
    if wanted.branches is not None:
        found.append(Purchase.branch_id.in_(wanted.branches))
    if wanted.state:
        found.append(Purchase.state == wanted.state)
    if wanted.member_id is not None:
        found.append(Purchase.member_id == wanted.member_id)
    if wanted.query:
        found.append(_found(wanted.query))
    if wanted.since is not None:
        found.append(Purchase.id >= first_id_at(wanted.since))
    if wanted.starts is not None:  # the key bounds what is read
        found.append(Purchase.id >= first_id_since(wanted.starts))
        found.append(Purchase.occurred_at >= wanted.starts)
    if wanted.ends is not None:
        found.append(Purchase.occurred_at < wanted.ends)
    return found


def _found(query: str) -> Any:
    purchase_id = read_id(query.strip())
    return matches(query) if purchase_id is None else Purchase.id == purchase_id


async def _earned(uow: UnitOfWork, ids: Sequence[UUID]) -> Sequence[Any]:
    if not ids:
        return ()
    found = await uow.session.execute(
        select(PurchaseEarn.purchase_id, PurchaseEarn.unit, func.sum(PurchaseEarn.amount))
        .where(PurchaseEarn.mall_id == uow.scope.mall_id, PurchaseEarn.purchase_id.in_(ids))
        .group_by(PurchaseEarn.purchase_id, PurchaseEarn.unit)
    )
    return [(id, unit, int(amount)) for id, unit, amount in found]


async def _parts(
    uow: UnitOfWork, model: Any, order: InstrumentedAttribute[Any], purchase_id: UUID
) -> list[Any]:
    statement = select(model).where(
        model.mall_id == uow.scope.mall_id, model.purchase_id == purchase_id
    )
    return list(await uow.session.scalars(statement.order_by(order)))
