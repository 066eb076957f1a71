"""A shop's goods and services."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from merchants.catalogue.models import Product
from timcheh.db import UnitOfWork
from timcheh.ids import new_id


async def put_product(
    uow: UnitOfWork, merchant_id: UUID, sku: str, name: str, price: int, group: str | None
) -> Product:
    """Adds a product, or changes the one that has its SKU. `price` in rial."""
    change = {"name": name, "price": price, "group": group}
    await uow.session.execute(
        insert(Product)
        .values(
            mall_id=uow.scope.mall_id,
            merchant_id=merchant_id,
            sku=sku,
            id=new_id(),
            created_at=uow.now,
            **change,
        )
        .on_conflict_do_update(index_elements=["mall_id", "merchant_id", "sku"], set_=change)
    )
    return await uow.session.get_one(
        Product, (uow.scope.mall_id, merchant_id, sku), populate_existing=True
    )


async def list_products(
    uow: UnitOfWork, merchant_id: UUID, after: str | None, fetch: int
) -> list[Product]:
    """The shop's products by SKU."""
    query = select(Product).where(
        Product.mall_id == uow.scope.mall_id, Product.merchant_id == merchant_id
    )
    if after is not None:
        query = query.where(Product.sku > after)
    return list(await uow.session.scalars(query.order_by(Product.sku).limit(fetch)))
