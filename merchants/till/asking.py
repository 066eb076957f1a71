"""What the till's script asks while a sale is typed: goods, customers, what became of it."""

from typing import Final

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from merchants.catalogue.queries import search_goods
from merchants.customers.queries import CustomerKey, search_customers
from merchants.listing import Window
from merchants.permissions import TILL, branches_of
from merchants.purchases.answer import PurchaseOut
from timcheh.db import Scope
from timcheh.text.normalise import normalise
from timcheh.web.idempotency import outcome_of
from timcheh.web.numbers import in_unit
from timcheh.web.pages import PageContext

GOODS_SHOWN: Final = 8
CUSTOMERS_SHOWN: Final = 5
SHORTEST_NAME: Final = 3
"""Letters of a name: fewer would list the shop's customers rather than find one."""
_TAIL: Final = 4
_LONGEST: Final = 50


@get("/{mall_slug:str}/shop/till/goods", include_in_schema=False)
async def till_goods(shop_page: NamedDependency[PageContext]) -> Response[list[dict[str, str]]]:
    """Goods for what is typed in a line: SKU, name and price in the shown unit."""
    caller = shop_page.caller
    branches_of(caller, TILL)
    typed = _typed(shop_page)
    if not typed:
        return Response([])
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        found = await search_goods(uow, caller.shop, typed, GOODS_SHOWN)
    return Response(
        [
            {
                "sku": good.sku,
                "barcode": good.barcode or "",
                "name": good.name,
                "price": in_unit(good.price, shop_page.unit),
            }
            for good in found
        ]
    )


@get("/{mall_slug:str}/shop/till/customers", include_in_schema=False)
async def till_customers(
    shop_page: NamedDependency[PageContext],
) -> Response[list[dict[str, str]]]:
    """The shop's own customers whose name has what is typed: name, card and its last digits."""
    caller = shop_page.caller
    branches_of(caller, TILL)
    typed = _typed(shop_page)
    if sum(each.isalpha() for each in typed) < SHORTEST_NAME:
        return Response([])
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        window: Window[CustomerKey] = Window(limit=CUSTOMERS_SHOWN - 1)
        found = await search_customers(uow, caller.shop, typed, window)
    return Response(
        [
            {
                "name": each.name or "",
                "card": each.number,
                "tail": shop_page.digits(each.mobile[-_TAIL:]),
            }
            for each in found
        ]
    )


@get("/{mall_slug:str}/shop/till/made", include_in_schema=False)
async def till_made(shop_page: NamedDependency[PageContext]) -> Response[dict[str, str]]:
    """Where the sale of a form is told, if it was made: nothing else, and nothing is done."""
    caller = shop_page.caller
    branches_of(caller, TILL)
    key = shop_page.request.query_params.get("key", "")
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        body = await outcome_of(uow, caller.id, key)
    try:
        made = msgspec.json.decode(body or b"", type=PurchaseOut)
    except msgspec.MsgspecError:  # no outcome yet, or a key of another form
        return Response({})
    return Response({"href": f"{shop_page.url('till')}?done={made.id}"})


ROUTES: Final = (till_goods, till_customers, till_made)


def _typed(page: PageContext) -> str:
    return normalise(page.request.query_params.get("q", ""))[:_LONGEST]
