"""The member's pages: the card and what it holds, and one lot."""

from typing import Any, Final
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.facade import climbs_of, notices, waiting_offers
from shared_pool.club.climbing import shown_climb
from shared_pool.club.holdings import (
    by_source,
    next_to_expire,
    pooled_points,
    spendable,
    total_credit,
)
from shared_pool.club.queries import (
    MemberLot,
    acceptors_of,
    find_lot,
    live_lots,
    membership,
    movements_of_lot,
)
from shared_pool.club.telling import Teller, teller_for
from timcheh.calendar import local_date
from timcheh.db import Scope
from timcheh.web.pages import Html, PageContext
from timcheh.web.passkeys import passkeys_offered


@get("/{mall_slug:str}/club", include_in_schema=False)
async def home(club_page: NamedDependency[PageContext]) -> Html:
    """The card first, then what it holds and where that can be spent."""
    async with club_page.database.unit_of_work(club_page.caller.scope) as uow:
        member = await membership(uow)
        lots = await live_lots(uow)
        acceptors = await acceptors_of(uow, {lot.scope_id for lot in lots})
        teller = await teller_for(club_page, uow)
    offers, climbs = await _of_shops(club_page, teller)
    mine = spendable(lots, club_page.now)
    today = local_date(club_page.now, teller.zone)
    points, credit = pooled_points(mine), total_credit(mine)
    return club_page.render(
        "members/club/home.html",
        {
            "member": member,
            "qr": member.number,
            "worth": credit + points.value,
            "points": points,
            "credit": credit,
            "leaving": member.leaving,
            "passkeys_at": passkeys_offered(club_page),
            "expiring": next_to_expire(mine, teller, today),
            "climbs": climbs,
            "offers": offers,
            **await notices(club_page),
            "shops": by_source(
                [lot for lot in lots if lot.available], acceptors, teller, club_page.now
            ),
        },
    )


@get("/{mall_slug:str}/club/lots/{lot_id:uuid}", include_in_schema=False)
async def lot(club_page: NamedDependency[PageContext], lot_id: FromPath[UUID]) -> Html:
    """One lot: why it was given, where it is good, until when, what became of it."""
    async with club_page.database.unit_of_work(club_page.caller.scope) as uow:
        found = await find_lot(uow, lot_id)
        acceptors = await acceptors_of(uow, [found.scope_id])
        history = await movements_of_lot(uow, lot_id)
        teller = await teller_for(club_page, uow)
    shops = acceptors[found.scope_id]
    return club_page.render(
        "members/club/lot.html",
        {
            "lot": _shown_lot(club_page, found, teller),
            "acceptors": [
                {"name": shop.name, "category": shop.category or "", "terms": teller.terms(shop)}
                for shop in shops
            ],
            "movements": [
                {"at": move.at, "text": teller.title(move), "amount": move.amount}
                for move in history
            ],
        },
    )


ROUTES: Final = (home, lot)


async def _of_shops(page: PageContext, teller: Teller) -> tuple[list[Any], list[Any]]:
    """What is the shops' to know: the offers whose days run for the member, and their way up in
    the tiers, the nearest first."""
    caller = page.caller
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        found = await waiting_offers(uow, caller.id, page.locale, page.unit)
        climbs = await climbs_of(uow, caller.id)
    offers = [
        {
            "shop": each.shop,
            "name": each.name,
            "then": each.then,
            "when": each.when,
            "until": teller.last_day(each.expires_at),
            "waits": each.waits,
        }
        for each in found
    ]
    return offers, [shown_climb(page, climb) for climb in climbs if climb.next or climb.tier]


def _shown_lot(page: PageContext, found: MemberLot, teller: Teller) -> dict[str, Any]:
    starts = found.available_from
    return {
        "unit": found.unit,
        "amount": found.available,
        "held": found.held,
        "granted": found.granted,
        "issuer": teller.source(found),
        "value": found.value,
        "granted_at": found.bought_at or found.created_at,
        "available_from": local_date(starts, teller.zone) if starts > page.now else None,
        "until": teller.last_day(found.expires_at) if found.expires_at else None,
        "rule": found.reason if found.purchase_id else "",
        "purchase_href": page.url(f"purchases/{found.purchase_id}") if found.purchase_id else "",
        "why": teller.why(found),
        "state": _state(page, found),
    }


def _state(page: PageContext, found: MemberLot) -> str:
    if found.expires_at is not None and found.expires_at <= page.now:
        return "expired"
    if found.available or found.held:
        return "open"
    return "returned" if found.taken_back == found.granted else "spent"
