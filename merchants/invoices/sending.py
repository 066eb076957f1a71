"""A receipt by text message: the document's own address, to whoever bought."""

from typing import Final
from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.invoices.service import find_issued
from merchants.permissions import TILL, branches_of
from merchants.purchases.listing import read_detail
from merchants.purchases.showing import money
from merchants.shops.service import find_shop
from timcheh.access.limits import Limit
from timcheh.db import Scope
from timcheh.errors import NotFound, RateLimited
from timcheh.notify import queue_message
from timcheh.web.pages import Html, PageContext

SENDINGS: Final = Limit("receipt-message", count=3, window=24 * 60 * 60)
"""Of one document: a customer is not flooded by a button."""


@post(
    "/{mall_slug:str}/shop/invoices/{document_id:uuid}/message",
    include_in_schema=False,
    status_code=200,
)
async def invoice_sent(
    shop_page: NamedDependency[PageContext], document_id: FromPath[UUID]
) -> Html:
    """Sends the customer the address at which anyone who has it can see the document."""
    page, caller = shop_page, shop_page.caller
    branches = branches_of(caller, TILL)
    async with page.database.unit_of_work(caller.scope) as uow:
        issued = await find_issued(uow, caller.shop, document_id)
        detail = await read_detail(uow, caller.shop, issued.purchase_id, branches)
        shop = await find_shop(uow, caller.shop)
    customer = detail.customer
    if customer is None:
        raise NotFound
    here = page.url(f"invoices/{document_id}")
    try:
        await page.services.limiter.hit(SENDINGS, f"{caller.mall_id} {document_id}")
    except RateLimited:
        return page.go(here, page.text("invoice-sent-enough"), "bad")
    params = {
        "shop": shop.name,
        "amount": money(page, detail.head.to_pay + (detail.head.vat_added or 0)),
        "link": page.public_address(issued.public_path),
    }
    kind = "receipt" if issued.kind == "invoice" else "receipt-back"
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        await queue_message(
            uow,
            customer.mobile,
            kind,
            params,
            locale=page.locale,
            member_id=customer.member_id,
            merchant_id=caller.shop,
        )
    return page.go(here, page.text("invoice-sent"))


ROUTES: Final = (invoice_sent,)
