"""The shop's own customers in its portal."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.clientele.telling import standing_of, told_of, way_of
from merchants.customers.models import Customer, has_met
from merchants.customers.queries import (
    count_customers,
    customer_key,
    search_customers,
    spendable_sums,
)
from merchants.customers.service import (
    SpendableHere,
    find_customer,
    of_its_business,
    spendable_here,
)
from merchants.customers.sorting import read_words
from merchants.listing import Window, cut
from merchants.permissions import CUSTOMERS, CUSTOMERS_WRITE, branches_of, may_somewhere
from merchants.purchases.listing import PurchaseFilter, earning_rules, list_rows
from merchants.purchases.showing import customer_text, money, shown_rows
from merchants.shops.service import shop_names
from timcheh.audit import record
from timcheh.calendar import DateStyle, format_date
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import TimchehError
from timcheh.ledger.queries import lots_of
from timcheh.text.digits import format_number
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.pages import PageContext

_NEWEST: Final = 10
_LONGEST_QUERY: Final = 100
_APART: Final = re.compile(r"[,،;؛\n]+")
_Granted = Mapping[UUID, tuple[str, datetime]]


@get("/{mall_slug:str}/shop/customers", include_in_schema=False)
async def customer_list(shop_page: NamedDependency[PageContext]) -> Response[Any]:
    """Who buys here, the latest first; or who a text is found in."""
    caller, query = shop_page.caller, shop_page.request.query_params
    branches_of(caller, CUSTOMERS)
    text = query.get("q", "").strip()[:_LONGEST_QUERY]
    window = Window.asked(query, tuple[datetime | None, UUID])
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        rows = await search_customers(uow, caller.shop, text, window)
        total = None if text else await count_customers(uow, caller.shop)
    shown = cut(window, rows, customer_key, shop_page.url("customers"), {"q": text})
    # Other shops' lots aren't this shop's rows; what is spendable here is its business.
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        met = [row.member_id for row in shown.rows if has_met(row)]
        here = await spendable_sums(uow, caller.shop, met)
    context = {
        "customers": [_row(row, here.get(row.member_id, 0)) for row in shown.rows],
        "q": text,
        "total": total,
        "next": shown.next,
        "previous": shown.previous,
        "may_write": may_somewhere(caller, CUSTOMERS_WRITE),
    }
    return shop_page.render("merchants/customers/list.html", context)


@get("/{mall_slug:str}/shop/customers/{member_id:uuid}", include_in_schema=False)
async def customer_one(
    shop_page: NamedDependency[PageContext], member_id: FromPath[UUID]
) -> Response[Any]:
    """One customer: what the shop knows, what is spendable here and why, what was bought."""
    branches_of(shop_page.caller, CUSTOMERS)
    return await _one(shop_page, member_id)


@post(
    "/{mall_slug:str}/shop/customers/{member_id:uuid}/tags",
    include_in_schema=False,
    status_code=200,
)
async def customer_tagged(
    shop_page: NamedDependency[PageContext], member_id: FromPath[UUID], data: Fields
) -> Response[Any]:
    """Sets a customer's tags: those that were typed, and no others."""
    caller = shop_page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    written = Written("customer.tagged", "customer", member_id)
    address = shop_page.url(f"customers/{member_id}")
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            now = _tags_of(shop_page, uow, member_id)
            data = await reconciled(uow, shop_page, data, now, written, afresh=address)
            typed = [part for part in _APART.split(data.get("tags", "")) if part.strip()]
            customer = await find_customer(uow, caller.shop, member_id)
            customer.tags = read_words(typed, "/tags")
            await record(uow, caller, *written)
    except TimchehError as error:
        form = shop_page.refused(data, error)
        return await _one(shop_page, member_id, form, error.status)
    return shop_page.go(address, shop_page.text("customer-tagged"))


ROUTES: Final = (customer_list, customer_one, customer_tagged)


async def _tags_of(page: PageContext, uow: UnitOfWork, member_id: UUID) -> dict[str, str]:
    return _tags(page, await find_customer(uow, page.caller.shop, member_id))


