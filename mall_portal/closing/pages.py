"""What happens to a shop's credit if it is suspended or closed, told before it is done."""

from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from mall_portal.closing.queries import (
    Outstanding,
    open_purchases,
    other_shops,
    outstanding_of,
)
from mall_portal.closing.service import close_shop
from mall_portal.permissions import MANAGE
from merchants.facade import find_shop
from timcheh.errors import TimchehError
from timcheh.ledger import queries
from timcheh.web.form import Form
from timcheh.web.pages import Html, PageContext

_HERE: Final = "/{mall_slug:str}/mall/shops/{merchant_id:uuid}/close"


@get(_HERE, include_in_schema=False)
async def closing(mall_page: NamedDependency[PageContext], merchant_id: FromPath[UUID]) -> Html:
    """What is out in its name and where it stays good, who waits, and where it stands."""
    return await _page(mall_page, merchant_id, Form())


@post(_HERE, include_in_schema=False)
async def closed(mall_page: NamedDependency[PageContext], merchant_id: FromPath[UUID]) -> Html:
    """Closes it; members keep what they have."""
    mall_page.caller.require(MANAGE)
    try:
        async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
            await close_shop(uow, mall_page.caller, merchant_id)
    except TimchehError as error:
        refused = mall_page.refused({}, error)
        return await _page(mall_page, merchant_id, refused, error.status)
    here = mall_page.url(f"shops/{merchant_id}")
    return mall_page.go(here, mall_page.text("closing-closed"))


ROUTES: Final = (closing, closed)


async def _page(page: PageContext, merchant_id: UUID, form: Form, status: int = 200) -> Html:
    page.caller.require(MANAGE)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        shop = await find_shop(uow, merchant_id)
        out = await outstanding_of(uow, merchant_id)
        waiting = await open_purchases(uow, merchant_id)
        position = (await queries.positions(uow))[merchant_id]
        room = await queries.room_left(uow, merchant_id)
        others = len(await other_shops(uow, merchant_id))
    own = sum(each.amount for each in out if each.kind == "own")
    context = {
        "shop": shop,
        "form": form,
        "out": [_shown(page, each, others) for each in out],
        "waiting": waiting,
        "clearing": position.clearing,
        "deposit": position.deposit,
        "credit_limit": position.credit_limit or 0,
        "room": room,
        "own": own,
        "covered": own <= room,
    }
    return page.render("mall_portal/closing/page.html", context, status=status)


def _shown(page: PageContext, out: Outstanding, others: int) -> dict[str, Any]:
    """In words what a suspension and what a closing means for one scope."""
    if out.kind == "own":
        closing = page.text("closing-own-then", count=others)
    elif out.kind == "own_points":
        closing = page.text("closing-points-then")
    else:
        closing = page.text("closing-stays")
    here = page.text("closing-elsewhere", count=out.elsewhere) if out.elsewhere else ""
    return {
        "kind": page.text(f"closing-scope-{out.kind.replace('_', '-')}"),
        "amount": out.amount,
        "unit": out.unit,
        "holders": out.holders,
        "suspended": here or page.text("closing-nowhere"),
        "closed": closing,
    }
