"""The second step at the doors of staff: after the password, what else proves who they are."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency

from timcheh.access.errors import SignInFailed
from timcheh.access.passkeys.owner import Owner
from timcheh.access.permissions import StaffAudience
from timcheh.access.second_factor.service import FIELD, factors_of
from timcheh.access.staff import StaffIdentity
from timcheh.db import Scope
from timcheh.errors import NotFound, TimchehError
from timcheh.web.cookies import (
    challenge_of,
    forget_half,
    half_of,
    remember_half,
    remember_session,
    session_cookie,
)
from timcheh.web.form import Fields, Form
from timcheh.web.onward import door_of, next_of, next_query, onward
from timcheh.web.pages import Html, PageContext, staff_audience
from timcheh.web.passkeys import asked, origin_of_passkeys

_HERE: Final = ["/{mall_slug:str}/mall/sign-in/second", "/{mall_slug:str}/shop/sign-in/second"]


@get(_HERE, include_in_schema=False)
async def second(front_page: NamedDependency[PageContext]) -> Html:
    """What is asked for after the password."""
    audience = staff_audience(front_page.request)
    owner = await _owner(front_page, audience, half_of(front_page.request))
    if owner is None:
        return front_page.go(door_of(front_page, audience))
    return await _form(front_page, audience, owner, Form())


@post(_HERE, include_in_schema=False)
async def second_given(front_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Signs in whoever gave it."""
    token = half_of(front_page.request)
    return await _given(front_page, staff_audience(front_page.request), data, token)


@post([f"{each}/options" for each in _HERE], include_in_schema=False, status_code=200)
async def passkey_asked(front_page: NamedDependency[PageContext]) -> Response[Any]:
    """What the device is asked."""
    audience = staff_audience(front_page.request)
    owner = await _owner(front_page, audience, half_of(front_page.request))
    if owner is None:
        raise NotFound
    return await asked(front_page, front_page.services.passkeys.ask_own(owner, front_page.address))


ROUTES: Final = (second, second_given, passkey_asked)


async def let_in(
    page: PageContext,
    audience: StaffAudience,
    who: StaffIdentity,
    data: dict[str, str],
    welcome: str = "",
) -> Html:
    """Whoever has proved their password: in, to the page that was wanted, where `welcome` is said;
    or to the second step, if they have one."""
    if await page.services.second_factors.needed(page.mall.mall_id, who.staff_id):
        return await _ask_second(page, audience, who, data)
    return await _start_session(page, onward(page, audience, data, welcome), audience, who)


async def _ask_second(
    page: PageContext, audience: StaffAudience, who: StaffIdentity, data: dict[str, str]
) -> Html:
    """There is no session before that; a program may send the code along, in the field
    `second_factor`."""
    token = await page.services.half_sign_ins.begin(page.mall.mall_id, audience, who.staff_id)
    if FIELD in data:
        answer = await _given(page, audience, data, token)
    else:
        wanted = next_query(page, audience, data)
        answer = page.go(f"{door_of(page, audience)}/second{wanted}")
        remember_half(page.request, answer, page.mall.slug, token)
    return answer


async def _start_session(
    page: PageContext, response: Html, audience: StaffAudience, who: StaffIdentity
) -> Html:
    """A session for somebody who has proved all that is asked of them, in the first of their
    shops, on the answer that leads them on."""
    services, mall_id = page.services, page.mall.mall_id
    shop = who.merchant_ids[0] if who.merchant_ids else None
    session = await services.sessions.start(
        mall_id,
        audience,
        who.name,
        staff_id=who.staff_id,
        merchant_id=shop,
        place=await services.shop_name(mall_id, shop) if shop else "",
        replaces=session_cookie(page.request, audience),
    )
    remember_session(page.request, response, audience, session)
    return response


async def _given(
    page: PageContext, audience: StaffAudience, data: dict[str, str], token: str
) -> Html:
    services, mall_id = page.services, page.mall.mall_id
    owner = await _owner(page, audience, token)
    if owner is None:
        return page.go(door_of(page, audience), page.text("second-late"), "bad")
    try:
        await _check(page, owner, data)
        assert owner.staff_id is not None
        who = await services.staff_sign_in.identity(mall_id, audience, owner.staff_id)
        if not await services.half_sign_ins.finish(mall_id, audience, token):
            raise SignInFailed
    except TimchehError as error:
        form = Form.refused({}, error, page.locale)
        again = await _form(page, audience, owner, form, error.status)
        remember_half(page.request, again, page.mall.slug, token)
        return again
    response = onward(page, audience, data)
    forget_half(page.request, response, page.mall.slug)
    return await _start_session(page, response, audience, who)


async def _check(page: PageContext, owner: Owner, data: dict[str, str]) -> None:
    if answer := data.get("credential"):
        token = challenge_of(page.request)
        await page.services.passkeys.check_own(owner, token, answer, page.address)
    else:
        await page.services.second_factors.check(owner, data.get(FIELD, ""))


async def _owner(page: PageContext, audience: StaffAudience, token: str) -> Owner | None:
    mall_id = page.mall.mall_id
    staff_id = await page.services.half_sign_ins.whose(mall_id, audience, token)
    return Owner(mall_id, staff_id=staff_id) if staff_id else None


async def _form(
    page: PageContext, audience: StaffAudience, owner: Owner, form: Form, status: int = 200
) -> Html:
    assert owner.staff_id is not None
    async with page.database.unit_of_work(Scope.mall(owner.mall_id)) as uow:
        factors = await factors_of(uow, owner.staff_id)
    here = f"{door_of(page, audience)}/second"
    context = {
        "mall_name": page.mall.name,
        "form": form,
        "here": here,
        "next": next_of(page),
        "app": factors.app_since is not None,
        "origin": origin_of_passkeys(page) if factors.passkeys else "",
        "back": door_of(page, audience),
    }
    return page.render("sign_in/second.html", context, status=status)
