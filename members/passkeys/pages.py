"""A member's passkeys: adding one to this device, seeing them, removing one."""

from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from members.people.service import find_member
from timcheh.access.passkeys.owner import Owner
from timcheh.access.passkeys.service import LONGEST_NAME, MOST, passkeys_of, remove_passkey
from timcheh.db import Scope
from timcheh.errors import TimchehError
from timcheh.notify import queue_message
from timcheh.web.browsers import browser_of
from timcheh.web.cookies import challenge_of, remember_passkey_state
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.passkeys import asked, origin_of_passkeys

_HERE: Final = "/{mall_slug:str}/club/passkeys"


@get(_HERE, include_in_schema=False)
async def passkeys(club_page: NamedDependency[PageContext]) -> Html:
    """Those that there are, and one for this device."""
    return await _page(club_page, Form({"name": browser_of(club_page)}))


@post(_HERE + "/options", include_in_schema=False, status_code=200)
async def passkey_asked(club_page: NamedDependency[PageContext]) -> Response[Any]:
    """What the device is asked to make."""
    page, owner = club_page, _owner(club_page)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        member = await find_member(uow, id=page.caller.id)
    asking = page.services.passkeys.ask_new(
        owner,
        page.address,
        mall_name=page.mall.name,
        account=f"{member.mobile} · {page.mall.name}",
        person=member.name or member.mobile,
    )
    return await asked(page, asking)


@post(_HERE, include_in_schema=False, status_code=200)
async def passkey_added(club_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Keeps what the device has made, and tells the member by text message that there is one more
    way in: were it not they who made it, they would know."""
    page, owner = club_page, _owner(club_page)
    name = data.get("name", "").strip()[:LONGEST_NAME] or browser_of(page)
    try:
        await page.services.passkeys.add(
            owner, challenge_of(page.request), data.get("credential", ""), name
        )
    except TimchehError as error:
        return await _page(page, page.refused(data, error), error.status)
    said = {"mall": page.mall.name, "name": name, "link": page.public_address("club/passkeys")}
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        member = await find_member(uow, id=page.caller.id)
        await queue_message(
            uow, member.mobile, "passkey-added", said, locale=page.locale, member_id=member.id
        )
    response = page.go(page.url("passkeys"), page.text("passkeys-added", name=name))
    remember_passkey_state(page.request, response, page.mall.slug, "used")
    return response


@post(_HERE + "/{passkey_id:uuid}/remove", include_in_schema=False)
async def passkey_removed(
    club_page: NamedDependency[PageContext], passkey_id: FromPath[UUID]
) -> Html:
    """It opens nothing any more; the code by text message does as ever."""
    page = club_page
    async with page.database.unit_of_work(page.caller.scope) as uow:
        name = await remove_passkey(uow, _owner(page), passkey_id)
    return page.go(page.url("passkeys"), page.text("passkeys-removed", name=name))


@post(_HERE + "/later", include_in_schema=False)
async def not_now(club_page: NamedDependency[PageContext]) -> Html:
    """On this browser the member is not told of passkeys any more."""
    response = club_page.go(club_page.url())
    remember_passkey_state(club_page.request, response, club_page.mall.slug, "later")
    return response


ROUTES: Final = (passkeys, passkey_asked, passkey_added, passkey_removed, not_now)


def _owner(page: PageContext) -> Owner:
    return Owner(page.caller.mall_id, member_id=page.caller.id)


async def _page(page: PageContext, form: Form, status: int = 200) -> Html:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        found = await passkeys_of(uow, _owner(page))
    context = {
        "passkeys": found,
        "origin": origin_of_passkeys(page),
        "elsewhere": page.request.scope["path"],
        "full": len(found) >= MOST,
        "form": form,
    }
    return page.render("members/club/passkeys.html", context, status=status)
