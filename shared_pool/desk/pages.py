"""Members at the mall's desk: finding one, what they hold and why, and a purchase of theirs.

What they hold is read in their own scope: the desk sees what the member sees, and no more.
"""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from members.facade import (
    ERASED,
    ORDER_CARDS,
    READ_MEMBERS,
    Member,
    find_member,
    list_members,
    shown_cards,
)
from merchants.facade import find_purchase, read_detail, shop_names
from shared_pool.club.feed import by_day
from shared_pool.club.holdings import (
    by_source,
    next_to_expire,
    pooled_points,
    spendable,
    total_credit,
)
from shared_pool.club.merging import merged
from shared_pool.club.queries import (
    EVERYTHING,
    Movement,
    acceptors_of,
    live_lots,
    membership,
    movements,
)
from shared_pool.club.telling import teller_for
from shared_pool.fund.behind import shown_purchase
from timcheh.audit import record
from timcheh.db import Scope
from timcheh.ids import read_id
from timcheh.web.pages import Html, PageContext

_ROWS: Final = 50
_MOVES: Final = 20
_LONGEST: Final = 100


@get("/{mall_slug:str}/mall/members", include_in_schema=False)
async def members(mall_page: NamedDependency[PageContext]) -> Html:
    """The mall's members, the newest first; those in whom something is found."""
    mall_page.caller.require(READ_MEMBERS)
    asked = mall_page.request.query_params
    q, after = asked.get("q", "").strip()[:_LONGEST], read_id(asked.get("after"))
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        found = await list_members(uow, after, _ROWS + 1, q)
        names = await shop_names(uow)
    shown, here = found[:_ROWS], mall_page.url("members")
    context = {
        "members": [_row(each, names) for each in shown],
        "q": q,
        "next": _address(here, q, shown[-1].id) if len(found) > _ROWS else "",
        "previous": _address(here, q) if after else "",
    }
    return mall_page.render("shared_pool/desk/list.html", context)


@get("/{mall_slug:str}/mall/members/{member_id:uuid}", include_in_schema=False)
async def member(mall_page: NamedDependency[PageContext], member_id: FromPath[UUID]) -> Html:
    """One of them. Who looked at whom is kept."""
    mall_page.caller.require(READ_MEMBERS)
    before = read_id(mall_page.request.query_params.get("before"))
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        found = await find_member(uow, id=member_id)
        cards = await shown_cards(uow, member_id)
        names = await shop_names(uow)
        await record(uow, mall_page.caller, "member.seen", "member", member_id)
    own = Scope.member(mall_page.mall.mall_id, member_id)
    async with mall_page.database.unit_of_work(own) as uow:
        lots = await live_lots(uow)
        acceptors = await acceptors_of(uow, {lot.scope_id for lot in lots})
        moved = await movements(uow, EVERYTHING, before, _MOVES + 1)
        leaving = (await membership(uow)).leaving
        teller = await teller_for(mall_page, uow)
    mine, events = spendable(lots, mall_page.now), list(dict.fromkeys(move.id for move in moved))
    held = [lot for lot in lots if lot.available]
    context = {
        "member": _row(found, names),
        "cards": cards,
        "can_block": mall_page.caller.may(ORDER_CARDS),
        "can_renew": any(card["printed"] and not card["ended_at"] for card in cards),
        "credit": total_credit(mine),
        "points": pooled_points(mine),
        "expiring": next_to_expire(mine, teller, mall_page.today),
        "leaving": leaving,
        "shops": by_source(held, acceptors, teller, mall_page.now),
        "days": by_day(
            merged(move for move in moved if move.id in events[:_MOVES]),
            teller,
            lambda move: _purchase(mall_page, move),
        ),
        "next": f"?before={events[_MOVES - 1]}" if len(events) > _MOVES else "",
        "paged": before is not None,
    }
    return mall_page.render("shared_pool/desk/member.html", context)


@get("/{mall_slug:str}/mall/purchases/{purchase_id:uuid}", include_in_schema=False)
async def purchase(mall_page: NamedDependency[PageContext], purchase_id: FromPath[UUID]) -> Html:
    """A purchase of a member, whichever shop it was at."""
    mall_page.caller.require(READ_MEMBERS)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        head = await find_purchase(uow, purchase_id)
        detail = await read_detail(uow, head.merchant_id, purchase_id, None)
        names = await shop_names(uow)
        buyer = await find_member(uow, id=head.member_id)
    context = shown_purchase(mall_page, detail, names) | {"member": _row(buyer, names)}
    return mall_page.render("shared_pool/desk/purchase.html", context)


ROUTES: Final = (members, member, purchase)


def _row(each: Member, names: dict[UUID, str]) -> dict[str, Any]:
    gone = each.state == ERASED
    shop = each.enrolled_merchant_id
    return {
        "id": each.id,
        "name": each.name or "",
        "mobile": "" if gone else each.mobile,
        "number": "" if gone else each.number,
        "erased": gone,
        "since": each.created_at,
        "by": names.get(shop, "") if shop else "",
    }


def _address(here: str, q: str, after: UUID | None = None) -> str:
    asked = {name: str(value) for name, value in (("q", q), ("after", after)) if value}
    return f"{here}?{urlencode(asked)}" if asked else here


def _purchase(page: PageContext, move: Movement) -> str:
    return page.url(f"purchases/{move.purchase_id}") if move.purchase_id else ""
