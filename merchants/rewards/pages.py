"""The rewards catalogue in the shop's portal: writing, publishing, the claims on it."""

import asyncio
from collections import Counter
from typing import Final
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.conditions import Builder, read_builder, show_builder
from merchants.conditions.showing import sentence_of
from merchants.gifting.scopes import point_scopes
from merchants.permissions import GIFTS, TILL, branches_of
from merchants.rewards.catalogue import (
    KINDS,
    RewardTerms,
    add_reward,
    change_reward,
    condition_of,
    find_reward,
    goods_on_sale,
    list_rewards,
    picture_of,
    pictured,
    publish_reward,
    put_picture,
)
from merchants.rewards.claims import cancel_claim, hand_out
from merchants.rewards.form import blank, read_terms, values_of
from merchants.rewards.picture import MOST_BYTES, fitted
from merchants.rewards.queries import claims_of_shop, counts_of
from merchants.rewards.showing import shown_reward, shown_row
from merchants.shops.service import find_account
from timcheh.audit import record
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import Conflict, Invalid, TimchehError
from timcheh.rules import Place
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.pages import Html, PageContext
from timcheh.web.reception import TAKES_FILES

_ROOM: Final = 64 * 1024  # of a form around its picture


@get("/{mall_slug:str}/shop/rewards", include_in_schema=False)
async def listed(shop_page: NamedDependency[PageContext]) -> Html:
    """The catalogue, and what waits to be handed out."""
    caller = shop_page.caller
    branches_of(caller, GIFTS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        rewards = await list_rewards(uow, caller.shop)
        counts = await counts_of(uow, caller.shop)
        waiting = await claims_of_shop(uow, caller.shop, state="open", limit=20)
        seen = await pictured(uow, [reward.id for reward in rewards])
    context = {
        "rewards": [
            shown_reward(
                shop_page,
                reward,
                counts.get(reward.id, Counter()),
                picture=reward.id in seen,
            )
            for reward in rewards
        ],
        "claims": [shown_row(shop_page, row) for row in waiting],
    }
    return shop_page.render("merchants/rewards/list.html", context)


@get("/{mall_slug:str}/shop/rewards/new", include_in_schema=False)
async def new(shop_page: NamedDependency[PageContext]) -> Html:
    """The form of a new reward of the kind that the address names."""
    shop_page.caller.require(GIFTS)
    asked = shop_page.request.query_params.get("kind")
    kind = asked if asked in KINDS else KINDS[0]
    return await _form(shop_page, Form(blank(kind)), Builder())


@post("/{mall_slug:str}/shop/rewards", include_in_schema=False)
async def added(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Keeps a draft, which its own page publishes."""
    caller, builder = shop_page.caller, read_builder(data)
    caller.require(GIFTS)
    try:
        terms = _terms(shop_page, data, builder)
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            row = await add_reward(uow, caller.shop, terms)
            await record(
                uow,
                caller,
                "reward.added",
                "reward",
                row.id,
                merchant_id=caller.shop,
                after={"name": row.name, "points": row.points},
            )
    except TimchehError as error:
        refused = Form.refused(data, error, shop_page.locale)
        return await _form(shop_page, refused, builder, status=error.status)
    return shop_page.go(shop_page.url(f"rewards/{row.id}"), shop_page.text("rewards-added"))


@get("/{mall_slug:str}/shop/rewards/{reward_id:uuid}", include_in_schema=False)
async def one(shop_page: NamedDependency[PageContext], reward_id: FromPath[UUID]) -> Html:
    """A reward: its terms, what became of it, its claims."""
    return await _one(shop_page, reward_id)


@get("/{mall_slug:str}/shop/rewards/{reward_id:uuid}/edit", include_in_schema=False)
async def edit(shop_page: NamedDependency[PageContext], reward_id: FromPath[UUID]) -> Html:
    """The form of a reward as it is."""
    caller = shop_page.caller
    caller.require(GIFTS)
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        values = await _values(shop_page, uow, reward_id)
        reward = await find_reward(uow, caller.shop, reward_id)
    builder = Builder.of(condition_of(reward), shop_page.unit)
    return await _form(shop_page, shop_page.form(values), builder, reward_id)


@post("/{mall_slug:str}/shop/rewards/{reward_id:uuid}/edit", include_in_schema=False)
async def changed(
    shop_page: NamedDependency[PageContext], reward_id: FromPath[UUID], data: Fields
) -> Html:
    """New terms."""
    caller, builder = shop_page.caller, read_builder(data)
    caller.require(GIFTS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await find_reward(uow, caller.shop, reward_id)
    unit, written = shop_page.unit, Written("reward.changed", "reward", reward_id)
    try:
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            now, typed = _values(shop_page, uow, reward_id), builder.along(data, unit)
            data = await reconciled(uow, shop_page, typed, now, written)
            builder = builder.kept_in(data, unit)
            terms = _terms(shop_page, data, builder)
            row = await change_reward(uow, caller.shop, reward_id, terms)
            after = {"name": row.name, "points": row.points}
            await record(uow, caller, *written, merchant_id=caller.shop, after=after)
    except TimchehError as error:
        refused = Form.refused(data, error, shop_page.locale)
        builder = builder.kept_in(refused.values, unit)
        return await _form(shop_page, refused, builder, reward_id, status=error.status)
    return shop_page.go(shop_page.url(f"rewards/{reward_id}"), shop_page.text("rewards-changed"))


@post("/{mall_slug:str}/shop/rewards/{reward_id:uuid}/state", include_in_schema=False)
async def published(
    shop_page: NamedDependency[PageContext], reward_id: FromPath[UUID], data: Fields
) -> Html:
    """Offers it to members, or takes it from the shelf."""
    caller = shop_page.caller
    caller.require(GIFTS)
    here = shop_page.url(f"rewards/{reward_id}")
    state = data.get("state") or shop_page.request.query_params.get("state")
    what = "published" if state == "published" else "withdrawn"
    try:
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            await publish_reward(uow, caller.shop, reward_id, published=what == "published")
            await record(
                uow, caller, f"reward.{what}", "reward", reward_id, merchant_id=caller.shop
            )
    except Conflict as error:
        return shop_page.turned_back(here, error)
    undo = f"{here}/state?state={'draft' if what == 'published' else 'published'}"
    return shop_page.go(here, shop_page.text(f"rewards-{what}"), undo=undo)


@post(
    "/{mall_slug:str}/shop/rewards/{reward_id:uuid}/picture",
    include_in_schema=False,
    request_max_body_size=MOST_BYTES + _ROOM,
    opt={TAKES_FILES: True},
)
async def picture_brought(
    shop_page: NamedDependency[PageContext], reward_id: FromPath[UUID]
) -> Html:
    """Keeps a picture; without a file it takes the one that is there away."""
    caller = shop_page.caller
    caller.require(GIFTS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await find_reward(uow, caller.shop, reward_id)
    form = await shop_page.request.form()
    file = form.get("picture")
    try:
        content = None
        if isinstance(file, UploadFile) and file.filename:
            content = await asyncio.to_thread(fitted, await file.read())
        elif not form.get("remove"):
            raise Invalid.field("/picture", "file_missing")
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            await put_picture(uow, caller.shop, reward_id, content)
    except Invalid as error:
        return await _one(shop_page, reward_id, Form.refused({}, error, shop_page.locale), 422)
    said = shop_page.text("rewards-picture-kept" if content else "rewards-picture-removed")
    return shop_page.go(shop_page.url(f"rewards/{reward_id}"), said)


@get("/{mall_slug:str}/shop/rewards/{reward_id:uuid}/picture", include_in_schema=False)
async def picture(
    shop_page: NamedDependency[PageContext], reward_id: FromPath[UUID]
) -> Response[bytes]:
    """The picture, for the shop's own pages."""
    caller = shop_page.caller
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await find_reward(uow, caller.shop, reward_id)
        return picture_response(await picture_of(uow, reward_id))


@post("/{mall_slug:str}/shop/reward-claims/{claim_id:uuid}/hand-out", include_in_schema=False)
async def handed(
    shop_page: NamedDependency[PageContext], claim_id: FromPath[UUID], data: Fields
) -> Html:
    """It was handed over."""
    caller = shop_page.caller
    branches_of(caller, TILL)
    return await _closed(shop_page, data, "rewards-handed", claim_id)


@post("/{mall_slug:str}/shop/reward-claims/{claim_id:uuid}/cancel", include_in_schema=False)
async def cancelled(
    shop_page: NamedDependency[PageContext], claim_id: FromPath[UUID], data: Fields
) -> Html:
    """It won't be handed over; the points go back."""
    caller = shop_page.caller
    branches_of(caller, TILL)
    return await _closed(shop_page, data, "rewards-cancelled", claim_id)


ROUTES: Final = (
    listed,
    new,
    added,
    one,
    edit,
    changed,
    published,
    picture_brought,
    picture,
    handed,
    cancelled,
)


def picture_response(content: bytes) -> Response[bytes]:
    """A picture for a browser that may keep it for an hour."""
    return Response(
        content, media_type="image/webp", headers={"Cache-Control": "private, max-age=3600"}
    )


async def _closed(page: PageContext, data: dict[str, str], done: str, claim_id: UUID) -> Html:
    """Hands a claim out or cancels it, and goes back to where it was asked."""
    caller = page.caller
    at_till = data.get("from") == "till" or not caller.may(GIFTS)
    back = page.url("rewards/till" if at_till else "rewards")
    try:
        async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            if done == "rewards-handed":
                claim = await hand_out(uow, caller.shop, claim_id, caller.id)
            else:
                claim = await cancel_claim(
                    uow, claim_id, caller.id, of_shop=caller.shop, of_member=None
                )
            await record(
                uow,
                caller,
                done.replace("rewards-", "reward."),
                "reward_claim",
                claim_id,
                merchant_id=caller.shop,
                after={"name": claim.name, "points": claim.points},
            )
    except Conflict as error:
        return page.turned_back(back, error)
    return page.go(back, page.text(done, name=claim.name))


async def _values(page: PageContext, uow: UnitOfWork, reward_id: UUID) -> dict[str, str]:
    """What the form of the reward's kind shows."""
    reward = await find_reward(uow, page.caller.shop, reward_id)
    account = await find_account(uow, page.caller.shop)
    own = reward.scope_id == account.own_points_scope_id
    scope = "own:point" if own else str(reward.scope_id)
    builder = Builder.of(condition_of(reward), page.unit)
    return builder.along(values_of(reward, scope, page.unit), page.unit)


def _terms(page: PageContext, data: dict[str, str], builder: Builder) -> RewardTerms:
    """Raises Invalid with the faults of the fields and of the condition together."""
    faults = []
    condition = None
    try:
        condition = builder.condition(page.unit)
    except Invalid as error:
        faults += error.errors
    try:
        terms = read_terms(data, page.unit, condition, page.now)
    except Invalid as error:
        raise Invalid(errors=[*error.errors, *faults]) from None
    if faults:
        raise Invalid(errors=faults)
    return terms


async def _one(
    page: PageContext, reward_id: UUID, form: Form | None = None, status: int = 200
) -> Html:
    caller = page.caller
    branches_of(caller, GIFTS)
    async with page.database.unit_of_work(caller.scope) as uow:
        reward = await find_reward(uow, caller.shop, reward_id)
        counts = await counts_of(uow, caller.shop)
        claims = await claims_of_shop(uow, caller.shop, reward_id=reward_id)
        seen = await pictured(uow, [reward_id])
    mine = counts.get(reward_id, Counter())
    context = {
        "reward": shown_reward(page, reward, mine, picture=bool(seen)),
        "who": await sentence_of(page, condition_of(reward)),
        "claims": [shown_row(page, row) for row in claims],
        "form": form or Form(),
    }
    return page.render("merchants/rewards/one.html", context, status=status)


async def _form(
    page: PageContext,
    form: Form,
    builder: Builder,
    reward_id: UUID | None = None,
    status: int = 200,
) -> Html:
    caller = page.caller
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        scopes = await point_scopes(page, uow, caller.shop)
        goods = await goods_on_sale(uow, caller.shop)
    kind = form.value("kind") if form.value("kind") in KINDS else KINDS[0]
    context = {
        "form": form,
        "kind": kind,
        "kinds": KINDS,
        "reward_id": reward_id,
        "scopes": scopes,
        "goods": goods,
        "builder": await show_builder(
            page, builder, Place.CUSTOMER, form.errors, theirs=form.theirs
        ),
    }
    return page.render("merchants/rewards/form.html", context, status=status)
