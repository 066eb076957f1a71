"""A trial in the shop's portal: beginning it, going in, clearing it away."""

from typing import Final

from litestar import get, post
from litestar.di import NamedDependency

from mall_portal.trials.service import clear_trial, find_trial, make_trial
from timcheh.access.limits import Limit
from timcheh.audit import record
from timcheh.db import Scope
from timcheh.errors import TimchehError
from timcheh.web.cookies import remember_trial
from timcheh.web.pages import Html, PageContext

TRY: Final = "trial.try"
MADE: Final = Limit("trials", count=5, window=86_400)
"""Trials that one shop makes in a day."""
_HERE: Final = "/{mall_slug:str}/shop/trial"


@get(_HERE, include_in_schema=False)
async def trial(shop_page: NamedDependency[PageContext]) -> Html:
    """What a trial is, and whether there is one."""
    caller = shop_page.caller
    caller.require(TRY)
    if shop_page.mall.trial_of is not None:  # from within: to where it is ended
        return shop_page.go(f"/{shop_page.mall.trial_of}/shop/trial")
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        found = await find_trial(uow, caller.shop)
    context = {"made_at": found.made_at if found else None}
    return shop_page.render("mall_portal/trials/page.html", context)


@post(_HERE, include_in_schema=False)
async def entered(shop_page: NamedDependency[PageContext]) -> Html:
    """Goes into the trial, which is made if there is none."""
    page, caller = shop_page, shop_page.caller
    caller.require(TRY)
    if page.mall.trial_of is not None:
        return page.go(page.url())
    scope = Scope.mall(caller.mall_id)
    async with page.database.unit_of_work(scope) as uow:
        found = await find_trial(uow, caller.shop)
    if found is None:
        try:
            await page.services.limiter.hit(MADE, f"{caller.mall_id} {caller.shop}")
        except TimchehError as error:
            return page.turned_back(page.url("trial"), error)
        found = await make_trial(page.database, page.mall, caller.shop)
        async with page.database.unit_of_work(scope) as uow:
            await record(uow, caller, "trial.begun", "merchant", caller.shop)
    session = await page.services.sessions.start(
        found.trial_mall_id,
        "merchant",
        page.text("trial-owner"),
        staff_id=found.trial_staff_id,
        merchant_id=found.trial_merchant_id,
        place=page.session.place,
    )
    response = page.go(f"/{found.slug}/shop")
    remember_trial(page.request, response, found.slug, session)
    return response


@post(_HERE + "/clear", include_in_schema=False)
async def cleared(shop_page: NamedDependency[PageContext]) -> Html:
    """Nothing of it is left to come back to."""
    caller = shop_page.caller
    caller.require(TRY)
    scope = Scope.mall(caller.mall_id)
    try:
        gone = await clear_trial(shop_page.database, scope, caller.shop)
    except TimchehError as error:
        return shop_page.turned_back(shop_page.url("trial"), error)
    if gone:
        async with shop_page.database.unit_of_work(scope) as uow:
            await record(uow, caller, "trial.cleared", "merchant", caller.shop)
    return shop_page.go(shop_page.url(), shop_page.text("trial-cleared"))


ROUTES: Final = (trial, entered, cleared)
