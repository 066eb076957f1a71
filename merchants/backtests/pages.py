"""Trying an offer on past sales in the shop's portal."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from msgspec import convert

from merchants.backtests.arithmetic import Verdict
from merchants.backtests.drafting import GIFTS, PERIODS, read_offer, since, with_offer
from merchants.backtests.errors import MarginsMissing
from merchants.backtests.forecast import Forecast
from merchants.backtests.models import Backtest
from merchants.backtests.service import Wanted, ask, cancel, find_backtest, list_backtests
from merchants.backtests.words import Speech, tell, tell_limit
from merchants.catalogue.queries import group_names
from merchants.margins.queries import read_margins
from merchants.offers.merging import merged
from merchants.offers.service import find_draft
from merchants.permissions import FORECAST
from merchants.programme.queries import read_rules
from merchants.programme.sentences import Teller
from merchants.programme.service import current_rules
from merchants.shops.service import shop_names
from merchants.typed import Typed
from timcheh.calendar import Jalali, format_date
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import TimchehError
from timcheh.ids import read_id
from timcheh.ledger.queries import room_left
from timcheh.rules import parse_rules
from timcheh.web.form import Form
from timcheh.web.pages import PageContext

Fields = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Html = Response[Any]
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
    shown = [_row(shop_page, row) for row in rows]
    return shop_page.render("merchants/backtests/list.html", {"backtests": shown})


@get("/{mall_slug:str}/shop/backtests/new", include_in_schema=False)
async def begin(shop_page: NamedDependency[PageContext]) -> Html:
    """What is to be tried. Without margins nothing can be said, so they come first."""
    caller = shop_page.caller
    caller.require(FORECAST)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        told = await read_margins(uow, caller.shop) is not None
    if not told:
        return shop_page.go(shop_page.url("margins") + "?then=backtest")
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
        return shop_page.go(shop_page.url("margins") + "?then=backtest")
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
    context = _row(shop_page, row) | {"outcome": await _outcome(shop_page, row)}
    if shop_page.htmx and row.state in ("waiting", "running"):
        return shop_page.render("merchants/backtests/_progress.html", context)
    if shop_page.htmx:  # it is over: the whole page is another one now
        return shop_page.go(shop_page.url(f"backtests/{row.id}"))
    return shop_page.render("merchants/backtests/one.html", context)


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


ROUTES: Final = (backtests, begin, start, backtest, give_up)


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


def _row(page: PageContext, row: Backtest) -> dict[str, Any]:
    found = None if row.forecast is None else convert(row.forecast, Forecast)
    return {
        "id": row.id,
        "rule": row.rule,
        "state": row.state,
        "done": row.done,
        "whole": row.whole,
        "at": row.created_at,
        "since": row.since,
        "told": None if found is None else tell(_verdict(row), found, _speech(page)),
    }


def _verdict(row: Backtest) -> Verdict | None:
    return None if row.verdict is None else convert(row.verdict, Verdict)


def _speech(page: PageContext) -> Speech:
    return Speech(page.text, page.unit, page.locale)


async def _outcome(page: PageContext, row: Backtest) -> Mapping[str, Any] | None:
    if row.forecast is None:
        return None
    found, speech = convert(row.forecast, Forecast), _speech(page)
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        free = await room_left(uow, page.caller.shop) if found.partner_peak else 0
        names = await shop_names(uow)
    offer = next(rule for rule in parse_rules(row.rules) if rule.name == row.rule)
    teller = Teller(page.locale, speech.unit, names)
    names_of = ("none", "expected", "strong")
    return {
        "when": teller.when(offer),
        "then": teller.then(offer),
        "instead": offer.exclusive,
        "forecast": found,
        "scenarios": list(zip(names_of, found.scenarios, strict=True)),
        "months": [(_month(page, year, month), amount) for year, month, amount in found.months],
        "limit": tell_limit(found.partner_peak, free, speech) if found.partner_peak else None,
        "redemption": [
            (kind, found.assumptions.redemption[kind])
            for kind in found.assumptions.redemption
            if any(cost.kind == kind for cost in found.costs)
        ],
    }


def _month(page: PageContext, year: int, month: int) -> str:
    return format_date(Jalali(year, month, 1).to_date(), page.locale)
