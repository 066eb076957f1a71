"""The catalogue over the API, for a shop's key."""

from typing import Annotated, Literal
from uuid import UUID

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from merchants.catalogue.lists import ListItem, list_price_lists, put_price_list
from merchants.catalogue.models import Product
from merchants.catalogue.service import Details, list_products, put_product
from timcheh.access.caller import Caller
from timcheh.db import Database
from timcheh.web.bodies import Body
from timcheh.web.pagination import Page, PageRequest

Text = Annotated[str, Meta(min_length=1, max_length=200)]
Price = Annotated[int, Meta(ge=0, le=10**15)]
Share = Annotated[int, Meta(ge=1, le=10_000)]
MOST_ITEMS = 5_000


class TermsBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What beside name and price: shares in basis points, `points` for each whole unit."""

    unit: Text | None = None
    barcode: Text | None = None
    active: bool = True
    discount_bps: Share | None = None
    credit_bps: Share | None = None
    credit_days: Annotated[int, Meta(ge=1, le=3650)] | None = None
    credit_scope: Literal["own", "partners"] = "own"
    points: Annotated[int, Meta(ge=1, le=10**6)] | None = None


class ProductBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`price` in rial; `group` is what rules and offers speak of. Absent `terms` stay."""

    sku: Text
    name: Text
    price: Price
    group: Text | None = None
    terms: TermsBody | None = None


class ProductOut(Struct):
    """A product; its own terms as in the body."""

    id: UUID
    sku: str
    name: str
    price: int
    group: str | None
    unit: str | None
    barcode: str | None
    active: bool
    discount_bps: int | None
    credit_bps: int | None
    credit_days: int | None
    credit_scope: str
    points: int | None


class ListItemBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A product's own price in a list, rial."""

    sku: Text
    price: Price


class PriceListBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For the customers of `groups`: `discount_bps` below the usual prices, or an item's own."""

    name: Text
    discount_bps: Annotated[int, Meta(ge=0, le=10_000)] = 0
    active: bool = True
    groups: Annotated[tuple[Text, ...], Meta(max_length=100)] = ()
    items: Annotated[tuple[ListItemBody, ...], Meta(max_length=MOST_ITEMS)] = ()


class PriceListOut(Struct):
    """A price list; how many products have a price of their own in it."""

    id: UUID
    name: str
    discount_bps: int
    active: bool
    groups: list[str]
    items: int


def _out(product: Product) -> ProductOut:
    return ProductOut(
        product.id,
        product.sku,
        product.name,
        product.price,
        product.group,
        product.unit,
        product.barcode,
        product.active,
        product.discount_bps,
        product.credit_bps,
        product.credit_days,
        product.credit_scope,
        product.points,
    )


def _details(terms: TermsBody | None) -> Details | None:
    if terms is None:
        return None
    return Details(
        terms.unit,
        terms.barcode,
        terms.active,
        terms.discount_bps,
        terms.credit_bps,
        terms.credit_days,
        terms.credit_scope,
        terms.points,
    )


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
                    uow,
                    merchant_caller.shop,
                    data.sku,
                    data.name,
                    data.price,
                    data.group,
                    _details(data.terms),
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


class PriceListController(Controller):
    """Price lists by customer group."""

    path = "/api/v1/price-lists"
    tags = ("catalogue",)

    @put(summary="Make or replace a price list")
    async def put(
        self,
        data: JSONBody[PriceListBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> PriceListOut:
        items = [ListItem(item.sku, item.price) for item in data.items]
        async with database.unit_of_work(merchant_caller.scope) as uow:
            made = await put_price_list(
                uow,
                merchant_caller.shop,
                data.name,
                data.discount_bps,
                data.groups,
                items,
                active=data.active,
            )
        return PriceListOut(
            made.id, made.name, made.discount_bps, made.active, sorted(set(data.groups)), len(items)
        )

    @get(summary="Price lists")
    async def list(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> Page[PriceListOut]:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            found = await list_price_lists(uow, merchant_caller.shop)
        return Page(
            [
                PriceListOut(e.id, e.name, e.discount_bps, e.active, list(e.groups), e.items)
                for e in found
            ]
        )
