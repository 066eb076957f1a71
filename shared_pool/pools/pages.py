"""Pools in the mall's portal: opening one, its shops and their terms."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.facade import shop_names
from shared_pool.fund.pages import READ
from shared_pool.pools.form import read_pool, read_terms, terms_form
from shared_pool.pools.models import Pool
from shared_pool.pools.service import (
    find_pool,
    join,
    leave,
    list_participants,
    list_pools,
    open_pool,
    sizes,
)
from shared_pool.pools.telling import (
    CHOICES,
    USUAL,
    day_heads,
    day_rows,
    drawn,
    shop_heads,
    shop_rows,
    together,
)
from shared_pool.pools.worth import FEWEST, Brought, brought, ranked, told_few, total
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import TimchehError
from timcheh.ids import read_id
from timcheh.ledger.queries import balance_of
from timcheh.text.normalise import sort_key
from timcheh.web.downloads import workbook
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.period import Period, page_period, picker, told

MANAGE: Final = "pools.manage"
_HERE: Final = "/{mall_slug:str}/mall/pools"
_USUAL: Final = Form({"months": "12"})
_USUAL_TERMS: Final = Form({"max_share_percent": "100", "fee_percent": "0"})


@get(_HERE, include_in_schema=False)
async def pools(mall_page: NamedDependency[PageContext]) -> Html:
    """All of them, with how much of each is out."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        counts = await sizes(uow)
        rows = [
            _shown(pool) | {"shops": counts.get(pool.id, 0), "out": await _out(uow, pool)}
            for pool in await list_pools(uow)
        ]
    context = {"pools": rows, "can_edit": mall_page.caller.may(MANAGE)}
    return mall_page.render("shared_pool/pools/list.html", context)


@get(_HERE + "/new", include_in_schema=False)
async def pool_new(mall_page: NamedDependency[PageContext]) -> Html:
    """The form of a new one."""
    mall_page.caller.require(MANAGE)
    return _new(mall_page, _USUAL)


