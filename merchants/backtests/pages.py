"""Trying an offer on past sales in the shop's portal."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.backtests.drafting import GIFTS, PERIODS, read_offer, since, with_offer
from merchants.backtests.errors import MarginsMissing
from merchants.backtests.onward import next_step
from merchants.backtests.service import (
    Wanted,
    ask,
    cancel,
    find_backtest,
    list_backtests,
    mark_of,
    newest_backtest,
    offer_of,
)
from merchants.backtests.showing import months_chart, outcome_of, shown_backtest
from merchants.catalogue.queries import group_names
from merchants.margins.queries import read_margins
from merchants.offers.merging import merged
from merchants.offers.service import begin_draft, find_draft
from merchants.permissions import FORECAST, OFFERS
from merchants.programme.queries import read_rules
from merchants.programme.service import current_rules
from merchants.typed import Typed
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import NotFound, TimchehError
from timcheh.ids import read_id
from timcheh.web.downloads import chart_sheet
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext

BACKTEST: Final = "backtest"
"""Where the page of margins goes on to; or to a draft, by its id."""
_MOST: Final = 30
_A_YEAR: Final = 12
_USUAL: Final = {"gift": "own", "months": "12", "expected": "10", "strong": "25"}


@get("/{mall_slug:str}/shop/backtests", include_in_schema=False)
async def backtests(shop_page: NamedDependency[PageContext]) -> Html:
    """What was tried."""
    caller = shop_page.caller
    caller.require(FORECAST)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        rows = await list_backtests(uow, caller.shop, _MOST)
    shown = [shown_backtest(shop_page, row) for row in rows]
    return shop_page.render("merchants/backtests/list.html", {"backtests": shown})


@get("/{mall_slug:str}/shop/backtests/new", include_in_schema=False)
async def begin(shop_page: NamedDependency[PageContext]) -> Html:
    """What is to be tried. Without margins nothing can be said, so they come first."""
    caller = shop_page.caller
    caller.require(FORECAST)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        told = await read_margins(uow, caller.shop) is not None
    if not told:
        return shop_page.go(shop_page.url("margins") + f"?then={BACKTEST}")
    return await _form(shop_page, Form(_USUAL))


@post("/{mall_slug:str}/shop/backtests", include_in_schema=False, status_code=200)
async def start(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Queues it; its page shows how far it is."""
    caller = shop_page.caller
    caller.require(FORECAST)
    draft = read_id(data.get("draft"))
    try:
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            if draft is None:
                wanted = await _of_form(shop_page, uow, data)
            else:
                wanted = await _of_draft(shop_page, uow, draft)
            made = await ask(uow, caller.shop, wanted, caller.id)
    except MarginsMissing:
        return shop_page.go(shop_page.url("margins") + f"?then={draft or BACKTEST}")
    except TimchehError as error:
        if draft is not None:
            raise
        form = Form.refused(data, error, shop_page.locale)
        if form.errors.keys() - set(data):  # a fault of the rule as a whole
            form = replace(form, message=next(iter(form.errors.values())))
        return await _form(shop_page, form, error.status)
    return shop_page.go(shop_page.url(f"backtests/{made.id}"))


@get("/{mall_slug:str}/shop/backtests/{backtest_id:uuid}", include_in_schema=False)
async def backtest(shop_page: NamedDependency[PageContext], backtest_id: FromPath[UUID]) -> Html:
    """How far it is, or what came of it. Asked for again and again by itself while it runs."""
    caller = shop_page.caller
    caller.require(FORECAST)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        row = await find_backtest(uow, caller.shop, backtest_id)
        onward = await next_step(uow, row)
    context = shown_backtest(shop_page, row) | {
        "outcome": await outcome_of(shop_page, row),
        "onward": onward if caller.may(OFFERS) else None,
    }
    if shop_page.htmx and row.state in ("waiting", "running"):
        return shop_page.render("merchants/backtests/_progress.html", context)
    if shop_page.htmx:  # it is over: the whole page is another one now
        return shop_page.go(shop_page.url(f"backtests/{row.id}"))
    return shop_page.render("merchants/backtests/one.html", context)


