"""What offers did, in the shop's portal."""

from typing import Final

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.effects.lift import Lift
from merchants.effects.service import Effect, effect, effects
from merchants.permissions import EFFECT
from merchants.programme.bounds import tell_bounds
from merchants.programme.queries import rule_names
from merchants.programme.sentences import Teller
from merchants.purchases.showing import money
from timcheh.db import Scope
from timcheh.money import about
from timcheh.web.pages import Html, PageContext


@get("/{mall_slug:str}/shop/effects", include_in_schema=False)
async def effect_list(shop_page: NamedDependency[PageContext]) -> Html:
    """Every rule in force with its uptake."""
    caller = shop_page.caller
    caller.require(EFFECT)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        found = await effects(uow, caller.shop)
    return shop_page.render("merchants/effects/list.html", {"effects": found})


@get("/{mall_slug:str}/shop/effects/{name:str}", include_in_schema=False)
async def effect_one(shop_page: NamedDependency[PageContext], name: FromPath[str]) -> Html:
    """One rule: who took it, what it truly added, and what had been foretold."""
    caller = shop_page.caller
    caller.require(EFFECT)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        found = await effect(uow, caller.shop, name)
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        names = await rule_names(uow)
    teller = Teller(shop_page.locale, shop_page.unit, names)
    context = {
        "effect": found,
        "when": teller.when(found.rule),
        "then": teller.then(found.rule),
        "bounds": tell_bounds(teller, found.rule),
        "lift": _lift(shop_page, found),
    }
    return shop_page.render("merchants/effects/one.html", context)


ROUTES: Final = (effect_list, effect_one)


def _lift(page: PageContext, found: Effect) -> list[tuple[str, str]]:
    """Sentences on sales and on what is kept; why there are none yet, where there are none."""
    if not found.held_bps:
        return [("light", page.text("effect-no-holdout"))]
    if found.sales is None:
        return [("light", page.text("effect-too-few", held=found.held_out))]
    told = [_told(page, "sales", found.sales)]
    if found.kept is not None:
        told.append(_told(page, "kept", found.kept))
    return told


def _told(page: PageContext, what: str, lift: Lift) -> tuple[str, str]:
    if not lift.is_certain:
        kind, code = "light", "unsure"
    elif lift.low > 0:
        kind, code = "good", "more"
    else:
        kind, code = "bad", "less"
    low, high = abs(lift.low), abs(lift.high)
    figures = {
        "total": abs(lift.total),
        "low": low,
        "high": high,
        "least": min(low, high),
        "most": max(low, high),
    }
    shown = {name: money(page, about(amount)) for name, amount in figures.items()}
    return kind, page.text(f"effect-{what}-{code}", **shown)
