"""Thresholds in the shop's portal, and the coupon codes they brought on the member's phone."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.gifting.periods import PERIODS
from merchants.gifting.scopes import point_scopes
from merchants.permissions import GIFTS, branches_of
from merchants.purchases.command import MOST_MONEY
from merchants.referral.service import people_of
from merchants.rewards.catalogue import list_rewards
from merchants.shops.service import shop_names
from merchants.thresholds.models import Threshold
from merchants.thresholds.service import (
    GIVES,
    MEASURES,
    ThresholdTerms,
    add_threshold,
    awards_of,
    coupons_for,
    coupons_of,
    given_by,
    list_thresholds,
    set_threshold_state,
)
from timcheh.audit import record
from timcheh.db import Scope
from timcheh.errors import TimchehError
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.reader import FormReader

_MOST_POINTS: Final = 10**9


@get("/{mall_slug:str}/shop/thresholds", include_in_schema=False)
async def listed(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's thresholds, and whom they gave what."""
    caller = shop_page.caller
    branches_of(caller, GIFTS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        rows = await list_thresholds(uow, caller.shop)
        given = await given_by(uow, caller.shop)
        awards = await awards_of(uow, caller.shop)
        rewards = {row.id: row.name for row in await list_rewards(uow, caller.shop)}
        people = await people_of(uow, caller.shop, {award.member_id for award in awards})
    names = {id: name or shop_page.digits(mobile) for id, (name, mobile) in people.items()}
    context = {
        "thresholds": [_shown(row, rewards) | {"given": given.get(row.id, 0)} for row in rows],
        "awards": [
            {
                "at": award.created_at,
                "name": award.name,
                "who": names.get(award.member_id) or shop_page.text("rewards-stranger"),
                "points": award.points,
                "failed": award.failed is not None,
            }
            for award in awards
        ],
    }
    return shop_page.render("merchants/thresholds/list.html", context)


@get("/{mall_slug:str}/shop/thresholds/new", include_in_schema=False)
async def new(shop_page: NamedDependency[PageContext]) -> Html:
    """The form of a new one that gives what the address names."""
    asked = shop_page.request.query_params.get("gives")
    gives = asked if asked in GIVES else GIVES[0]
    return await _form(shop_page, Form({"gives": gives}))


@post("/{mall_slug:str}/shop/thresholds", include_in_schema=False)
async def added(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """A new one, in force at once."""
    caller = shop_page.caller
    caller.require(GIFTS)
    try:
        terms = _terms(shop_page, data)
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            row = await add_threshold(uow, caller.shop, terms)
            await record(
                uow,
                caller,
                "threshold.added",
                "threshold",
                row.id,
                merchant_id=caller.shop,
                after={"name": row.name, "points": row.points, "gives": row.gives},
            )
    except TimchehError as error:
        refused = Form.refused(data, error, shop_page.locale)
        return await _form(shop_page, refused, error.status)
    return shop_page.go(shop_page.url("thresholds"), shop_page.text("thresholds-added"))


@post("/{mall_slug:str}/shop/thresholds/{threshold_id:uuid}/state", include_in_schema=False)
async def changed(
    shop_page: NamedDependency[PageContext], threshold_id: FromPath[UUID], data: Fields
) -> Html:
    """Stops one, or lets it give again."""
    caller = shop_page.caller
    caller.require(GIFTS)
    state = "stopped" if data.get("state") == "stopped" else "active"
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        await set_threshold_state(uow, caller.shop, threshold_id, state)
        await record(
            uow,
            caller,
            f"threshold.{state}",
            "threshold",
            threshold_id,
            merchant_id=caller.shop,
        )
    return shop_page.go(shop_page.url("thresholds"), shop_page.text(f"thresholds-now-{state}"))


@get("/{mall_slug:str}/club/coupons", include_in_schema=False)
async def mine(club_page: NamedDependency[PageContext]) -> Html:
    """The coupon codes that a member's points have brought."""
    caller = club_page.caller
    async with club_page.database.unit_of_work(caller.scope) as uow:
        awards = await coupons_for(uow, caller.id)
        shops = await shop_names(uow)
    coupons = [
        {
            "code": award.coupon,
            "name": award.name,
            "shop": shops.get(award.merchant_id, ""),
            "at": award.created_at,
        }
        for award in awards
    ]
    return club_page.render("merchants/thresholds/club.html", {"coupons": coupons})


ROUTES: Final = (listed, new, added, changed, mine)


def _terms(page: PageContext, data: Mapping[str, str]) -> ThresholdTerms:
    """Raises Invalid with every field at fault."""
    reader = FormReader(data, page.unit)
    gives = reader.choice("gives", GIVES)
    amount = None
    if gives == "credit":
        amount = reader.money("amount")
        if amount > MOST_MONEY:
            reader.fault("amount", "above_maximum", maximum=MOST_MONEY)
    elif gives == "points":
        amount = reader.count("bonus", 1, _MOST_POINTS)
    terms = ThresholdTerms(
        name=reader.text("name"),
        points=reader.count("points", 1, _MOST_POINTS),
        scope=reader.text("scope", 64),
        measure=reader.choice("measure", MEASURES),
        period=reader.choice("period", PERIODS),
        gives=gives,
        amount=amount,
        lot_days=reader.count("lot_days", 0, 3650, empty=0) or None,
        reward_id=reader.id("reward_id") if gives == "reward" else None,
        coupon=reader.text("coupon", 40) if gives == "coupon" else None,
    )
    reader.check()
    return terms


async def _form(page: PageContext, form: Form, status: int = 200) -> Html:
    caller = page.caller
    caller.require(GIFTS)
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        scopes = await point_scopes(page, uow, caller.shop)
        rewards = [(str(row.id), row.name) for row in await list_rewards(uow, caller.shop)]
        coupons = await coupons_of(uow, caller.shop)
    gives = form.value("gives")
    context = {
        "form": form,
        "gives": gives if gives in GIVES else GIVES[0],
        "kinds": GIVES,
        "measures": [(each, page.text(f"threshold-measure-{each}")) for each in MEASURES],
        "periods": [(each, page.text(f"period-{each}")) for each in PERIODS],
        "scopes": scopes,
        "rewards": rewards,
        "coupons": [(code, code) for code in coupons],
    }
    return page.render("merchants/thresholds/form.html", context, status=status)


def _shown(row: Threshold, rewards: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "points": row.points,
        "measure": row.measure,
        "period": row.period,
        "gives": row.gives,
        "amount": row.amount,
        "reward": rewards.get(row.reward_id, "") if row.reward_id else "",
        "coupon": row.coupon or "",
        "state": row.state,
    }
