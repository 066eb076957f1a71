"""Pools as one shop sees them: what a point costs it, what they brought it, how to give them."""

from typing import Any, Final
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from shared_pool.ownfund.pages import READ
from shared_pool.pools.models import Participant, Pool
from shared_pool.pools.service import list_pools, pool_of, pools_of, sizes
from shared_pool.pools.telling import CHOICES, USUAL, day_heads, day_rows, drawn
from shared_pool.pools.worth import Brought, Came, brought
from timcheh.db import Scope
from timcheh.web.downloads import workbook
from timcheh.web.pages import Html, PageContext
from timcheh.web.period import Period, page_period, picker, told

_OFFERS: Final = "offers.edit"


@get("/{mall_slug:str}/shop/pools", include_in_schema=False)
async def shop_pools(shop_page: NamedDependency[PageContext]) -> Html:
    """The pools that it takes part in, and those that there are besides."""
    caller = shop_page.caller
    caller.require(READ)
    # Who else takes part is the mall's to know; of them only how many there are is shown.
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        mine = await pools_of(uow, caller.shop)
        every = await list_pools(uow)
        counts = await sizes(uow)
    inside = {pool.id for pool, _ in mine}
    context = {
        "pools": [
            {
                "id": pool.id,
                "name": pool.name,
                "issue_price": pool.issue_price,
                "redeem_price": pool.redeem_price,
                "months": pool.expires_in_months,
                "share_bps": terms.max_share_bps,
                "fee_bps": terms.fee_bps,
                "others": counts[pool.id] - 1,
            }
            for pool, terms in mine
        ],
        "others": [
            {"name": pool.name, "shops": counts.get(pool.id, 0)}
            for pool in every
            if pool.id not in inside
        ],
        "may_offer": caller.may(_OFFERS),
    }
    return shop_page.render("shared_pool/pools/shop.html", context)


@get("/{mall_slug:str}/shop/pools/{pool_id:uuid}", include_in_schema=False)
async def shop_pool(shop_page: NamedDependency[PageContext], pool_id: FromPath[UUID]) -> Html:
    """What one pool brought the shop. Any other looks absent."""
    page, period = shop_page, page_period(shop_page, USUAL)
    pool, terms, found = await _brought(page, pool_id, period)
    here = page.url(f"pools/{pool_id}")
    context = {
        "pool": {
            "id": pool.id,
            "name": pool.name,
            "issue_price": pool.issue_price,
            "redeem_price": pool.redeem_price,
            "fee_bps": terms.fee_bps,
            "left": terms.left_at,
        },
        "picker": picker(page, period, here, CHOICES),
        "flow": found.all,
        "came": found.came,
        "chart": drawn(
            found.by_day, period, page.today, page.voice, f"{here}/worth.xlsx{period.query}"
        ),
    }
    return page.render("shared_pool/pools/shop_one.html", context)


@get("/{mall_slug:str}/shop/pools/{pool_id:uuid}/worth.xlsx", include_in_schema=False)
async def shop_pool_sheet(
    shop_page: NamedDependency[PageContext], pool_id: FromPath[UUID]
) -> Response[Any]:
    """The same day by day, as a sheet; money in rial."""
    page, period = shop_page, page_period(shop_page, USUAL)
    _, _, found = await _brought(page, pool_id, period)
    rows = day_rows(found.by_day, page.locale)
    return await workbook("pool", told(page, period), day_heads(page.voice), rows, page.locale)


ROUTES: Final = (shop_pools, shop_pool, shop_pool_sheet)


async def _brought(
    page: PageContext, pool_id: UUID, period: Period
) -> tuple[Pool, Participant, Brought]:
    """Raises NotFound for a pool that the shop never took part in."""
    caller = page.caller
    caller.require(READ)
    # The fund's entries are the mall's to read; what is read of them is the shop's own.
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        pool, terms = await pool_of(uow, pool_id, caller.shop)
        found = await brought(uow, pool, period, caller.shop)
    return pool, terms, found.get(caller.shop, Brought({}, Came()))
