"""The way up in a shop's tiers, as a member reads it."""

from typing import Any

from merchants.facade import Climb
from timcheh.money import format_money
from timcheh.web.pages import PageContext


def shown_climb(page: PageContext, climb: Climb) -> dict[str, Any]:
    """{shop, tier, next, done, needed, lacks (a sentence; empty on the highest rung)}."""
    return {
        "shop": climb.shop,
        "tier": climb.tier,
        "next": climb.next,
        "done": min(climb.done, climb.needed),
        "needed": climb.needed,
        "lacks": _lacks(page, climb) if climb.next else "",
    }


def _lacks(page: PageContext, climb: Climb) -> str:
    gap = max(climb.needed - climb.done, 0)
    if climb.measure in ("spend", "credit"):
        shown = format_money(gap, page.unit, page.locale)
    else:
        shown = page.text("club-climb-n", count=gap)
    lacks = page.text(f"club-climb-{climb.measure}", gap=shown, next=climb.next)
    if climb.period_days is None:
        return lacks
    return f"{lacks} {page.text('club-climb-period', days=climb.period_days)}"