def _tags(page: PageContext, customer: Customer) -> dict[str, str]:
    return {"tags": page.text("list-comma").join(customer.tags)}


async def _one(
    shop_page: PageContext, member_id: UUID, form: Form | None = None, status: int = 200
) -> Response[Any]:
    caller = shop_page.caller
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        customer = await find_customer(uow, caller.shop, member_id)
        wanted = PurchaseFilter(member_id=member_id)
        purchases = await list_rows(uow, caller.shop, wanted, Window(limit=_NEWEST - 1))
        profile = await told_of(uow, shop_page, member_id)
        standing = await standing_of(uow, shop_page, customer)
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        way = await way_of(uow, shop_page, customer)
        lots = of_its_business(customer, await spendable_here(uow, caller.shop, member_id))
        transfers = {lot.id: lot.transfer_id for lot in await lots_of(uow, [member_id])}
        own = [transfers[lot.lot_id] for lot in lots if lot.issuer_id == caller.shop]
        granted = await earning_rules(uow, caller.shop, own)
        names = await shop_names(uow)
    context = {
        "customer": {**_facts(shop_page, customer), "way": way},
        "profile": profile,
        "standing": standing,
        "form": form or shop_page.form(_tags(shop_page, customer)),
        "may_write": may_somewhere(caller, CUSTOMERS_WRITE),
        "here": {
            "total": sum(lot.value for lot in lots),
            "points": sum(lot.available for lot in lots if lot.unit == "point"),
        },
        "lots": [_lot(shop_page, lot, names, granted) for lot in lots],
        "purchases": shown_rows(shop_page, purchases),
    }
    return shop_page.render("merchants/customers/one.html", context, status=status)


def _row(row: Customer, here: int) -> dict[str, Any]:
    return {
        "member_id": row.member_id,
        "name": row.name or "",
        "mobile": row.mobile,
        "purchases": row.purchases,
        "spend": row.spend,
        "last_at": row.last_at,
        "here": here,
    }


def _facts(page: PageContext, row: Customer) -> dict[str, Any]:
    return {
        "member_id": row.member_id,
        "name": customer_text(page, row.name, row.mobile),
        "mobile": row.mobile,
        "number": row.number,
        "birthday": row.birthday,
        "purchases": row.purchases,
        "spend": row.spend,
        "average": row.spend // row.purchases if row.purchases else 0,
        "first_at": row.first_at,
        "last_at": row.last_at,
        "debt": row.debt,
    }


def _lot(
    page: PageContext, lot: SpendableHere, names: Mapping[UUID, str], granted: _Granted
) -> dict[str, Any]:
    own = lot.issuer_id == page.caller.shop
    return {
        "unit": lot.unit,
        "issuer": names.get(lot.issuer_id, page.mall.name),
        "own": own,
        "amount": lot.available,
        "value": lot.value,
        "until": lot.expires_at,
        "why": _why(page, lot, names, granted.get(lot.lot_id)),
    }


def _why(
    page: PageContext,
    lot: SpendableHere,
    names: Mapping[UUID, str],
    granted: tuple[str, datetime] | None,
) -> str:
    """Where it comes from, as far as that is this shop's business, and on what terms it counts."""
    if granted is not None:
        day = format_date(granted[1], page.locale, DateStyle.DAY)
        return page.text("why-own-rule", rule=granted[0], day=day)
    if lot.issuer_id == page.caller.shop and lot.unit == "rial":
        return page.text("why-own-gift")
    if lot.scope_kind == "partners":
        shop = names.get(lot.issuer_id, "")
        return page.text("why-partners", shop=shop, share=_share(page, lot.max_share_bps))
    if lot.unit == "point":
        price = money(page, lot.redeem_price)
        return page.text("why-points", price=price, share=_share(page, lot.max_share_bps))
    return page.text("why-wallet" if lot.unit == "wallet" else "why-network")


def _share(page: PageContext, bps: int | None) -> str:
    if bps is None or bps >= 10_000:
        return page.text("why-share-whole")
    return page.text("why-share", percent=format_number(Decimal(bps) / 100, page.locale))
