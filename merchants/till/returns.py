"""Goods come back to the till: finding the purchase that they are of."""

import re
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency

from merchants.invoices.service import find_by_number, find_by_token
from merchants.listing import Window
from merchants.permissions import RETURNS, Branches, branches_of
from merchants.purchases.listing import PurchaseFilter, PurchaseRow, list_rows, what_was_sold
from merchants.purchases.showing import customer_text, joined
from timcheh.calendar import day_bounds
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.text.digits import digits_to_latin
from timcheh.web.form import Form
from timcheh.web.pages import Html, PageContext

SHOWN: Final = 12
_NAMED: Final = 3  # goods that a row names
_LONGEST: Final = 200
_INVOICE_NUMBER: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
_INVOICE_CODE: Final = re.compile(r"/invoice/([\w-]{8,64})", re.ASCII)


@get("/{mall_slug:str}/shop/till/returns", include_in_schema=False)
async def till_returns(shop_page: NamedDependency[PageContext]) -> Html:
    """Today's purchases, or those that are asked for; straight to the only one."""
    caller = shop_page.caller
    branches = branches_of(caller, RETURNS)
    text = shop_page.request.query_params.get("q", "").strip()[:_LONGEST]
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        since = day_bounds(shop_page.today, shop_page.zone)[0]
        rows = await _find(uow, caller.shop, branches, text, since)
        sold = await what_was_sold(uow, [row.id for row in rows])
    if text and len(rows) == 1:
        return shop_page.go(shop_page.url(f"purchases/{rows[0].id}/return"))
    unnamed = shop_page.text("purchase-unnamed")
    context = {
        "form": Form({"q": text}),
        "today": not text,
        "found": [_shown(shop_page, row, sold.get(row.id, []), unnamed) for row in rows],
    }
    return shop_page.render("merchants/till/returns.html", context)


ROUTES: Final = (till_returns,)


async def _find(
    uow: UnitOfWork, shop: UUID, branches: Branches, text: str, today: datetime
) -> list[PurchaseRow]:
    """By an invoice's number or code, else by who bought; without a text, today's."""
    query, since = text, None if text else today
    plain = digits_to_latin(text)
    code = _INVOICE_CODE.search(plain)
    try:
        if code is not None:
            issued = await find_by_token(uow, code[1])
            query = str(issued.purchase_id)
        elif _INVOICE_NUMBER.fullmatch(plain):
            issued = await find_by_number(uow, shop, "invoice", int(plain))
            query = str(issued.purchase_id)
    except NotFound:
        if code is not None:
            return []
    wanted = PurchaseFilter(branches, "confirmed", query, since=since)
    return (await list_rows(uow, shop, wanted, Window(limit=SHOWN)))[:SHOWN]


def _shown(
    page: PageContext, row: PurchaseRow, sold: list[tuple[str | None, bool]], unnamed: str
) -> dict[str, Any]:
    named = list(dict.fromkeys(name or unnamed for name, _ in sold))
    return {
        "id": row.id,
        "at": row.at,
        "customer": customer_text(page, row.name, row.mobile),
        "what": joined(page, named[:_NAMED]),
        "to_pay": row.to_pay,
        "back": any(back for _, back in sold),
    }
