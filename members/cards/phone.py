"""The card to hold out at a till: large, on white, and kept on the phone for when it is offline."""

from typing import Final

from litestar import get
from litestar.di import NamedDependency

from members.people.service import find_member
from timcheh.web.pages import Html, PageContext


@get("/{mall_slug:str}/club/card", include_in_schema=False)
async def card(club_page: NamedDependency[PageContext]) -> Html:
    """Nothing but the code, the number and the name."""
    async with club_page.database.unit_of_work(club_page.caller.scope) as uow:
        member = await find_member(uow, id=club_page.caller.id)
    return club_page.render("members/cards/held_out.html", {"member": member})


ROUTES: Final = (card,)
