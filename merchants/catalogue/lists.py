"""Price lists: whom they are for, and the prices in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from merchants.catalogue.models import PriceList, PriceListGroup, PriceListItem, Product
from timcheh.db import UnitOfWork
from timcheh.errors import FieldError, Invalid, NotFound
from timcheh.ids import new_id


class ListItem(NamedTuple):
    """A product's own price in a list, rial."""

    sku: str
    price: int


@dataclass(frozen=True, slots=True)
class ListRow:
    """A price list as a whole: `groups` by name, `items` how many prices of their own."""

    id: UUID
    name: str
    discount_bps: int
    active: bool
    groups: Sequence[str]
    items: int


async def put_price_list(
    uow: UnitOfWork,
    merchant_id: UUID,
    name: str,
    discount_bps: int,
    groups: Sequence[str],
    items: Sequence[ListItem],
    *,
    active: bool = True,
    list_id: UUID | None = None,
) -> PriceList:
    """Makes the list of that name, or replaces what it says (by `list_id` also its name).

    A group that had another list has this one from now on. Raises Invalid for items that the
    catalogue has not, or for a name that another list has; NotFound for an unknown `list_id`.
    """
    mall = uow.scope.mall_id
    await _refuse_unknown(uow, merchant_id, items)
    named = await uow.session.scalar(
        select(PriceList).where(
            PriceList.mall_id == mall,
            PriceList.merchant_id == merchant_id,
            PriceList.name == name,
        )
    )
    row = await find_price_list(uow, merchant_id, list_id) if list_id else named
    if named is not None and row is not named:
        raise Invalid.field("/name", "name_taken")
    if row is None:
        row = PriceList(
            mall_id=mall, merchant_id=merchant_id, id=new_id(), created_at=uow.now, name=name
        )
        uow.session.add(row)
    row.name, row.discount_bps, row.active = name, discount_bps, active
    await uow.session.flush()
    await _set_groups(uow, row, groups)
    await _set_items(uow, row, items)
    return row


async def find_price_list(uow: UnitOfWork, merchant_id: UUID, list_id: UUID) -> PriceList:
    """Raises NotFound."""
    row = await uow.session.get(PriceList, (uow.scope.mall_id, merchant_id, list_id))
    if row is None:
        raise NotFound
    return row


async def list_price_lists(uow: UnitOfWork, merchant_id: UUID) -> list[ListRow]:
    """The shop's price lists by name."""
    mall = uow.scope.mall_id
    groups = dict(
        (
            await uow.session.execute(
                select(PriceListGroup.list_id, func.array_agg(PriceListGroup.group))
                .where(PriceListGroup.mall_id == mall, PriceListGroup.merchant_id == merchant_id)
                .group_by(PriceListGroup.list_id)
            )
        ).all()
    )
    counts = dict(
        (
            await uow.session.execute(
                select(PriceListItem.list_id, func.count())
                .where(PriceListItem.mall_id == mall, PriceListItem.merchant_id == merchant_id)
                .group_by(PriceListItem.list_id)
            )
        ).all()
    )
    rows = await uow.session.scalars(
        select(PriceList)
        .where(PriceList.mall_id == mall, PriceList.merchant_id == merchant_id)
        .order_by(PriceList.name)
    )
    return [
        ListRow(
            row.id,
            row.name,
            row.discount_bps,
            row.active,
            sorted(groups.get(row.id, ())),
            counts.get(row.id, 0),
        )
        for row in rows
    ]


async def items_of(
    uow: UnitOfWork, merchant_id: UUID, list_id: UUID
) -> list[tuple[str, str, int, int]]:
    """`(sku, name, usual price, price in the list)` of the products with a price of their own."""
    rows = await uow.session.execute(
        select(Product.sku, Product.name, Product.price, PriceListItem.price)
        .join(
            PriceListItem,
            (PriceListItem.mall_id == Product.mall_id)
            & (PriceListItem.merchant_id == Product.merchant_id)
            & (PriceListItem.sku == Product.sku),
        )
        .where(
            PriceListItem.mall_id == uow.scope.mall_id,
            PriceListItem.merchant_id == merchant_id,
            PriceListItem.list_id == list_id,
        )
        .order_by(Product.sku)
    )
    return [(sku, name, price, own) for sku, name, price, own in rows]


async def _refuse_unknown(uow: UnitOfWork, merchant_id: UUID, items: Sequence[ListItem]) -> None:
    if not items:
        return
    known = set(
        await uow.session.scalars(
            select(Product.sku).where(
                Product.mall_id == uow.scope.mall_id,
                Product.merchant_id == merchant_id,
                Product.sku.in_([item.sku for item in items]),
            )
        )
    )
    faults = [
        FieldError(f"/items/{n}/sku", "unknown_sku", {"sku": item.sku})
        for n, item in enumerate(items)
        if item.sku not in known
    ]
    if faults:
        raise Invalid(errors=faults)


async def _set_groups(uow: UnitOfWork, row: PriceList, groups: Sequence[str]) -> None:
    key = {"mall_id": row.mall_id, "merchant_id": row.merchant_id}
    wanted = sorted(set(groups))
    await uow.session.execute(
        delete(PriceListGroup).where(
            PriceListGroup.mall_id == row.mall_id,
            PriceListGroup.merchant_id == row.merchant_id,
            PriceListGroup.list_id == row.id,
            PriceListGroup.group.not_in(wanted),
        )
    )
    if wanted:
        given = insert(PriceListGroup).values(
            [{**key, "group": name, "list_id": row.id} for name in wanted]
        )
        await uow.session.execute(
            given.on_conflict_do_update(
                index_elements=["mall_id", "merchant_id", "group"], set_={"list_id": row.id}
            )
        )


async def _set_items(uow: UnitOfWork, row: PriceList, items: Sequence[ListItem]) -> None:
    prices = dict(items)
    key = {"mall_id": row.mall_id, "merchant_id": row.merchant_id, "list_id": row.id}
    await uow.session.execute(
        delete(PriceListItem).where(
            PriceListItem.mall_id == row.mall_id,
            PriceListItem.merchant_id == row.merchant_id,
            PriceListItem.list_id == row.id,
            PriceListItem.sku.not_in(list(prices)),
        )
    )
    if prices:
        given = insert(PriceListItem).values(
            [{**key, "sku": sku, "price": price} for sku, price in sorted(prices.items())]
        )
        await uow.session.execute(
            given.on_conflict_do_update(
                index_elements=["mall_id", "merchant_id", "list_id", "sku"],
                set_={"price": given.excluded.price},
            )
        )
