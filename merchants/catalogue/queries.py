"""Finding goods by what is typed at a till."""

from collections.abc import Collection
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import or_, select

from merchants.catalogue.models import Product
from timcheh.db import UnitOfWork

_MOST_GROUPS: Final = 100


class Good(NamedTuple):
    """Something on sale; `price` in rial."""

    sku: str
    name: str
    price: int
    group: str | None


async def find_goods(uow: UnitOfWork, merchant_id: UUID, texts: Collection[str]) -> dict[str, Good]:
    """By the text that names it: its SKU or, if none has that SKU, its whole name."""
    if not texts:
        return {}
    rows = await uow.session.execute(
        select(Product.sku, Product.name, Product.price, Product.group)
        .where(
            Product.mall_id == uow.scope.mall_id,
            Product.merchant_id == merchant_id,
            or_(Product.sku.in_(texts), Product.name.in_(texts)),
        )
        .order_by(Product.sku.desc())
    )
    goods = [Good(*row) for row in rows]
    by_name = {good.name: good for good in goods if good.name in texts}
    return by_name | {good.sku: good for good in goods if good.sku in texts}


async def search_goods(uow: UnitOfWork, merchant_id: UUID, typed: str, limit: int) -> list[Good]:
    """Goods whose SKU begins with a text or whose name has it, by name."""
    rows = await uow.session.execute(
        select(Product.sku, Product.name, Product.price, Product.group)
        .where(
            Product.mall_id == uow.scope.mall_id,
            Product.merchant_id == merchant_id,
            or_(
                Product.sku.istartswith(typed, autoescape=True),
                Product.name.icontains(typed, autoescape=True),
            ),
        )
        .order_by(Product.name, Product.sku)
        .limit(limit)
    )
    return [Good(*row) for row in rows]


async def group_names(uow: UnitOfWork, merchant_id: UUID) -> list[str]:
    """The groups of the shop's goods, by name."""
    rows = await uow.session.scalars(
        select(Product.group)
        .where(
            Product.mall_id == uow.scope.mall_id,
            Product.merchant_id == merchant_id,
            Product.group.is_not(None),
        )
        .distinct()
        .order_by(Product.group)
        .limit(_MOST_GROUPS)
    )
    return [name for name in rows if name is not None]
