"""The member's pages: the card and what it holds, one lot, and everything that happened."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from members.facade import find_member
from merchants.facade import climbs_of, notices, waiting_offers
from shared_pool.club.climbing import shown_climb
from shared_pool.club.holdings import (
    by_source,
    next_to_expire,
    pooled_points,
    spendable,
    total_credit,
)
from shared_pool.club.merging import merged
from shared_pool.club.queries import (
    MemberLot,
    Movement,
    acceptors_of,
    find_lot,
    leaving_at,
    live_lots,
    movements,
    movements_of_lot,
)
from shared_pool.club.telling import Teller, teller_for
from timcheh.calendar import local_date
from timcheh.db import Scope
from timcheh.ids import read_id
from timcheh.web.pages import Html, PageContext

KINDS: Final = {
    "earned": ("earned", "gift"),
    "spent": ("spent", "rewarded"),
    "returned": ("returned", "refunded", "corrected"),
    "expired": ("expired",),
}
"""The filters of the history, and the movements that each lets through."""
_PAGE: Final = 20


@get("/{mall_slug:str}/club", include_in_schema=False)
async def home(club_page: NamedDependency[PageContext]) -> Html:
    """The card first, then what it holds and where that can be spent."""
    async with club_page.database.unit_of_work(club_page.caller.scope) as uow:
        member = await find_member(uow, id=club_page.caller.id)
        lots = await live_lots(uow)
        acceptors = await acceptors_of(uow, {lot.scope_id for lot in lots})
        teller = await teller_for(club_page, uow)
        leaving = await leaving_at(uow)
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
            "leaving": leaving,
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


@get("/{mall_slug:str}/club/history", include_in_schema=False)
async def history(club_page: NamedDependency[PageContext]) -> Html:
    """Every movement with its reason, newest first."""
    asked = club_page.request.query_params
    kind = asked.get("kind", "") if asked.get("kind") in KINDS else ""
    before = read_id(asked.get("before"))  # a made-up one starts from the newest
    async with club_page.database.unit_of_work(club_page.caller.scope) as uow:
        rows = await movements(uow, KINDS.get(kind, ()), before, _PAGE + 1)
        teller = await teller_for(club_page, uow)
    events = list(dict.fromkeys(move.id for move in rows))
    shown = merged(move for move in rows if move.id in events[:_PAGE])
    following = ""
    if len(events) > _PAGE:
        following = (
            club_page.url("history")
            + f"?before={events[_PAGE - 1]}"
            + (f"&kind={kind}" if kind else "")
        )
    return club_page.render(
        "members/club/history.html",
        {"days": _by_day(club_page, shown, teller), "kind": kind, "next": following},
    )


ROUTES: Final = (home, lot, history)


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
        }
        for each in found
    ]
    return offers, [shown_climb(page, climb) for climb in climbs if climb.next or climb.tier]


def _way_on(page: PageContext, move: Movement) -> str:
    """To the lot that moved, else to the purchase that moved none."""
    if move.lot_id is not None:
        return page.url(f"lots/{move.lot_id}")
    return page.url(f"purchases/{move.purchase_id}") if move.purchase_id else ""


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


def _by_day(page: PageContext, rows: Iterable[Movement], teller: Teller) -> list[dict[str, Any]]:
    """Days, newest first; a sale that a till sent late stands on its own day."""
    ordered = sorted(rows, key=lambda move: move.at, reverse=True)
    days = groupby(ordered, key=lambda move: local_date(move.at, teller.zone))
    return [
        {"day": day, "movements": [_shown(page, move, teller) for move in moves]}
        for day, moves in days
    ]


def _shown(page: PageContext, move: Movement, teller: Teller) -> dict[str, Any]:
    return {
        "at": move.at,
        "kind": move.kind,
        "title": teller.title(move),
        "note": teller.note(move),
        "unit": move.unit,
        "amount": move.amount,
        "href": _way_on(page, move),
    }
