"""The catalogue in the shop's portal: goods, their own terms, and price lists."""

from typing import Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.catalogue.lists import (
    ListItem,
    find_price_list,
    items_of,
    list_price_lists,
    put_price_list,
)
from merchants.catalogue.models import Product
from merchants.catalogue.pasting import read_pasted
from merchants.catalogue.queries import find_product, group_names, product_page
from merchants.catalogue.service import Details, import_goods, put_product
from merchants.customers.queries import customer_groups
from merchants.listing import Window, cut
from merchants.permissions import GOODS
from merchants.typed import Typed
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import FieldError, Invalid, TimchehError
from timcheh.money import MoneyUnit
from timcheh.text.normalise import normalise
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.numbers import in_percent, in_unit, read_money
from timcheh.web.pages import Html, PageContext

_GOODS: Final = "/{mall_slug:str}/shop/goods"
_LISTS: Final = "/{mall_slug:str}/shop/price-lists"
_MOST_POINTS: Final = 10**6
_MOST_DAYS: Final = 3650


@get(_GOODS, include_in_schema=False)
async def goods(shop_page: NamedDependency[PageContext]) -> Html:
    """Goods and services by name."""
    caller, query = shop_page.caller, shop_page.request.query_params
    caller.require(GOODS)
    text, group = normalise(query.get("q", ""))[:100], query.get("group", "")[:200]
    window = Window.asked(query, tuple[str, str])
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        rows = await product_page(uow, caller.shop, text, group, window)
        groups = await group_names(uow, caller.shop)
    keep = {"q": text, "group": group}
    shown = cut(window, rows, lambda row: (row.name, row.sku), shop_page.url("goods"), keep)
    context = {
        "goods": shown.rows,
        "q": text,
        "group": group,
        "groups": groups,
        "next": shown.next,
        "previous": shown.previous,
    }
    return shop_page.render("merchants/catalogue/list.html", context)


@get(_GOODS + "/new", include_in_schema=False)
async def good_new(shop_page: NamedDependency[PageContext]) -> Html:
    """The form of a new one."""
    return await _good_form(shop_page, Form({"active": "yes", "credit_scope": "own"}), None)


