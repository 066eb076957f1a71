"""What the palette finds in the mall's portal: its shops."""

from typing import Final

from mall_portal.onboarding.queries import shop_rows
from mall_portal.permissions import MANAGE, READ
from timcheh.module import MOST_FOUND, Action, Finder, Found
from timcheh.web.pages import PageContext


async def shops(page: PageContext, typed: str) -> list[Found]:
    """Shops by a part of their name, with their state."""
    if not page.caller.may(READ):
        return []
    async with page.database.unit_of_work(page.caller.scope) as uow:
        rows = await shop_rows(uow, typed)
    return [
        Found(
            row.merchant.name,
            page.url(f"shops/{row.merchant.id}"),
            "store",
            page.text(f"state-{row.shown_state.replace('_', '-')}"),
        )
        for row in rows[:MOST_FOUND]
    ]


FINDERS: Final = (Finder("mall", "palette-shops", shops),)
ACTIONS: Final = (
    Action("mall", "palette-new-shop", "shops/new", "plus", MANAGE),
    Action("mall", "palette-order-cards", "cards/new", "id-card", "cards.order"),
)
