"""Pools as one shop sees them: what a point costs it, what one brings it, how to give them."""

from typing import Final

from litestar import get
from litestar.di import NamedDependency

from shared_pool.ownfund.pages import READ
from shared_pool.pools.service import list_pools, pools_of, sizes
from timcheh.db import Scope
from timcheh.web.pages import Html, PageContext

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


ROUTES: Final = (shop_pools,)
