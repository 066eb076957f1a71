"""On the member's phone: what a shop asks to spend of theirs, and their answer."""

from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.approvals.models import SpendApproval
from merchants.approving.service import answer, find_asked
from merchants.shops.service import shop_name
from timcheh.db import Scope
from timcheh.errors import Conflict
from timcheh.web.form import Fields
from timcheh.web.pages import Html, PageContext

_ONE: Final = "/{mall_slug:str}/club/approvals/{approval_id:uuid}"


@get(_ONE, include_in_schema=False)
async def asked(club_page: NamedDependency[PageContext], approval_id: FromPath[UUID]) -> Html:
    """One request: how much, where, and what became of it."""
    async with club_page.database.unit_of_work(club_page.caller.scope) as uow:
        found = await find_asked(uow, club_page.caller.id, approval_id)
        shop = await shop_name(uow, found.merchant_id)
    context = {"approval": shown(found, shop, club_page)}
    return club_page.render("merchants/approving/club.html", context)


@post(_ONE, include_in_schema=False)
async def answered(
    club_page: NamedDependency[PageContext], approval_id: FromPath[UUID], data: Fields
) -> Html:
    """Approves or refuses; anything but a clear yes is a no."""
    caller, here = club_page.caller, club_page.url(f"approvals/{approval_id}")
    approves = data.get("answer") == "approve"
    try:
        async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            await answer(uow, caller, approval_id, approves=approves)
    except Conflict as error:
        return club_page.turned_back(here, error)
    said = club_page.text("approval-approved" if approves else "approval-refused")
    return club_page.go(here, said)


ROUTES: Final = (asked, answered)


def shown(approval: SpendApproval, shop: str, page: PageContext) -> dict[str, Any]:
    """A request for the member's pages."""
    return {
        "id": approval.id,
        "shop": shop,
        "amount": approval.amount,
        "at": approval.created_at,
        "state": approval.state_at(page.now),
    }
