"""The catalogue over the API, for a shop's key."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from merchants.catalogue.models import Product
from merchants.catalogue.service import list_products, put_product
from timcheh.access.caller import Caller
from timcheh.db import Database
from timcheh.web.bodies import Body
from timcheh.web.pagination import Page, PageRequest

Text = Annotated[str, Meta(min_length=1, max_length=200)]


class ProductBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`price` in rial; `group` is what rules and offers speak of."""

    sku: Text
    name: Text
    price: Annotated[int, Meta(ge=0, le=10**15)]
    group: Text | None = None


class ProductOut(Struct):
    """A product."""

    id: UUID
    sku: str
    name: str
    price: int
    group: str | None


def _out(product: Product) -> ProductOut:
    return ProductOut(product.id, product.sku, product.name, product.price, product.group)


class ProductController(Controller):
    """Goods and services."""

    path = "/api/v1/products"
    tags = ("catalogue",)

    @post(summary="Add or change a product")
    async def put(
        self,
        data: JSONBody[ProductBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ProductOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            return _out(
                await put_product(
                    uow, merchant_caller.shop, data.sku, data.name, data.price, data.group
                )
            )

    @get(summary="Products by SKU")
    async def list(
        self,
        till_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
        paging: NamedDependency[PageRequest],
    ) -> Page[ProductOut]:
        async with database.unit_of_work(till_caller.scope) as uow:
            rows = await list_products(uow, till_caller.shop, paging.after(str), paging.fetch)
        return paging.page(rows, _out, lambda row: row.sku)