@post(_HERE, include_in_schema=False, status_code=200)
async def pool_opened(mall_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Opens it."""
    page = mall_page
    page.caller.require(MANAGE)
    try:
        asked = read_pool(data, page.unit)
        async with page.database.unit_of_work(page.caller.scope) as uow:
            pool = await open_pool(
                uow, asked.name, asked.issue_price, asked.redeem_price, asked.months
            )
            await record(uow, page.caller, "pool.opened", "pool", pool.id)
    except TimchehError as error:
        return _new(page, page.refused(data, error), error.status)
    return page.go(page.url(f"pools/{pool.id}"), page.text("pool-opened", name=asked.name))


@get(_HERE + "/{pool_id:uuid}", include_in_schema=False)
async def pool_one(mall_page: NamedDependency[PageContext], pool_id: FromPath[UUID]) -> Html:
    """One pool: its terms, what is out, and its shops; `?shop=` to change the terms of one."""
    mall_page.caller.require(READ)
    return await _one(mall_page, pool_id, None)


@post(_HERE + "/{pool_id:uuid}/shops", include_in_schema=False, status_code=200)
async def pool_joined(
    mall_page: NamedDependency[PageContext], pool_id: FromPath[UUID], data: Fields
) -> Html:
    """Lets a shop take part, or changes its terms."""
    page = mall_page
    page.caller.require(MANAGE)
    try:
        asked = read_terms(data)
        async with page.database.unit_of_work(page.caller.scope) as uow:
            await join(uow, pool_id, asked.merchant_id, asked.fee_bps, asked.max_share_bps)
            await record(
                uow, page.caller, "pool.joined", "pool", pool_id, merchant_id=asked.merchant_id
            )
            name = (await shop_names(uow))[asked.merchant_id]
    except TimchehError as error:
        return await _one(page, pool_id, page.refused(data, error), error.status)
    return page.go(page.url(f"pools/{pool_id}"), page.text("pool-joined", shop=name))


@get(_HERE + "/{pool_id:uuid}/worth.xlsx", include_in_schema=False)
async def pool_sheet(
    mall_page: NamedDependency[PageContext], pool_id: FromPath[UUID]
) -> Response[Any]:
    """What it brought each shop, as a sheet; money in rial."""
    page, period = mall_page, page_period(mall_page, USUAL)
    page.caller.require(READ)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        found = await brought(uow, await find_pool(uow, pool_id), period)
        names = await shop_names(uow)
    rows = shop_rows(found, names)
    return await workbook("pool", told(page, period), shop_heads(page.voice), rows, page.locale)


@get(_HERE + "/{pool_id:uuid}/days.xlsx", include_in_schema=False)
async def pool_days(
    mall_page: NamedDependency[PageContext], pool_id: FromPath[UUID]
) -> Response[Any]:
    """All shops together, day by day, as a sheet; money in rial."""
    page, period = mall_page, page_period(mall_page, USUAL)
    page.caller.require(READ)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        found = await brought(uow, await find_pool(uow, pool_id), period)
    rows = day_rows(together(found.values()), page.locale)
    return await workbook("pool", told(page, period), day_heads(page.voice), rows, page.locale)


@post(
    _HERE + "/{pool_id:uuid}/shops/{merchant_id:uuid}/leave",
    include_in_schema=False,
    status_code=200,
)
async def pool_left(
    mall_page: NamedDependency[PageContext],
    pool_id: FromPath[UUID],
    merchant_id: FromPath[UUID],
) -> Html:
    """Takes a shop out; what it has issued stays good at the others."""
    page = mall_page
    page.caller.require(MANAGE)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        await leave(uow, pool_id, merchant_id, page.caller.id)
        await record(uow, page.caller, "pool.left", "pool", pool_id, merchant_id=merchant_id)
        name = (await shop_names(uow))[merchant_id]
    return page.go(page.url(f"pools/{pool_id}"), page.text("pool-left", shop=name))


ROUTES: Final = (
    pools,
    pool_new,
    pool_opened,
    pool_one,
    pool_sheet,
    pool_days,
    pool_joined,
    pool_left,
)


async def _out(uow: UnitOfWork, pool: Pool) -> int:
    """The points that are with members: what the pool owes."""
    return -await balance_of(uow, "points", pool.scope_id)


def _shown(pool: Pool) -> dict[str, Any]:
    return {
        "id": pool.id,
        "name": pool.name,
        "issue_price": pool.issue_price,
        "redeem_price": pool.redeem_price,
        "months": pool.expires_in_months,
    }


def _new(page: PageContext, form: Form, status: int = 200) -> Html:
    return page.render("shared_pool/pools/new.html", {"form": form}, status=status)


async def _one(page: PageContext, pool_id: UUID, form: Form | None, status: int = 200) -> Html:
    period = page_period(page, USUAL)
    changed = read_id(page.request.query_params.get("shop"))
    async with page.database.unit_of_work(page.caller.scope) as uow:
        pool = await find_pool(uow, pool_id)
        rows = await list_participants(uow, pool_id)
        names = await shop_names(uow)
        out = await _out(uow, pool)
        reserve = await balance_of(uow, "reserve", pool.scope_id)
        found = await brought(uow, pool, period)
    chosen = next((terms_form(row) for row in rows if row.merchant_id == changed), _USUAL_TERMS)
    context = {
        "pool": _shown(pool) | {"out": out, "worth": out * pool.redeem_price, "reserve": reserve},
        "shops": sorted(
            (
                {
                    "id": row.merchant_id,
                    "name": names[row.merchant_id],
                    "since": row.joined_at,
                    "fee_bps": row.fee_bps,
                    "max_share_bps": row.max_share_bps,
                }
                for row in rows
            ),
            key=lambda shop: sort_key(str(shop["name"])),
        ),
        "choices": sorted(
            ((str(id), name) for id, name in names.items()), key=lambda shop: sort_key(shop[1])
        ),
        "form": form or chosen,
        "changes": chosen is not _USUAL_TERMS,
        "can_edit": page.caller.may(MANAGE),
        **_worth(page, pool_id, found, names, period),
    }
    return page.render("shared_pool/pools/one.html", context, status=status)


def _worth(
    page: PageContext,
    pool_id: UUID,
    found: Mapping[UUID, Brought],
    names: Mapping[UUID, str],
    period: Period,
) -> dict[str, Any]:
    """What the pool brought its shops; of people too few to be told only that they were."""
    here = page.url(f"pools/{pool_id}")
    excel = f"{here}/days.xlsx{period.query}"
    return {
        "picker": picker(page, period, here, CHOICES),
        "query": period.query,
        "chart": drawn(together(found.values()), period, page.today, page.voice, excel),
        "flow": total([each.all for each in found.values()]),
        "worth": [
            {
                "name": name,
                "id": id,
                "flow": each.all,
                "customers": told_few(each.came.customers),
                "new": told_few(each.came.new),
            }
            for name, id, each in ranked(found, names)
        ],
        "fewest": FEWEST,
    }
