"""Passkeys on pages: what a page needs to ask a device, and when members are told of them."""

from collections.abc import Awaitable
from typing import Any
from uuid import UUID

from litestar import Response

from timcheh.access.passkeys.owner import Owner
from timcheh.access.passkeys.service import Asked, has_passkeys
from timcheh.db import Scope
from timcheh.web.cookies import passkey_state_of, remember_challenge, remember_passkey_state
from timcheh.web.pages import Html, PageContext


def origin_of_passkeys(page: PageContext) -> str:
    """The address at which passkeys work here; empty if there is none."""
    party = page.services.passkeys.party
    return party.origin if party else ""


def door_of_passkeys(page: PageContext) -> dict[str, Any] | None:
    """What the club's door needs to take a passkey; None where there are none. `by_itself`: the
    browser has had one, so it offers it as soon as the mobile is to be typed."""
    origin = origin_of_passkeys(page)
    if not origin:
        return None
    door = f"/{page.mall.slug}/club/sign-in/passkey"
    by_itself = passkey_state_of(page.request) == "used"
    return {"origin": origin, "door": door, "by_itself": by_itself}


async def asked(page: PageContext, asking: Awaitable[Asked]) -> Response[Any]:
    """The options for the device as JSON, and the cookie by which its answer is known."""
    found = await asking
    response = Response[Any](found.options.encode(), media_type="application/json")
    remember_challenge(page.request, response, page.mall.slug, found.token)
    return response


def passkeys_offered(page: PageContext) -> str:
    """Where the member is to be told of passkeys, their origin; else empty."""
    return origin_of_passkeys(page) if passkey_state_of(page.request) == "offer" else ""


async def tell_of_passkeys(page: PageContext, response: Html, member_id: UUID) -> None:
    """After a sign-in by code: a member without a passkey is told that there are such, unless
    they have said on this browser that they don't want one."""
    if passkey_state_of(page.request) == "later" or not origin_of_passkeys(page):
        return
    mall = page.mall
    async with page.database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        has = await has_passkeys(uow, Owner(mall.mall_id, member_id=member_id))
    remember_passkey_state(page.request, response, mall.slug, "used" if has else "offer")
