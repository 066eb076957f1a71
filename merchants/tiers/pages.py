"""The shop's ladder of tiers in its portal."""

import re
from collections.abc import Mapping
from typing import Final, cast

from litestar import get, post
from litestar.di import NamedDependency

from merchants.permissions import CUSTOMERS, branches_of
from merchants.tiers.service import (
    MEASURES,
    MOST_RUNGS,
    Ladder,
    Measure,
    Rung,
    drop_ladder,
    find_ladder,
    ladder_of,
    set_ladder,
    tier_sizes,
)
from timcheh.audit import record
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import FieldError, Invalid, TimchehError
from timcheh.money import MoneyUnit
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.numbers import MOST_RIAL, read_count, read_money
from timcheh.web.pages import Html, PageContext

PERIODS: Final = (30, 90, 180, 365)
_IN_MONEY: Final = frozenset({"spend", "credit"})
_SHOWN: Final = 5
_RUNGS: Final = ("name-", "threshold-")
_RUNG: Final = re.compile(r"/rungs/(\d+)/")


@get("/{mall_slug:str}/shop/tiers", include_in_schema=False)
async def tiers(shop_page: NamedDependency[PageContext]) -> Html:
    """The ladder, to be read and changed, and how many stand on each rung."""
    branches_of(shop_page.caller, CUSTOMERS)
    return await _page(shop_page, None)


@post("/{mall_slug:str}/shop/tiers", include_in_schema=False, status_code=200)
async def tiers_set(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Makes the ladder and puts every customer on it."""
    caller = shop_page.caller
    branches_of(caller, CUSTOMERS)
    kept: list[int] = []
    written = Written("tiers.set", "merchant", caller.shop)
    try:
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            now = _values(shop_page, uow)
            data = await reconciled(uow, shop_page, data, now, written, whole=_RUNGS)
            await set_ladder(uow, caller.shop, _read(data, shop_page.unit, kept))
            await record(uow, caller, *written, merchant_id=caller.shop)
    except TimchehError as error:
        _place(error, kept)
        form = Form.refused(data, error, shop_page.locale)
        return await _page(shop_page, form, error.status)
    return shop_page.go(shop_page.url("tiers"), shop_page.text("tiers-set"))


@post("/{mall_slug:str}/shop/tiers/delete", include_in_schema=False, status_code=200)
async def tiers_drop(shop_page: NamedDependency[PageContext]) -> Html:
    """Does without tiers."""
    branches_of(shop_page.caller, CUSTOMERS)
    async with shop_page.database.unit_of_work(Scope.mall(shop_page.caller.mall_id)) as uow:
        await drop_ladder(uow, shop_page.caller.shop)
    return shop_page.go(shop_page.url("tiers"), shop_page.text("tiers-dropped"))


ROUTES: Final = (tiers, tiers_set, tiers_drop)


def _read(fields: Mapping[str, str], unit: MoneyUnit, kept: list[int]) -> Ladder:
    """The ladder of the form; `kept` are the numbers of its rows that have a name or a value."""
    measure = cast("Measure", fields.get("measure", ""))
    faults: list[FieldError] = []
    rungs: list[Rung] = []
    for n in range(MOST_RUNGS):
        name, typed = fields.get(f"name-{n}", ""), fields.get(f"threshold-{n}", "")
        if not name.strip() and not typed.strip():
            continue
        kept.append(n)
        where = f"/threshold-{n}"
        try:
            amount = (
                read_money(typed, where, unit)
                if measure in _IN_MONEY
                else read_count(typed, where, MOST_RIAL)
            )
        except Invalid as error:
            faults += error.errors
            continue
        rungs.append(Rung(name, amount))
    if faults:
        raise Invalid(errors=faults)
    period = fields.get("period", "")
    days = int(period) if period.isascii() and period.isdigit() else None
    return Ladder(measure, days, tuple(rungs))


def _place(error: TimchehError, kept: list[int]) -> None:
    """The service's pointers as the form's own fields: blank rows don't count there."""
    for at, fault in enumerate(error.errors):
        found = _RUNG.match(fault.pointer)
        if found:
            field = fault.pointer.rpartition("/")[2]
            place = f"/{field}-{kept[int(found[1])]}"
            error.errors[at] = FieldError(place, fault.code, fault.params)
        elif fault.pointer == "/rungs":
            error.errors[at] = FieldError("/name-0", fault.code, fault.params)


async def _page(page: PageContext, form: Form | None, status: int = 200) -> Html:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        row = await find_ladder(uow, page.caller.shop)
        sizes = await tier_sizes(uow, page.caller.shop)
    ladder = ladder_of(row) if row else None
    context = {
        "form": form or page.form(_typed(page, ladder)),
        "rows": range(max(_SHOWN, len(ladder.rungs) + 1 if ladder else 0)),
        "measures": [(each, page.text(f"tiers-measure-{each}")) for each in MEASURES],
        "periods": [("", page.text("tiers-period-all"))]
        + [(str(days), page.text("tiers-period", days=days)) for days in PERIODS],
        "rungs": [(rung.name, sizes.get(rung.name, 0)) for rung in ladder.rungs] if ladder else [],
        "below": sizes.get(None, 0),
        "has_ladder": ladder is not None,
    }
    return page.render("merchants/tiers/page.html", context, status=status)


async def _values(page: PageContext, uow: UnitOfWork) -> dict[str, str]:
    row = await find_ladder(uow, page.caller.shop)
    return _typed(page, ladder_of(row) if row else None)


def _typed(page: PageContext, ladder: Ladder | None) -> dict[str, str]:
    """What is stored, as it would be typed; for a shop without a ladder the usual three names."""
    if ladder is None:
        usual = {f"name-{n}": page.text(f"tiers-usual-{n}") for n in range(3)}
        return {"measure": "spend", "period": "365", **usual}
    divisor = page.unit.rial if ladder.measure in _IN_MONEY else 1
    values = {
        "measure": ladder.measure,
        "period": str(ladder.period_days or ""),
    }
    for n, rung in enumerate(ladder.rungs):
        values[f"name-{n}"] = rung.name
        values[f"threshold-{n}"] = str(rung.threshold // divisor)
    return values
