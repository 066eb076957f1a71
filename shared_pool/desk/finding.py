"""What the palette finds at the mall's desk: members, and a purchase by its id."""

from typing import Final

from members.facade import READ_MEMBERS, list_members
from merchants.facade import find_purchase, shop_names
from timcheh.calendar import DateStyle, format_date
from timcheh.errors import NotFound
from timcheh.ids import read_id
from timcheh.module import MOST_FOUND, Finder, Found
from timcheh.money import format_money
from timcheh.web.pages import PageContext

_SHORTEST: Final = 2


async def members(page: PageContext, typed: str) -> list[Found]:
    """Members by a part of name, mobile or number."""
    if not page.caller.may(READ_MEMBERS) or len(typed) < _SHORTEST:
        return []
    async with page.database.unit_of_work(page.caller.scope) as uow:
        rows = await list_members(uow, None, MOST_FOUND, typed)
    return [
        Found(
            row.name or page.text("desk-unnamed"),
            page.url(f"members/{row.id}"),
            "user-round",
            page.digits(row.mobile),
        )
        for row in rows
    ]


async def purchases(page: PageContext, typed: str) -> list[Found]:
    """The purchase with that id."""
    purchase_id = read_id(typed)
    if not page.caller.may(READ_MEMBERS) or purchase_id is None:
        return []
    async with page.database.unit_of_work(page.caller.scope) as uow:
        try:
            head = await find_purchase(uow, purchase_id)
        except NotFound:
            return []
        names = await shop_names(uow)
    amount = format_money(head.total, page.unit, page.locale)
    return [
        Found(
            page.text("desk-purchase", shop=names[head.merchant_id], amount=amount),
            page.url(f"purchases/{head.id}"),
            "receipt",
            format_date(head.occurred_at, page.locale, DateStyle.LONG_WITH_TIME),
        )
    ]


FINDERS: Final = (
    Finder("mall", "palette-purchases", purchases),
    Finder("mall", "palette-members", members),
)
