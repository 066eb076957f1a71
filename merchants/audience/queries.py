"""Counting and listing the customers who meet a condition."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, select

from merchants.audience.columns import tables
from merchants.audience.predicate import predicate
from merchants.audience.scale import find_scale
from merchants.customers.models import Customer
from merchants.customers.queries import CustomerKey, newest_first
from merchants.listing import Window
from timcheh.db import Scope, UnitOfWork
from timcheh.rules import Condition, facts_in
from timcheh.rules.facts import BEYOND

_CHUNK: Final = 5_000


def scope_for(mall_id: UUID, merchant_id: UUID, condition: Condition | None) -> Scope:
    """The narrowest scope in which a shop's audience can be looked up."""
    if condition is not None and not BEYOND.isdisjoint(facts_in(condition)):
        return Scope.mall(mall_id)
    return Scope.merchant(mall_id, merchant_id)


@dataclass(frozen=True, slots=True)
class Audience:
    """The customers of one shop for whom `where` holds."""

    source: FromClause
    where: ColumnElement[bool]

    async def count(self, uow: UnitOfWork) -> int:
        """How many they are."""
        counted = select(func.count()).select_from(self.source).where(self.where)
        return await uow.session.scalar(counted) or 0

    async def page(self, uow: UnitOfWork, window: Window[CustomerKey]) -> list[Customer]:
        """A stretch of them, the latest to buy first."""
        return list(await uow.session.scalars(newest_first(self._select(Customer), window)))

    async def listed(self, uow: UnitOfWork, after: UUID | None, fetch: int) -> list[Customer]:
        """A stretch of them, the newest members first."""
        query = self._select(Customer)
        if after is not None:
            query = query.where(Customer.member_id < after)
        ordered = query.order_by(Customer.member_id.desc()).limit(fetch)
        return list(await uow.session.scalars(ordered))

    async def members(self, uow: UnitOfWork, among: Collection[UUID] | None = None) -> list[UUID]:
        """The ids of all of them, or of those among some."""
        query = self._select(Customer.member_id)
        if among is not None:
            query = query.where(Customer.member_id.in_(among))
        return list(await uow.session.scalars(query.order_by(Customer.member_id)))

    async def chunks(self, uow: UnitOfWork) -> AsyncIterator[list[Customer]]:
        """All of them, some thousands at a time: for exports and messages."""
        last: UUID | None = None
        while True:
            query = self._select(Customer).order_by(Customer.member_id).limit(_CHUNK)
            if last is not None:
                query = query.where(Customer.member_id > last)
            rows = list(await uow.session.scalars(query))
            if rows:
                yield rows
            if len(rows) < _CHUNK:
                return
            last = rows[-1].member_id

    def _select(self, what: Any) -> Select[Any]:
        return select(what).select_from(self.source).where(self.where)


async def audience_of(uow: UnitOfWork, merchant_id: UUID, condition: Condition | None) -> Audience:
    """The customers of a shop who meet a condition now; none is all of them."""
    asked = facts_in(condition) if condition is not None else frozenset[str]()
    scored = any(name.startswith("rfm.") for name in asked)
    scale = await find_scale(uow, merchant_id) if scored else None
    found = tables(uow.scope.mall_id, merchant_id, asked, uow.now, scale)
    own = and_(Customer.mall_id == uow.scope.mall_id, Customer.merchant_id == merchant_id)
    return Audience(found.source, and_(own, predicate(condition, found.columns)))