@get("/{mall_slug:str}/shop/backtests/{backtest_id:uuid}/months.xlsx", include_in_schema=False)
async def months_sheet(
    shop_page: NamedDependency[PageContext], backtest_id: FromPath[UUID]
) -> Response[Any]:
    """What it would have cost by month, in rial. Raises NotFound while it isn't finished."""
    caller = shop_page.caller
    caller.require(FORECAST)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        row = await find_backtest(uow, caller.shop, backtest_id)
    if row.forecast is None:
        raise NotFound
    return await chart_sheet(shop_page, months_chart(shop_page, row), "backtest-months")


@get("/{mall_slug:str}/shop/backtests/of/{draft_id:uuid}", include_in_schema=False)
async def tested(shop_page: NamedDependency[PageContext], draft_id: FromPath[UUID]) -> Html:
    """What is known of a draft as it stands now: a fragment of its page."""
    caller = shop_page.caller
    caller.require(FORECAST)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        draft = await find_draft(uow, caller.shop, draft_id)
        row = await newest_backtest(uow, caller.shop, mark_of(draft.rule))
    context = {
        "draft_id": draft_id,
        "tested": None if row is None else shown_backtest(shop_page, row),
    }
    return shop_page.render("merchants/backtests/_tested.html", context)


@post(
    "/{mall_slug:str}/shop/backtests/{backtest_id:uuid}/cancel",
    include_in_schema=False,
    status_code=200,
)
async def give_up(shop_page: NamedDependency[PageContext], backtest_id: FromPath[UUID]) -> Html:
    """Ends it before its time."""
    caller = shop_page.caller
    caller.require(FORECAST)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await cancel(uow, caller.shop, backtest_id)
    return shop_page.go(shop_page.url("backtests"), shop_page.text("backtests-cancelled"))


@post(
    "/{mall_slug:str}/shop/backtests/{backtest_id:uuid}/draft",
    include_in_schema=False,
    status_code=200,
)
async def take_up(shop_page: NamedDependency[PageContext], backtest_id: FromPath[UUID]) -> Html:
    """Makes a draft of what was tried, or goes to the one that there is."""
    caller = shop_page.caller
    caller.require(FORECAST)
    caller.require(OFFERS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        row = await find_backtest(uow, caller.shop, backtest_id)
        draft_id = (await next_step(uow, row)).draft_id
        if draft_id is None:
            made = await begin_draft(uow, caller.shop, offer_of(row), caller.id)
            draft_id = made.id
    return shop_page.go(shop_page.url(f"offers/{draft_id}"))


ROUTES: Final = (backtests, begin, start, backtest, months_sheet, tested, give_up, take_up)


async def _of_form(page: PageContext, uow: UnitOfWork, data: Mapping[str, str]) -> Wanted:
    typed = Typed(data, page.unit)
    offer = read_offer(typed)
    months = int(typed.choice("months", PERIODS) or 0)
    extra = (0, typed.needed_percent("expected"), typed.needed_percent("strong"))
    typed.check()
    _, base = await current_rules(uow, page.caller.shop)
    return Wanted(with_offer(base, offer), offer["name"], since(months, page.now), extra)


async def _of_draft(page: PageContext, uow: UnitOfWork, draft_id: UUID) -> Wanted:
    """A draft as it would be published now, over the last year."""
    shop = page.caller.shop
    draft = await find_draft(uow, shop, draft_id)
    _, current = await current_rules(uow, shop)
    base = await read_rules(uow, shop, draft.base_version)
    rules = merged(current, base, draft.rule, draft.replaces)
    return Wanted(rules, draft.rule["name"], since(_A_YEAR, page.now))


async def _form(page: PageContext, form: Form, status: int = 200) -> Html:
    caller = page.caller
    async with page.database.unit_of_work(caller.scope) as uow:
        groups = await group_names(uow, caller.shop)
    context = {
        "form": form,
        "groups": [(name, name) for name in groups],
        "gifts": [(gift, page.text(f"backtests-gift-{gift}")) for gift in GIFTS],
        "periods": [(months, page.text("backtests-months", months=months)) for months in PERIODS],
    }
    return page.render("merchants/backtests/new.html", context, status=status)
