"""Where a shop's branches are, in its portal; and on the phone, once and by the member's own hand,
that they are near."""

from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.permissions import TERMINALS
from merchants.places.distance import read_position, written
from merchants.places.models import BranchPlace
from merchants.places.service import (
    Near,
    find_branch,
    forget,
    near_now,
    note_position,
    place_again,
    place_branch,
    places_of,
    unplace_branch,
)
from merchants.programme.sentences import Teller
from merchants.shops.models import Branch
from timcheh.access.limits import Limit
from timcheh.audit import record
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import Invalid, TimchehError
from timcheh.rules.facts import NEAR_FOR
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.pages import Html, PageContext
from timcheh.web.reader import FormReader

ASKS: Final = Limit("near", count=30, window=86_400)
"""How often a member may say where they are in a day: enough for a person, not for a map."""
_HERE: Final = "/{mall_slug:str}/shop/places"
_ONE: Final = _HERE + "/{branch_id:uuid}"
_LEAST, _MOST, _USUAL = 100, 20_000, "1000"


@get(_HERE, include_in_schema=False)
async def listed(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's branches and whether they say where they are."""
    caller = shop_page.caller
    caller.require(TERMINALS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        found = await places_of(uow, caller.shop)
    rows = [_shown(branch, place) for branch, place in found]
    return shop_page.render("merchants/places/list.html", {"branches": rows})


@get(_ONE, include_in_schema=False)
async def one(shop_page: NamedDependency[PageContext], branch_id: FromPath[UUID]) -> Html:
    """Where one branch is."""
    caller = shop_page.caller
    caller.require(TERMINALS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        values = await _values(uow, caller.shop, branch_id)
    return await _form(shop_page, branch_id, shop_page.form(values))


@post(_ONE, include_in_schema=False)
async def placed(
    shop_page: NamedDependency[PageContext], branch_id: FromPath[UUID], data: Fields
) -> Html:
    """Says where it is."""
    caller = shop_page.caller
    caller.require(TERMINALS)
    act = Written("branch.placed", "branch", branch_id)
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            now = _values(uow, caller.shop, branch_id)  # a foreign one looks absent, first
            data = await reconciled(uow, shop_page, data, now, act)
            reader = FormReader(data)
            position = reader.tried("latitude", lambda *_: read_position(data), None)
            radius = reader.count("radius", _LEAST, _MOST)
            reader.check()
            assert position is not None
            await place_branch(uow, caller.shop, branch_id, position, radius)
            await record(uow, caller, *act, merchant_id=caller.shop)
    except TimchehError as error:
        refused = shop_page.refused(data, error)
        return await _form(shop_page, branch_id, refused, error.status)
    return shop_page.go(shop_page.url("places"), shop_page.text("places-kept"))


@post(_ONE + "/remove", include_in_schema=False)
async def unplaced(shop_page: NamedDependency[PageContext], branch_id: FromPath[UUID]) -> Html:
    """Says it no longer."""
    caller = shop_page.caller
    caller.require(TERMINALS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        was = await unplace_branch(uow, caller.shop, branch_id)
        await record(uow, caller, "branch.unplaced", "branch", branch_id, merchant_id=caller.shop)
    undo = shop_page.url(f"places/{branch_id}/restore") if was else None
    return shop_page.go(shop_page.url("places"), shop_page.text("places-removed"), undo=undo)


@post(_ONE + "/restore", include_in_schema=False)
async def placed_again(shop_page: NamedDependency[PageContext], branch_id: FromPath[UUID]) -> Html:
    """It is where it was."""
    caller = shop_page.caller
    caller.require(TERMINALS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await place_again(uow, caller.shop, branch_id)
        await record(uow, caller, "branch.placed", "branch", branch_id, merchant_id=caller.shop)
    return shop_page.go(shop_page.url("places"), shop_page.text("places-restored"))


@get("/{mall_slug:str}/club/near", include_in_schema=False)
async def near(club_page: NamedDependency[PageContext]) -> Html:
    """What it means to say where one is, and what is near if one has."""
    return await _near(club_page, Form())


@post("/{mall_slug:str}/club/near", include_in_schema=False)
async def noted(club_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Takes a position once, and keeps no more of it than which branches are near."""
    caller = club_page.caller
    try:
        position = read_position(data)
        await club_page.services.limiter.hit(ASKS, str(caller.id))
        async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            count = await note_position(uow, caller.id, position)
    except Invalid:
        refused = Form(message=club_page.text("near-unknown"))
        return await _near(club_page, refused, 422)
    told = club_page.text("near-noted", count=count) if count else club_page.text("near-nothing")
    return club_page.go(club_page.url("near"), told)


@post("/{mall_slug:str}/club/near/forget", include_in_schema=False)
async def forgotten(club_page: NamedDependency[PageContext]) -> Html:
    """No shop knows it any more."""
    caller = club_page.caller
    async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        await forget(uow, caller.id)
    return club_page.go(club_page.url("near"), club_page.text("near-forgotten"))


async def _values(uow: UnitOfWork, merchant_id: UUID, branch_id: UUID) -> dict[str, str]:
    """Where it is. Raises NotFound."""
    await find_branch(uow, merchant_id, branch_id)
    found = await places_of(uow, merchant_id)
    place = next(place for branch, place in found if branch.id == branch_id)
    if place is None:
        return {"radius": _USUAL}
    return {
        "latitude": written(place.latitude),
        "longitude": written(place.longitude),
        "radius": str(place.radius),
    }


ROUTES: Final = (listed, one, placed, unplaced, placed_again, near, noted, forgotten)


async def _form(page: PageContext, branch_id: UUID, form: Form, status: int = 200) -> Html:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        found = await places_of(uow, page.caller.shop)
    branch = next(_shown(branch, place) for branch, place in found if branch.id == branch_id)
    context = {"branch": branch, "form": form}
    return page.render("merchants/places/one.html", context, status=status)


async def _near(page: PageContext, form: Form, status: int = 200) -> Html:
    caller = page.caller
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        found = await near_now(uow, caller.id)
    context = {"near": [_told(page, each) for each in found], "form": form, "minutes": NEAR_FOR}
    return page.render("merchants/places/club.html", context, status=status)


def _told(page: PageContext, near: Near) -> dict[str, Any]:
    teller = Teller(page.locale, page.unit)
    return {
        "shop": near.shop,
        "branch": near.branch,
        "metres": near.metres,
        "until": near.until,
        "offers": [
            {"name": rule.name, "when": teller.when(rule), "then": teller.then(rule)}
            for rule in near.offers
        ],
    }


def _shown(branch: Branch, place: BranchPlace | None) -> dict[str, Any]:
    return {
        "id": branch.id,
        "name": branch.name,
        "placed": place is not None,
        "radius": place.radius if place else 0,
    }