@post(_GOODS, include_in_schema=False, status_code=200)
async def good_added(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Adds one; a code that is taken is refused."""
    return await _save(shop_page, data, None)


@get(_GOODS + "/import", include_in_schema=False)
async def goods_paste(shop_page: NamedDependency[PageContext]) -> Html:
    """Where a table is pasted."""
    shop_page.caller.require(GOODS)
    return shop_page.render("merchants/catalogue/import.html", {"form": Form()})


@post(_GOODS + "/import", include_in_schema=False, status_code=200)
async def goods_pasted(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Adds and changes all goods of a pasted table, or none of them."""
    caller = shop_page.caller
    caller.require(GOODS)
    try:
        rows = read_pasted(data.get("rows", ""), shop_page.unit)
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            await import_goods(uow, caller.shop, rows)
    except TimchehError as error:
        form = Form.refused(data, error, shop_page.locale)
        # A fault names a row of what was pasted, and all rows are in one field.
        form = Form(data, {"rows": " ".join(form.errors.values()) or form.message})
        context = {"form": form}
        return shop_page.render("merchants/catalogue/import.html", context, status=error.status)
    toast = shop_page.text("goods-imported", count=len(rows))
    return shop_page.go(shop_page.url("goods"), toast)


@get(_GOODS + "/{product_id:uuid}", include_in_schema=False)
async def good_one(shop_page: NamedDependency[PageContext], product_id: FromPath[UUID]) -> Html:
    """The form of one."""
    caller = shop_page.caller
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        product = await find_product(uow, caller.shop, product_id)
    return await _good_form(shop_page, shop_page.form(_values(product, shop_page.unit)), product)


@post(_GOODS + "/{product_id:uuid}", include_in_schema=False, status_code=200)
async def good_changed(
    shop_page: NamedDependency[PageContext], product_id: FromPath[UUID], data: Fields
) -> Html:
    """Changes one; its code stays."""
    caller = shop_page.caller
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        product = await find_product(uow, caller.shop, product_id)
    return await _save(shop_page, data, product)


@get(_LISTS, include_in_schema=False)
async def price_lists(shop_page: NamedDependency[PageContext]) -> Html:
    """Price lists and whom they are for."""
    caller = shop_page.caller
    caller.require(GOODS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        found = await list_price_lists(uow, caller.shop)
    return shop_page.render("merchants/catalogue/price_lists.html", {"lists": found})


@get(_LISTS + "/new", include_in_schema=False)
async def price_list_new(shop_page: NamedDependency[PageContext]) -> Html:
    """The form of a new one."""
    return await _list_form(shop_page, Form({"active": "yes"}), None)


@post(_LISTS, include_in_schema=False, status_code=200)
async def price_list_added(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Makes one."""
    return await _save_list(shop_page, data, None)


@get(_LISTS + "/{list_id:uuid}", include_in_schema=False)
async def price_list_one(shop_page: NamedDependency[PageContext], list_id: FromPath[UUID]) -> Html:
    """The form of one."""
    async with shop_page.database.unit_of_work(shop_page.caller.scope) as uow:
        values = await _list_values(shop_page, uow, list_id)
    return await _list_form(shop_page, shop_page.form(values), list_id)


@post(_LISTS + "/{list_id:uuid}", include_in_schema=False, status_code=200)
async def price_list_changed(
    shop_page: NamedDependency[PageContext], list_id: FromPath[UUID], data: Fields
) -> Html:
    """Changes one."""
    return await _save_list(shop_page, data, list_id)


ROUTES: Final = (
    goods,
    good_new,
    good_added,
    goods_paste,
    goods_pasted,
    good_one,
    good_changed,
    price_lists,
    price_list_new,
    price_list_added,
    price_list_one,
    price_list_changed,
)


def _values(product: Product, unit: MoneyUnit) -> dict[str, str]:
    return {
        "sku": product.sku,
        "name": product.name,
        "price": in_unit(product.price, unit),
        "group": product.group or "",
        "unit": product.unit or "",
        "barcode": product.barcode or "",
        "active": "yes" if product.active else "",
        "discount": in_percent(product.discount_bps),
        "credit": in_percent(product.credit_bps),
        "credit_days": str(product.credit_days or ""),
        "credit_scope": product.credit_scope,
        "points": str(product.points or ""),
    }


async def _save(page: PageContext, data: dict[str, str], product: Product | None) -> Html:
    caller = page.caller
    caller.require(GOODS)
    try:
        async with page.database.unit_of_work(caller.scope) as uow:
            if product is not None:
                now = _good_values(page, uow, product.id)
                data = await reconciled(uow, page, data, now, _good(product.id))
            typed = Typed(data, page.unit)
            sku = product.sku if product else typed.needed("sku", 50)
            name, price = typed.needed("name"), typed.needed_money("price")
            details = _details(typed)
            typed.check()
            if product is None and await find_product(uow, caller.shop, sku=sku):
                raise Invalid.field("/sku", "sku_taken")
            put = await put_product(
                uow, caller.shop, sku, name, price, typed.text("group"), details
            )
            await record(uow, caller, *_good(put.id), after={"sku": sku})
    except TimchehError as error:
        form = Form.refused(data, error, page.locale)
        return await _good_form(page, form, product, error.status)
    return page.go(page.url("goods"), page.text("goods-saved", name=name))


def _details(typed: Typed) -> Details:
    return Details(
        typed.text("unit", 50),
        typed.text("barcode", 50),
        bool(typed.fields.get("active")),
        typed.percent("discount") or None,
        typed.percent("credit") or None,
        typed.count("credit_days", _MOST_DAYS) or None,
        "partners" if typed.fields.get("credit_scope") == "partners" else "own",
        typed.count("points", _MOST_POINTS) or None,
    )


def _good(product_id: UUID) -> Written:
    return Written("product.changed", "product", product_id)


async def _good_values(page: PageContext, uow: UnitOfWork, product_id: UUID) -> dict[str, str]:
    return _values(await find_product(uow, page.caller.shop, product_id), page.unit)


async def _good_form(
    page: PageContext, form: Form, product: Product | None, status: int = 200
) -> Html:
    caller = page.caller
    caller.require(GOODS)
    async with page.database.unit_of_work(caller.scope) as uow:
        groups = await group_names(uow, caller.shop)
    context = {"form": form, "product": product, "groups": groups}
    return page.render("merchants/catalogue/one.html", context, status=status)


async def _save_list(page: PageContext, data: dict[str, str], list_id: UUID | None) -> Html:
    caller = page.caller
    caller.require(GOODS)
    if list_id is not None:
        # Before what was typed is looked at: a foreign list looks absent whatever is sent.
        async with page.database.unit_of_work(caller.scope) as uow:
            await find_price_list(uow, caller.shop, list_id)
    try:
        async with page.database.unit_of_work(caller.scope) as uow:
            if list_id is not None:
                now = _list_values(page, uow, list_id)
                data = await reconciled(uow, page, data, now, _list(list_id))
            typed = Typed(data, page.unit)
            name, bps = typed.needed("name", 100), typed.percent("percent") or 0
            groups = [normalise(each).strip() for each in data.get("groups", "").splitlines()]
            items = _items(typed)
            typed.check()
            put = await put_price_list(
                uow,
                caller.shop,
                name,
                bps,
                [each for each in groups if each],
                items,
                active=bool(data.get("active")),
                list_id=list_id,
            )
            await record(uow, caller, *_list(put.id), after={"name": name})
    except TimchehError as error:
        form = Form.refused(data, _in_one_field(error), page.locale)
        return await _list_form(page, form, list_id, error.status)
    return page.go(page.url("price-lists"), page.text("price-lists-saved", name=name))


def _list(list_id: UUID) -> Written:
    return Written("price_list.changed", "price_list", list_id)


async def _list_values(page: PageContext, uow: UnitOfWork, list_id: UUID) -> dict[str, str]:
    shop, unit = page.caller.shop, page.unit
    row = await find_price_list(uow, shop, list_id)
    groups = next(each.groups for each in await list_price_lists(uow, shop) if each.id == row.id)
    items = await items_of(uow, shop, list_id)
    return {
        "name": row.name,
        "percent": in_percent(row.discount_bps or None),
        "active": "yes" if row.active else "",
        "groups": "\n".join(groups),
        "items": "\n".join(f"{sku}\t{in_unit(price, unit)}" for sku, _, _, price in items),
    }


def _items(typed: Typed) -> list[ListItem]:
    """Lines of a code and a price, as a spreadsheet's two columns are pasted."""
    found = []
    for number, line in enumerate(typed.fields.get("items", "").splitlines(), 1):
        parts = normalise(line).replace("\t", " ").rsplit(maxsplit=1)
        if not parts:
            continue
        try:
            sku, written = parts
            found.append(ListItem(sku, read_money(written, "/items", typed.unit)))
        except (ValueError, Invalid):
            typed.fault("items", "row_price", row=number, price=line[:30])
    return found


def _in_one_field(error: TimchehError) -> TimchehError:
    """All items are typed in one field: `/items/3/sku` is told there."""
    if not error.errors:
        return error
    return Invalid(errors=[_told_at_items(each) for each in error.errors])


def _told_at_items(fault: FieldError) -> FieldError:
    if fault.pointer.startswith("/items"):
        return FieldError("/items", fault.code, fault.params)
    return fault


async def _list_form(
    page: PageContext, form: Form, list_id: UUID | None, status: int = 200
) -> Html:
    caller = page.caller
    caller.require(GOODS)
    async with page.database.unit_of_work(caller.scope) as uow:
        known = await customer_groups(uow, caller.shop)
    context = {"form": form, "list_id": list_id, "known_groups": known}
    return page.render("merchants/catalogue/price_list.html", context, status=status)
