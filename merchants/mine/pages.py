"""A purchase as its member sees it: what was bought, and why each rial was given or was not."""

from typing import Any, Final
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.purchases.listing import PurchaseDetail, read_own
from merchants.purchases.showing import given_of, ground_of, shown_lines
from merchants.purchases.why import Ground, told
from merchants.shops.service import shop_names
from merchants.surveys.club import surveys_waiting
from timcheh.rules import Standing
from timcheh.web.pages import PageContext

_UNTOLD: Final = (Standing.HELD_OUT,)
"""Who is held out of an offer is not told of it: knowing would change what is measured."""


@get("/{mall_slug:str}/club/purchases/{purchase_id:uuid}", include_in_schema=False)
async def my_purchase(
    club_page: NamedDependency[PageContext], purchase_id: FromPath[UUID]
) -> Response[Any]:
    """One of the member's own purchases. Anyone else's looks like none."""
    async with club_page.database.unit_of_work(club_page.caller.scope) as uow:
        detail = await read_own(uow, purchase_id)
        names = await shop_names(uow)
    head = detail.head
    shop = names.get(head.merchant_id, "")
    context = {
        "purchase": {
            "shop": shop,
            "at": head.occurred_at,
            "state": head.state,
            "total": head.total,
            "discount": head.discount,
            "spent_value": head.spent_value,
            "to_pay": head.to_pay,
        },
        "lines": shown_lines(detail),
        "surveys": await surveys_waiting(club_page, purchase_id),
        "reasons": _reasons(club_page, detail, names, shop),
    }
    return club_page.render("merchants/purchases/mine.html", context)


ROUTES: Final = (my_purchase,)


def _reasons(
    page: PageContext, detail: PurchaseDetail, names: dict[UUID, str], shop: str
) -> list[dict[str, Any]]:
    grounds = [
        Ground(each.rule, each.outcome, each.because)
        for each in map(ground_of, detail.head.reasons)
        if each.because.code not in _UNTOLD
    ]
    lines = [line.name or line.sku or line.group or "" for line in detail.lines]
    return told(page, grounds, lines, given_of(detail), names, shop=shop)
