"""The shops, as a member asks for them: where can I spend what I have, and how much?"""

from typing import Any, Final
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.facade import climbs_of, offers_here
from shared_pool.club.climbing import shown_climb
from shared_pool.club.holdings import spendable
from shared_pool.club.queries import acceptors_of, live_lots, shops_open
from shared_pool.club.spending import Place, places
from shared_pool.club.telling import teller_for
from timcheh.db import Scope
from timcheh.errors import NotFound
from timcheh.text.normalise import search_key, sort_key
from timcheh.web.pages import Html, PageContext

_LONGEST_QUERY: Final = 60


@get("/{mall_slug:str}/club/shops", include_in_schema=False)
async def shops(club_page: NamedDependency[PageContext]) -> Html:
    """Every shop with what can be spent in it now, the most first; those of a kind, or by name."""
    asked = club_page.request.query_params
    found = await _places(club_page)
    kinds = sorted({place.category for place in found if place.category}, key=sort_key)
    kind = asked.get("kind", "") if asked.get("kind") in kinds else ""
    query = asked.get("q", "").strip()[:_LONGEST_QUERY]
    shown = [
        place
        for place in found
        if (not kind or place.category == kind) and search_key(query) in search_key(place.name)
    ]
    context = {"shops": shown, "kinds": kinds, "kind": kind, "q": query, "any": bool(found)}
    return club_page.render("members/club/shops.html", context)


@get("/{mall_slug:str}/club/shops/{shop_slug:str}", include_in_schema=False)
async def shop(club_page: NamedDependency[PageContext], shop_slug: FromPath[str]) -> Html:
    """One shop: what the member's value buys there, of what it is made, their tier, its rules."""
    found = next((each for each in await _places(club_page) if each.slug == shop_slug), None)
    if found is None:
        raise NotFound
    offers = await offers_here(club_page, [found.id])
    context = {
        "shop": found,
        "climb": await _climb(club_page, found.id),
        "offers": offers.get(found.id, []),
    }
    return club_page.render("members/club/shop.html", context)


ROUTES: Final = (shops, shop)


async def _places(page: PageContext) -> list[Place]:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        lots = spendable(await live_lots(uow), page.now)
        acceptors = await acceptors_of(uow, {lot.scope_id for lot in lots})
        return places(await shops_open(uow), lots, acceptors, await teller_for(page, uow))


async def _climb(page: PageContext, merchant_id: UUID) -> dict[str, Any] | None:
    caller = page.caller
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        climbs = await climbs_of(uow, caller.id)
    mine = next((each for each in climbs if each.merchant_id == merchant_id), None)
    return shown_climb(page, mine) if mine else None
