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
from merchants.purchases.showing import digits
from merchants.shops.service import find_account, set_approval, set_vat
from merchants.typed import Typed
from timcheh.audit import record
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import TimchehError
from timcheh.text.identifiers import IdentifierError, postal_code
from timcheh.web.form import Fields, Form
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
    unit = shop_page.unit
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        account = await find_account(uow, caller.shop)
        seller = await find_seller(uow, caller.shop)
        caps = {cap.group: cap for cap in await list_caps(uow, caller.shop)}
        groups = await _groups(uow, shop_page)
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        days = await reminder_days(uow, caller.shop)
    values = {
        "reminder_days": digits(shop_page, shop_page.text("list-comma").join(map(str, days))),
        "vat": in_percent(account.vat_bps),
        "vat_included": "yes" if account.vat_included else "no",
        "approve_above": in_unit(account.approve_above, unit),
        **{name: (getattr(seller, name) or "") if seller else "" for name in _SAYS},
    }
    for n, group in enumerate(groups):
        if group in caps:
            values[f"per_invoice-{n}"] = in_unit(caps[group].per_invoice, unit)
            values[f"per_day-{n}"] = in_unit(caps[group].per_day, unit)
    return shop_page.render("merchants/selling.html", {"form": Form(values), "groups": groups})


@post(_HERE, include_in_schema=False, status_code=200)
async def selling_changed(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Changes them, from the next sale on."""
    caller = shop_page.caller
    caller.require(SELLING)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        groups = await _groups(uow, shop_page)
    typed = Typed(data, shop_page.unit)
    days: list[int] = typed.tried("reminder_days", read_days, [])
    vat, says, caps = typed.percent("vat") or None, _says(typed), _caps(typed, groups)
    approve_above = typed.money("approve_above")
    try:
        typed.check()
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            await set_vat(uow, caller.shop, vat, included=data.get("vat_included") != "no")
            await put_seller(uow, caller.shop, says)
            await set_caps(uow, caller.shop, caps)
            if "reminder_days" in data:
                await set_reminder_days(uow, caller.shop, days)
            before = await set_approval(uow, caller.shop, approve_above)
            await record(
                uow,
                caller,
                "selling.changed",
                "merchant",
                caller.shop,
                before={"approve_above": before},
                after={"approve_above": approve_above},
            )
    except TimchehError as error:
        form = Form.refused(data, error, shop_page.locale)
        context = {"form": form, "groups": groups}
        return shop_page.render("merchants/selling.html", context, status=error.status)
    return shop_page.go(shop_page.url("selling"), shop_page.text("selling-saved"))


ROUTES: Final = (selling, selling_changed)


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
    for n, group in enumerate(groups):
        per_invoice, per_day = typed.money(f"per_invoice-{n}"), typed.money(f"per_day-{n}")
        for name, amount in ((f"per_invoice-{n}", per_invoice), (f"per_day-{n}", per_day)):
            if amount == 0:
                typed.fault(name, "not_positive")
        if per_invoice or per_day:
            caps.append(Cap(group, per_invoice, per_day))
    return caps
