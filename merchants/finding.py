"""What the palette finds in a shop's portal: its own customers and purchases."""

from typing import Any, Final

from sqlalchemy import select

from merchants.customers.queries import search_customers
from merchants.invoices.models import Invoice
from merchants.listing import Window
from merchants.permissions import (
    CUSTOMERS,
    CUSTOMERS_WRITE,
    GOODS,
    OFFERS,
    PURCHASES,
    branches_of,
    may_somewhere,
)
from merchants.purchases.listing import PurchaseFilter, list_rows
from merchants.purchases.showing import customer_text
from timcheh.calendar import DateStyle, format_date
from timcheh.db import UnitOfWork
from timcheh.ids import read_id
from timcheh.module import MOST_FOUND, Action, Finder, Found
from timcheh.money import format_money
from timcheh.web.pages import PageContext

_MOST_DIGITS: Final = 9  # of an invoice's number


async def customers(page: PageContext, typed: str) -> list[Found]:
    """Customers by a part of name, mobile or number."""
    if not may_somewhere(page.caller, CUSTOMERS):
        return []
    window: Window[Any] = Window(limit=MOST_FOUND - 1)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        rows = await search_customers(uow, page.caller.shop, typed, window)
    return [
        Found(
            customer_text(page, row.name, row.mobile),
            page.url(f"customers/{row.member_id}"),
            "user-round",
        )
        for row in rows
    ]


async def purchases(page: PageContext, typed: str) -> list[Found]:
    """A purchase by its invoice's number or its own id, in the caller's branches."""
    if not may_somewhere(page.caller, PURCHASES):
        return []
    branches = branches_of(page.caller, PURCHASES)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        ids = await _ids(uow, page, typed)
        rows = [
            row
            for id in ids
            for row in await list_rows(
                uow, page.caller.shop, PurchaseFilter(branches, query=id), Window(limit=1)
            )
        ]
    return [
        Found(
            page.text("palette-purchase", amount=format_money(row.total, page.unit, page.locale)),
            page.url(f"purchases/{row.id}"),
            "receipt",
            format_date(row.at, page.locale, DateStyle.LONG_WITH_TIME),
        )
        for row in rows
    ]


async def _ids(uow: UnitOfWork, page: PageContext, typed: str) -> list[str]:
    if read_id(typed) is not None:
        return [typed]
    digits = typed.replace(" ", "")
    if not digits.isdecimal() or len(digits) > _MOST_DIGITS:
        return []
    found = await uow.session.scalars(
        select(Invoice.purchase_id)
        .where(
            Invoice.mall_id == uow.scope.mall_id,
            Invoice.merchant_id == page.caller.shop,
            Invoice.number == int(digits),
        )
        .distinct()
        .limit(MOST_FOUND)
    )
    return [str(id) for id in found]


FINDERS: Final = (
    Finder("merchant", "palette-purchases", purchases),
    Finder("merchant", "palette-customers", customers),
)
ACTIONS: Final = (
    Action("merchant", "palette-new-offer", "offers", "plus", OFFERS),
    Action(
        "merchant",
        "palette-import-customers",
        "customers/import",
        "file-spreadsheet",
        CUSTOMERS_WRITE,
    ),
    Action("merchant", "palette-import-goods", "goods/import", "package", GOODS),
)
