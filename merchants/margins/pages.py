"""The shop tells what it keeps of each group's price."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency

from merchants.margins.models import OTHER
from merchants.margins.queries import groups_to_ask, keep_margins, margins_by_group
from merchants.permissions import FORECAST
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import FieldError, Invalid, TimchehError
from timcheh.ids import read_id
from timcheh.rules.basket import match_key
from timcheh.text.digits import format_number
from timcheh.web.form import Fields, Form, row_key
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.numbers import read_percent
from timcheh.web.pages import PageContext

_DEFAULT: Final = "default"


@get("/{mall_slug:str}/shop/margins", include_in_schema=False)
async def margins(shop_page: NamedDependency[PageContext]) -> Response[Any]:
    """The margins as they were told."""
    shop_page.caller.require(FORECAST)
    return await _page(shop_page, None)


@post("/{mall_slug:str}/shop/margins", include_in_schema=False, status_code=200)
async def keep(shop_page: NamedDependency[PageContext], data: Fields) -> Response[Any]:
    """Keeps them all; a group without a number goes by the usual margin."""
    caller = shop_page.caller
    caller.require(FORECAST)
    written = Written("margins.told", "merchant", caller.shop)
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            data = await reconciled(uow, shop_page, data, _values(shop_page, uow), written)
            groups = await groups_to_ask(uow, caller.shop)
            default, told = _read(data, groups)
            await keep_margins(uow, caller.shop, default, told)
            await record(uow, caller, *written, merchant_id=caller.shop)
    except TimchehError as error:
        return await _page(shop_page, Form.refused(data, error, shop_page.locale), error.status)
    return shop_page.go(_after(shop_page, data), shop_page.text("margins-kept"))


ROUTES: Final = (margins, keep)


def _after(page: PageContext, data: Mapping[str, str]) -> str:
    """Back to what the margins were needed for, if that is where one came from."""
    then = data.get("then", "")
    if (draft_id := read_id(then)) is not None:
        return page.url(f"offers/{draft_id}")
    return page.url("backtests/new" if then == "backtest" else "margins")


def _read(data: Mapping[str, str], groups: Sequence[str]) -> tuple[int, dict[str, int]]:
    faults: list[FieldError] = []

    def percent(name: str) -> int:
        try:
            return read_percent(data.get(name, ""), f"/{name}")
        except Invalid as error:
            faults.extend(error.errors)
            return 0

    default = percent(_DEFAULT)
    told = {
        group: percent(_field(group)) for group in groups if data.get(_field(group), "").strip()
    }
    if faults:
        raise Invalid(errors=faults)
    return default, told


def _field(group: str) -> str:
    return f"group-{row_key(match_key(group))}"


async def _page(page: PageContext, form: Form | None, status: int = 200) -> Response[Any]:
    caller = page.caller
    async with page.database.unit_of_work(caller.scope) as uow:
        told = await margins_by_group(uow, caller.shop)
        groups = await groups_to_ask(uow, caller.shop)
    context = {
        "form": form or page.form(_typed(page, told)),
        "groups": [(_field(group), group) for group in groups],
        "told": OTHER in told,
        "then": form.value("then") if form else page.request.query_params.get("then", ""),
    }
    return page.render("merchants/margins/page.html", context, status=status)


async def _values(page: PageContext, uow: UnitOfWork) -> dict[str, str]:
    return _typed(page, await margins_by_group(uow, page.caller.shop))


def _typed(page: PageContext, told: Mapping[str, int]) -> dict[str, str]:
    return {
        _DEFAULT if group == OTHER else _field(group): format_number(
            Decimal(bps) / 100, page.locale
        )
        for group, bps in told.items()
    }
