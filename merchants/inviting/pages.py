"""The member's invitation with who has come, and the page that a friend comes to."""

from typing import Any, Final

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from members.facade import Member, brought_by, find_member, friends_of, host_of, invitation_of
from merchants.inviting.queries import Promise, brought_in, have_bought, promises
from timcheh.db import Scope
from timcheh.errors import NotFound, TimchehError
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.proving import check_code, send_code, sign_member_in, typed_mobile

_LONGEST_TOKEN: Final = 20


@get("/{mall_slug:str}/club/invite", include_in_schema=False)
async def invitation(club_page: NamedDependency[PageContext]) -> Html:
    """The address to hand on, what both get, and who has come."""
    caller = club_page.caller
    async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        mine = await invitation_of(uow, caller.id)
        promised = await promises(uow)
        friends = await friends_of(uow, caller.id)
        ids = [each.id for each in friends]
        brought = await brought_in(uow, caller.id, ids)
        bought = await have_bought(uow, ids)
    context = {
        "address": club_page.public_address(f"invite/{mine.token}"),
        "words": club_page.text("invite-words", mall=club_page.mall.name),
        "promises": promised,
        "friends": [
            {
                "name": _called(each.name),
                "at": each.came_at,
                "bought": each.id in bought,
                "brought": brought.get(each.id, 0),
            }
            for each in friends
        ],
        "brought": sum(brought.values()),
        "opened": mine.opened,
    }
    return club_page.render("merchants/inviting/mine.html", context)


@get("/{mall_slug:str}/invite/{token:str}", include_in_schema=False)
async def invited(front_page: NamedDependency[PageContext], token: FromPath[str]) -> Html:
    """Who invites, what the friend gets, and one mobile to say yes with."""
    host, promised = await _host(front_page, token, opened=True)
    return _ask(front_page, host, promised, Form())


@post("/{mall_slug:str}/invite/{token:str}", include_in_schema=False, status_code=200)
async def code_asked(
    front_page: NamedDependency[PageContext], token: FromPath[str], data: Fields
) -> Html:
    """Sends a code to the mobile, and asks for it."""
    host, promised = await _host(front_page, token)
    try:
        number = typed_mobile(data)
        await send_code(front_page, number)
    except TimchehError as error:
        refused = Form.refused(data, error, front_page.locale)
        return _ask(front_page, host, promised, refused, error.status)
    return _ask_code(front_page, token, number, Form())


@post("/{mall_slug:str}/invite/{token:str}/code", include_in_schema=False)
async def came(
    front_page: NamedDependency[PageContext], token: FromPath[str], data: Fields
) -> Html:
    """Whoever has the code is a member and signed in; who is new came by the host."""
    mall_id = front_page.mall.mall_id
    host, _ = await _host(front_page, token)
    try:
        number = typed_mobile(data)
        await check_code(front_page, number, data)
    except TimchehError as error:
        refused = Form.refused({}, error, front_page.locale)
        return _ask_code(front_page, token, data.get("mobile", ""), refused, error.status)
    is_new = not await _is_member(front_page, number)
    member_id, name = await front_page.services.admit_member(mall_id, number)
    if is_new:
        async with front_page.database.unit_of_work(Scope.mall(mall_id)) as uow:
            await brought_by(uow, member_id, host.id)
    said = front_page.text("invite-welcome" if is_new else "invite-known")
    response = front_page.go(f"/{front_page.mall.slug}/club", said)
    return await sign_member_in(front_page, response, member_id, name)


ROUTES: Final = (invitation, invited, code_asked, came)


async def _host(
    page: PageContext, token: str, *, opened: bool = False
) -> tuple[Member, list[Promise]]:
    async with page.database.unit_of_work(Scope.mall(page.mall.mall_id)) as uow:
        host = await host_of(uow, token[:_LONGEST_TOKEN], opened=opened)
        return host, await promises(uow)


async def _is_member(page: PageContext, number: str) -> bool:
    async with page.database.unit_of_work(Scope.mall(page.mall.mall_id)) as uow:
        try:
            await find_member(uow, mobile=number)
        except NotFound:
            return False
    return True


def _ask(
    page: PageContext, host: Member, promised: list[Promise], form: Form, status: int = 200
) -> Html:
    context: dict[str, Any] = {
        "mall_name": page.mall.name,
        "host": _called(host.name),
        "promises": [each for each in promised if each.friend],
        "form": form,
    }
    return page.render("merchants/inviting/come.html", context, status=status)


def _ask_code(page: PageContext, token: str, number: str, form: Form, status: int = 200) -> Html:
    here = f"/{page.mall.slug}/invite/{token[:_LONGEST_TOKEN]}"
    context = {
        "mall_name": page.mall.name,
        "shop": page.mall.name,
        "mobile": number,
        "kept": {},
        "action": f"{here}/code",
        "back": here,
        "form": form,
        "inbox": "/dev/inbox" if page.services.settings.dev_inbox else "",
    }
    return page.render("merchants/doors/code.html", context, status=status)


def _called(name: str | None) -> str:
    """The first name at most: that is what friends call each other."""
    return (name or "").split(" ", 1)[0]
