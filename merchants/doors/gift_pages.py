"""One door in the shop's portal: its address, what came of it, and the gift that it promises."""

from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.doors.gifts import (
    MOST_PEOPLE,
    Conversions,
    Promise,
    codes_in_force,
    conversions,
    end_gift,
    gift_of,
    promise_gift,
)
from merchants.doors.models import Door, DoorGift
from merchants.doors.service import find_door
from merchants.doors.telling import door_address, gift_text, shown_promise
from merchants.gifting.rewards import KINDS, read_reward
from merchants.permissions import CUSTOMERS_WRITE, GIFTS, branches_of
from timcheh.audit import record
from timcheh.errors import TimchehError
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.reader import FormReader

_ONE: Final = "/{mall_slug:str}/shop/customers/doors/{door_id:uuid}"
_CODE: Final = "coupon"


@get(_ONE, include_in_schema=False)
async def door_one(shop_page: NamedDependency[PageContext], door_id: FromPath[UUID]) -> Html:
    """A door and what came of it."""
    return await _page(shop_page, door_id, Form())


@post(_ONE + "/gift", include_in_schema=False)
async def gift_promised(
    shop_page: NamedDependency[PageContext], door_id: FromPath[UUID], data: Fields
) -> Html:
    """Promises a gift to whoever comes through it as a new customer."""
    caller = shop_page.caller
    caller.require(GIFTS)
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            door = await find_door(uow, caller.shop, door_id)
            promise = _read(data, shop_page)
            gift = await promise_gift(uow, door, promise, caller.id)
            await record(
                uow,
                caller,
                "door.gift_promised",
                "door",
                door_id,
                merchant_id=caller.shop,
                after={"unit": gift.unit, "amount": gift.amount, "most": gift.most},
            )
    except TimchehError as error:
        if not error.errors:
            raise
        refused = Form.refused(data, error, shop_page.locale)
        return await _page(shop_page, door_id, refused, error.status)
    here = shop_page.url(f"customers/doors/{door_id}")
    return shop_page.go(here, shop_page.text("door-gift-promised"))


@post(_ONE + "/gift/end", include_in_schema=False)
async def gift_ended(shop_page: NamedDependency[PageContext], door_id: FromPath[UUID]) -> Html:
    """Promises it no longer."""
    caller = shop_page.caller
    caller.require(GIFTS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await end_gift(uow, await find_door(uow, caller.shop, door_id))
        await record(uow, caller, "door.gift_ended", "door", door_id, merchant_id=caller.shop)
    here = shop_page.url(f"customers/doors/{door_id}")
    return shop_page.go(here, shop_page.text("door-gift-ended"))


ROUTES: Final = (door_one, gift_promised, gift_ended)


def _read(data: dict[str, str], page: PageContext) -> Promise:
    reader = FormReader(data, page.unit)
    kind = reader.choice("reward", (*KINDS[1:], _CODE))
    promise = Promise(
        words=reader.text("words"),
        reward=None if kind == _CODE else read_reward(reader),
        coupon=reader.text("coupon") if kind == _CODE else None,
        most=reader.count("most", 1, MOST_PEOPLE),
        ends_at=reader.end_of_day("ends_at"),
    )
    reader.check()
    return promise


async def _page(page: PageContext, door_id: UUID, form: Form, status: int = 200) -> Html:
    caller = page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    async with page.database.unit_of_work(caller.scope) as uow:
        door = await find_door(uow, caller.shop, door_id)
        gift = await gift_of(uow, door)
        came = await conversions(uow, door)
        codes = await codes_in_force(uow, caller.shop)
    context = {
        "door": _door(page, door, came),
        "gift": None if gift is None else _gift(page, gift, came),
        "may_promise": gift is None and door.ended_at is None and caller.may(GIFTS),
        "may_end": gift is not None and gift.stands(page.now) and caller.may(GIFTS),
        "codes": [(code, f"{name}: {code}") for code, name in codes.items()],
        "form": form,
    }
    return page.render("merchants/doors/one.html", context, status=status)


def _door(page: PageContext, door: Door, came: Conversions) -> dict[str, Any]:
    return {
        "id": door.id,
        "name": door.name,
        "source": page.text(f"door-source-{door.source}"),
        "address": door_address(page, door),
        "open": door.ended_at is None,
        "visits": door.visits,
        "customers": came.customers,
        "buyers": came.buyers,
        "purchases": came.purchases,
        "spend": came.spend,
    }


def _gift(page: PageContext, gift: DoorGift, came: Conversions) -> dict[str, Any]:
    return {
        **shown_promise(page, gift),
        "what": gift_text(page, gift),
        "unit": gift.unit or "",
        "given": gift.given,
        "most": gift.most,
        "cost": gift.cost,
        "per_buyer": gift.cost // came.buyers if came.buyers and gift.unit == "rial" else None,
    }
