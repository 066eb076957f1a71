"""How a shop sells: value added tax, who it is on its invoices, and caps on credit."""

from typing import Final

from litestar import get, post
from litestar.di import NamedDependency

from merchants.caps.room import EVERYONE, Cap
from merchants.caps.service import list_caps, set_caps
from merchants.customers.queries import customer_groups
from merchants.expiring.service import read_days, reminder_days, set_reminder_days
from merchants.invoices.service import find_seller, put_seller
from merchants.permissions import SELLING
from merchants.shops.service import find_account, set_approval, set_vat
from merchants.typed import Typed
from timcheh.audit import record
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import TimchehError
from timcheh.text.identifiers import IdentifierError, postal_code
from timcheh.web.form import Fields, Form, row_key
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.numbers import in_percent, in_unit
from timcheh.web.pages import Html, PageContext

_HERE: Final = "/{mall_slug:str}/shop/selling"
_SAYS: Final = {
    "legal_name": 100,
    "address": 300,
    "postal_code": 10,
    "phone": 30,
    "economic_code": 20,
    "footer": 200,
}


@get(_HERE, include_in_schema=False)
async def selling(shop_page: NamedDependency[PageContext]) -> Html:
    """The settings as they are."""
    caller = shop_page.caller
    caller.require(SELLING)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        values = await _values(shop_page, uow)
        groups = await _groups(uow, shop_page)
    return _shown(shop_page, shop_page.form(values), groups)


@post(_HERE, include_in_schema=False, status_code=200)
async def selling_changed(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Changes them, from the next sale on."""
    caller = shop_page.caller
    caller.require(SELLING)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        groups = await _groups(uow, shop_page)
    written = Written("selling.changed", "merchant", caller.shop)
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            data = await reconciled(uow, shop_page, data, _values(shop_page, uow), written)
            typed = Typed(data, shop_page.unit)
            days: list[int] = typed.tried("reminder_days", read_days, [])
            vat, says, caps = typed.percent("vat") or None, _says(typed), _caps(typed, groups)
            approve_above = typed.money("approve_above")
            typed.check()
            await set_vat(uow, caller.shop, vat, included=data.get("vat_included") != "no")
            await put_seller(uow, caller.shop, says)
            await set_caps(uow, caller.shop, caps)
            if "reminder_days" in data:
                await set_reminder_days(uow, caller.shop, days)
            before = await set_approval(uow, caller.shop, approve_above)
            await record(
                uow,
                caller,
                *written,
                before={"approve_above": before},
                after={"approve_above": approve_above},
            )
    except TimchehError as error:
        form = Form.refused(data, error, shop_page.locale)
        return _shown(shop_page, form, groups, error.status)
    return shop_page.go(shop_page.url("selling"), shop_page.text("selling-saved"))


ROUTES: Final = (selling, selling_changed)


def _shown(page: PageContext, form: Form, groups: list[str], status: int = 200) -> Html:
    context = {"form": form, "groups": [(row_key(group), group) for group in groups]}
    return page.render("merchants/selling.html", context, status=status)


async def _values(page: PageContext, uow: UnitOfWork) -> dict[str, str]:
    """As they are; the days are the mall's where the shop has none of its own."""
    shop, unit = page.caller.shop, page.unit
    account, seller = await find_account(uow, shop), await find_seller(uow, shop)
    caps = await list_caps(uow, shop)
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as mall:
        days = await reminder_days(mall, shop)
    values = {
        "reminder_days": page.digits(page.text("list-comma").join(map(str, days))),
        "vat": in_percent(account.vat_bps),
        "vat_included": "yes" if account.vat_included else "no",
        "approve_above": in_unit(account.approve_above, unit),
        **{name: (getattr(seller, name) or "") if seller else "" for name in _SAYS},
    }
    for cap in caps:
        values[f"per_invoice-{row_key(cap.group)}"] = in_unit(cap.per_invoice, unit)
        values[f"per_day-{row_key(cap.group)}"] = in_unit(cap.per_day, unit)
    return values


async def _groups(uow: UnitOfWork, page: PageContext) -> list[str]:
    """Everyone first, then the groups of customers, and those that only old caps name."""
    known = await customer_groups(uow, page.caller.shop)
    old = [cap.group for cap in await list_caps(uow, page.caller.shop)]
    return [EVERYONE, *known, *(name for name in old if name and name not in known)]


def _says(typed: Typed) -> dict[str, str | None]:
    says = {name: typed.text(name, most) for name, most in _SAYS.items()}
    if says["postal_code"]:
        try:
            says["postal_code"] = postal_code(says["postal_code"])
        except IdentifierError as error:
            typed.fault("postal_code", error.code)
    return says


def _caps(typed: Typed, groups: list[str]) -> list[Cap]:
    caps = []
    for group in groups:
        n = row_key(group)
        per_invoice, per_day = typed.money(f"per_invoice-{n}"), typed.money(f"per_day-{n}")
        for name, amount in ((f"per_invoice-{n}", per_invoice), (f"per_day-{n}", per_day)):
            if amount == 0:
                typed.fault(name, "not_positive")
        if per_invoice or per_day:
            caps.append(Cap(group, per_invoice, per_day))
    return caps
