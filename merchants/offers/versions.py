"""The history of a shop's rules: each version in words, and the way back."""

from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.offers.merging import Changes, changes
from merchants.offers.service import MOST_VERSIONS, list_versions, roll_back
from merchants.offers.showing import shown_offers, teller_of
from merchants.permissions import OFFERS, RULES, branches_of
from merchants.programme.models import RuleSet
from merchants.programme.queries import read_rules, rules_version
from merchants.shops.service import shop_names
from timcheh.access.staff import staff_names
from timcheh.audit import record
from timcheh.db import Scope
from timcheh.errors import NotFound, TimchehError
from timcheh.errors.texts import error_detail
from timcheh.web.form import Fields
from timcheh.web.pages import Html, PageContext


@get("/{mall_slug:str}/shop/offers/versions", include_in_schema=False)
async def versions(shop_page: NamedDependency[PageContext]) -> Html:
    """Every version: when, by whom, what was different."""
    return await _versions(shop_page)


@get("/{mall_slug:str}/shop/offers/versions/{number:int}", include_in_schema=False)
async def version_one(shop_page: NamedDependency[PageContext], number: FromPath[int]) -> Html:
    """One version in words: what a purchase that names it was decided by."""
    caller = shop_page.caller
    branches_of(caller, RULES)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        current = await rules_version(uow, caller.shop)
        found = await uow.session.get(RuleSet, (uow.scope.mall_id, caller.shop, number))
        if found is None:
            raise NotFound
        before = await read_rules(uow, caller.shop, number - 1)
        names = await shop_names(uow)
    writers = await _names(shop_page, {found.actor_id})
    teller = teller_of(shop_page, names)
    context = {
        "version": _row(shop_page, found, before, writers, current),
        "current": current,
        "offers": shown_offers(found.rules, teller, found.created_at, {}, ()),
        "may_edit": caller.may(OFFERS),
    }
    return shop_page.render("merchants/offers/version.html", context)


@post(
    "/{mall_slug:str}/shop/offers/versions/{number:int}/restore",
    include_in_schema=False,
    status_code=200,
)
async def version_restored(
    shop_page: NamedDependency[PageContext], number: FromPath[int], data: Fields
) -> Html:
    """Puts it in force again, as a new version, if what was looked at is still in force."""
    caller = shop_page.caller
    caller.require(OFFERS)
    seen = data.get("seen") or shop_page.request.query_params.get("seen") or ""
    looked_at = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            made = await roll_back(uow, caller.shop, number, looked_at, caller.id)
            after = {"version": made, "from": number}
            await record(uow, caller, "offer.rolled_back", "rules", caller.shop, after=after)
    except NotFound:
        raise
    except TimchehError as error:
        return await _versions(shop_page, error_detail(error, shop_page.locale), error.status)
    toast = shop_page.text("version-restored", number=number, version=made)
    undo = shop_page.url(f"offers/versions/{looked_at}/restore?seen={made}")
    return shop_page.go(shop_page.url("offers/versions"), toast, undo=undo)


ROUTES: Final = (versions, version_one, version_restored)


async def _versions(page: PageContext, problem: str = "", status: int = 200) -> Response[Any]:
    caller = page.caller
    branches_of(caller, RULES)
    async with page.database.unit_of_work(caller.scope) as uow:
        current = await rules_version(uow, caller.shop)
        found = list(await list_versions(uow, caller.shop))
        oldest = await read_rules(uow, caller.shop, found[-1].version - 1) if found else []
    writers = await _names(page, {each.actor_id for each in found})
    before = [*(each.rules for each in found[1:]), oldest]
    rows = [
        _row(page, each, rules, writers, current) for each, rules in zip(found, before, strict=True)
    ]
    context = {
        "versions": rows,
        "current": current,
        "problem": problem,
        "more": len(rows) == MOST_VERSIONS,
        "may_edit": caller.may(OFFERS),
    }
    return page.render("merchants/offers/versions.html", context, status=status)


async def _names(page: PageContext, ids: set[UUID | None]) -> dict[UUID, str]:
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        return await staff_names(uow, {each for each in ids if each is not None})


def _row(
    page: PageContext,
    version: RuleSet,
    before: list[Any],
    writers: dict[UUID, str],
    current: int,
) -> dict[str, Any]:
    who = writers.get(version.actor_id, "") if version.actor_id else ""
    return {
        "number": version.version,
        "at": version.created_at,
        "who": who or page.text("version-by-key"),
        "count": len(version.rules),
        "current": version.version == current,
        "changes": _told(page, changes(before, version.rules)),
    }


def _told(page: PageContext, found: Changes) -> list[str]:
    told = []
    for kind in ("added", "changed", "removed"):
        names = getattr(found, kind)
        if names:
            listed = page.text("list-comma").join(page.text("value-quoted", text=n) for n in names)
            told.append(page.text(f"version-{kind}", names=listed))
    return told or [page.text("version-same")]
