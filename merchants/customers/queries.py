"""Finding and listing a shop's own customers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, select, text, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid

from members.facade import finds
from merchants.customers.models import Customer
from merchants.listing import Window
from timcheh.db import UnitOfWork
from timcheh.text.normalise import sort_key

_MOST_NAMES = 200
_MOST_GROUPS = 100
_NEVER = datetime.fromisoformat("0001-01-01T00:00:00+00:00")
_HERE = text(
    """
    SELECT m.id, sum(s.available * CASE s.unit WHEN 'point' THEN s.redeem_price ELSE 1 END)::bigint
    FROM unnest(:members) m (id)
    CROSS JOIN LATERAL merchants.spendable(:mall, :merchant, NULL, ARRAY[m.id], :at) s
    GROUP BY m.id
    """
).bindparams(bindparam("members", type_=ARRAY(Uuid())))

CustomerKey = tuple[datetime | None, UUID]
"""Where a customer stands in the list: the last purchase, then the id."""


def customer_key(row: Customer) -> CustomerKey:
    """Where this customer stands."""
    return row.last_at, row.member_id


async def search_customers(
    uow: UnitOfWork, merchant_id: UUID, query: str, window: Window[CustomerKey]
) -> list[Customer]:
    """The shop's customers, the latest to buy first; those that a text is found in, if any."""
    statement = select(Customer).where(
        Customer.mall_id == uow.scope.mall_id, Customer.merchant_id == merchant_id
    )
    if query:
        statement = statement.where(matches(query))
    return list(await uow.session.scalars(newest_first(statement, window)))


def newest_first(statement: Select[Any], window: Window[CustomerKey]) -> Select[Any]:
    """A window's stretch of customers, the latest to buy first."""
    last = func.coalesce(Customer.last_at, _NEVER)
    order = tuple_(last, Customer.member_id)
    if window.key is not None:
        here = tuple_(window.key[0] or _NEVER, window.key[1])
        statement = statement.where(order > here if window.backwards else order < here)
    by = (last, Customer.member_id)
    ordered = by if window.backwards else tuple(column.desc() for column in by)
    return statement.order_by(*ordered).limit(window.fetch)


async def count_customers(uow: UnitOfWork, merchant_id: UUID) -> int:
    """How many customers the shop has."""
    return (
        await uow.session.scalar(
            select(func.count()).where(
                Customer.mall_id == uow.scope.mall_id, Customer.merchant_id == merchant_id
            )
        )
        or 0
    )


async def names_in_use(uow: UnitOfWork, merchant_id: UUID) -> dict[str, list[str]]:
    """The groups and tiers that the shop's customers are in, by the fact that asks for them."""
    own = (Customer.mall_id == uow.scope.mall_id, Customer.merchant_id == merchant_id)
    groups = select(func.unnest(Customer.groups)).where(*own).distinct().limit(_MOST_NAMES)
    tiers = select(Customer.tier).where(*own, Customer.tier.is_not(None)).distinct()
    return {
        "customer.groups": sorted(await uow.session.scalars(groups), key=sort_key),
        "customer.tier": sorted(
            (name for name in await uow.session.scalars(tiers) if name), key=sort_key
        ),
    }


async def spendable_sums(
    uow: UnitOfWork, merchant_id: UUID, member_ids: Sequence[UUID]
) -> dict[UUID, int]:
    """What each member could spend at the shop now, in rial. In the mall's scope."""
    parameters = {
        "mall": uow.scope.mall_id,
        "merchant": merchant_id,
        "members": list(member_ids),
        "at": uow.now,
    }
    rows: Any = await uow.session.execute(_HERE, parameters)
    return {row[0]: row[1] for row in rows}


def matches(query: str) -> ColumnElement[bool]:
    """Whether a customer's name, mobile or number has what was typed in it."""
    return finds(query, Customer.name, Customer.mobile, Customer.number)


async def shops_of_member(uow: UnitOfWork, member_id: UUID) -> list[UUID]:
    """The shops whose customer a member is, the latest visited first."""
    rows = await uow.session.scalars(
        select(Customer.merchant_id)
        .where(Customer.mall_id == uow.scope.mall_id, Customer.member_id == member_id)
        .order_by(func.coalesce(Customer.last_at, _NEVER).desc(), Customer.merchant_id)
    )
    return list(rows)


async def customer_groups(uow: UnitOfWork, merchant_id: UUID) -> list[str]:
    """The groups that the shop has put customers in, by name."""
    named = func.unnest(Customer.groups).label("name")
    rows = await uow.session.scalars(
        select(named)
        .where(Customer.mall_id == uow.scope.mall_id, Customer.merchant_id == merchant_id)
        .distinct()
        .order_by(named)
        .limit(_MOST_GROUPS)
    )
    return list(rows)
