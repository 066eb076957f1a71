"""Finding goods by what is typed at a till."""

from collections.abc import Collection
from typing import Final, NamedTuple, overload
from uuid import UUID

from sqlalchemy import literal, or_, select, tuple_

from merchants.catalogue.models import Product, ProductGroup
from merchants.listing import Window
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound

_MOST_GROUPS: Final = 100


class Good(NamedTuple):
    """Something on sale; `price` in rial."""

    sku: str
    name: str
    price: int
    group: str | None
    barcode: str | None = None


async def find_goods(uow: UnitOfWork, merchant_id: UUID, texts: Collection[str]) -> dict[str, Good]:
    """What is on sale, by the text that names it: its SKU or barcode, else its whole name."""
    if not texts:
        return {}
    rows = await uow.session.execute(
        select(Product.sku, Product.name, Product.price, Product.group, Product.barcode)
        .where(
            Product.mall_id == uow.scope.mall_id,
            Product.merchant_id == merchant_id,
            Product.active,
            or_(Product.sku.in_(texts), Product.name.in_(texts), Product.barcode.in_(texts)),
        )
        .order_by(Product.sku.desc())
    )
    goods = [Good(*row) for row in rows]
    by_name = {good.name: good for good in goods if good.name in texts}
    by_barcode = {good.barcode: good for good in goods if good.barcode and good.barcode in texts}
    return by_name | by_barcode | {good.sku: good for good in goods if good.sku in texts}


async def search_goods(uow: UnitOfWork, merchant_id: UUID, typed: str, limit: int) -> list[Good]:
    """Goods on sale whose SKU begins with a text, whose barcode is it or whose name has it."""
    rows = await uow.session.execute(
        select(Product.sku, Product.name, Product.price, Product.group, Product.barcode)
        .where(
            Product.mall_id == uow.scope.mall_id,
            Product.merchant_id == merchant_id,
            Product.active,
            or_(
                Product.barcode == typed,
                Product.sku.istartswith(typed, autoescape=True),
                Product.name.icontains(typed, autoescape=True),
            ),
        )
        .order_by(Product.name, Product.sku)
        .limit(limit)
    )
    return [Good(*row) for row in rows]


async def product_page(
    uow: UnitOfWork, merchant_id: UUID, typed: str, group: str, window: Window[tuple[str, str]]
) -> list[Product]:
    """The shop's goods by name: those that a text is found in and of a group, where given."""
    query = select(Product).where(
        Product.mall_id == uow.scope.mall_id, Product.merchant_id == merchant_id
    )
    if typed:
        query = query.where(
            or_(
                Product.sku.istartswith(typed, autoescape=True),
                Product.barcode == typed,
                Product.name.icontains(typed, autoescape=True),
            )
        )
    if group:
        query = query.where(Product.group == group)
    order = tuple_(Product.name, Product.sku)
    if window.key is not None:
        key = tuple_(*map(literal, window.key))
        query = query.where(order < key if window.backwards else order > key)
    by = (Product.name, Product.sku)
    ordered = tuple(column.desc() for column in by) if window.backwards else by
    return list(await uow.session.scalars(query.order_by(*ordered).limit(window.fetch)))


@overload
async def find_product(uow: UnitOfWork, merchant_id: UUID, product_id: UUID) -> Product: ...
@overload
async def find_product(uow: UnitOfWork, merchant_id: UUID, *, sku: str) -> Product | None: ...
async def find_product(
    uow: UnitOfWork, merchant_id: UUID, product_id: UUID | None = None, *, sku: str | None = None
) -> Product | None:
    """By id, or NotFound; or by SKU, None if there is none."""
    query = select(Product).where(
        Product.mall_id == uow.scope.mall_id, Product.merchant_id == merchant_id
    )
    if sku is not None:
        return await uow.session.scalar(query.where(Product.sku == sku))
    product = await uow.session.scalar(query.where(Product.id == product_id))
    if product is None:
        raise NotFound
    return product


async def group_names(uow: UnitOfWork, merchant_id: UUID) -> list[str]:
    """The groups of the shop's goods, by name."""
    rows = await uow.session.scalars(
        select(ProductGroup.name)
        .where(ProductGroup.mall_id == uow.scope.mall_id, ProductGroup.merchant_id == merchant_id)
        .order_by(ProductGroup.name)
        .limit(_MOST_GROUPS)
    )
    return list(rows)
