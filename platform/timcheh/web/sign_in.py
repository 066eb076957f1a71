"""The doors: signing in and out, for the three audiences, and the list of malls."""

from typing import Final

from litestar import get, post
from litestar.di import NamedDependency

from timcheh.access.permissions import StaffAudience
from timcheh.errors import TimchehError
from timcheh.module import Audience
from timcheh.web.cookies import (
    forget_mobile,
    forget_session,
    mobile_of,
    remember_mobile,
    session_cookie,
)
from timcheh.web.form import Fields, Form
from timcheh.web.onward import door_of, next_of, next_query, onward
from timcheh.web.pages import Html, PageContext
from timcheh.web.passkeys import door_of_passkeys
from timcheh.web.proving import check_code, send_code, sign_member_in, typed_mobile
from timcheh.web.second_factor import let_in

RESEND_SECONDS: Final = 60
_OTHER_DOORS: Final[dict[Audience, str]] = {
    "member": "malls-member",
    "merchant": "malls-merchant",
    "mall": "malls-mall",
}


@get("/", include_in_schema=False)
async def malls(front_page: NamedDependency[PageContext]) -> Html:
    """The malls of this server; straight to the only one."""
    directory = front_page.services.malls
    every = [await directory.by_id(mall_id) for mall_id in await front_page.database.mall_ids()]
    found = [mall for mall in every if mall.trial_of is None]
    if len(found) == 1:
        return front_page.go(f"/{found[0].slug}")
    return front_page.render("malls.html", {"malls": found, "mall_name": ""})


@get("/{mall_slug:str}", include_in_schema=False)
async def mall(front_page: NamedDependency[PageContext]) -> Html:
    """The three doors of one mall."""
    return front_page.render("malls.html", {"malls": [front_page.mall], "mall_name": ""})


@get("/{mall_slug:str}/mall/sign-in", include_in_schema=False)
async def mall_sign_in(front_page: NamedDependency[PageContext]) -> Html:
    """The administrators' door."""
    return _staff_form(front_page, "mall", Form())


@post("/{mall_slug:str}/mall/sign-in", include_in_schema=False)
async def mall_signed_in(front_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Signs an administrator in."""
    return await _sign_staff_in(front_page, "mall", data)


@get("/{mall_slug:str}/shop/sign-in", include_in_schema=False)
async def shop_sign_in(front_page: NamedDependency[PageContext]) -> Html:
    """The shops' door."""
    return _staff_form(front_page, "merchant", Form())


@post("/{mall_slug:str}/shop/sign-in", include_in_schema=False)
async def shop_signed_in(front_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Signs a shop's staff in, to the first of their shops."""
    return await _sign_staff_in(front_page, "merchant", data)


@get("/{mall_slug:str}/club/sign-in", include_in_schema=False)
async def club_sign_in(front_page: NamedDependency[PageContext]) -> Html:
    """The members' door."""
    return member_form(front_page, Form())


@post("/{mall_slug:str}/club/sign-in", include_in_schema=False)
async def club_code_asked(front_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Sends a code to the mobile."""
    try:
        mobile = typed_mobile(data)
        await send_code(front_page, mobile)
    except TimchehError as error:
        refused = Form.refused(data, error, front_page.locale)
        return member_form(front_page, refused, error.status)
    response = front_page.go(
        f"{door_of(front_page, 'member')}/code{next_query(front_page, 'member', data)}"
    )
    remember_mobile(front_page.request, response, mobile)
    return response


@get("/{mall_slug:str}/club/sign-in/code", include_in_schema=False)
async def club_code(front_page: NamedDependency[PageContext]) -> Html:
    """Where the code is typed."""
    return _code_form(front_page, mobile_of(front_page.request) or "", Form())


@post("/{mall_slug:str}/club/sign-in/code", include_in_schema=False)
async def club_signed_in(front_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Signs a member in, who is enrolled if the mobile is new."""
    try:
        mobile = typed_mobile(data)
        await check_code(front_page, mobile, data)
    except TimchehError as error:
        form = Form.refused({}, error, front_page.locale)
        return _code_form(front_page, data.get("mobile", ""), form, error.status)
    member_id, name = await front_page.services.admit_member(front_page.mall.mall_id, mobile)
    response = onward(front_page, "member", data)
    forget_mobile(front_page.request, response)
    return await sign_member_in(front_page, response, member_id, name)


@post("/{mall_slug:str}/mall/sign-out", include_in_schema=False)
async def mall_sign_out(mall_page: NamedDependency[PageContext]) -> Html:
    """Ends an administrator's session."""
    return await _sign_out(mall_page, "mall")


@post("/{mall_slug:str}/shop/sign-out", include_in_schema=False)
async def shop_sign_out(shop_page: NamedDependency[PageContext]) -> Html:
    """Ends a shop's staff's session."""
    return await _sign_out(shop_page, "merchant")


@post("/{mall_slug:str}/club/sign-out", include_in_schema=False)
async def club_sign_out(club_page: NamedDependency[PageContext]) -> Html:
    """Ends a member's session."""
    return await _sign_out(club_page, "member")


ROUTES: Final = (
    malls,
    mall,
    mall_sign_in,
    mall_signed_in,
    shop_sign_in,
    shop_signed_in,
    club_sign_in,
    club_code_asked,
    club_code,
    club_signed_in,
    mall_sign_out,
    shop_sign_out,
    club_sign_out,
)


async def _sign_staff_in(page: PageContext, audience: StaffAudience, data: dict[str, str]) -> Html:
    password = data.get("password", "")
    try:
        who = await page.services.staff_sign_in.verify(
            page.mall.mall_id, audience, typed_mobile(data), password, page.address
        )
    except TimchehError as error:
        form = Form.refused({"mobile": data.get("mobile", "")}, error, page.locale)
        return _staff_form(page, audience, form, error.status)
    return await let_in(page, audience, who, data)


async def _sign_out(page: PageContext, audience: Audience) -> Html:
    token = session_cookie(page.request, audience)
    if token:
        await page.services.sessions.end(token)
    response = page.go(door_of(page, audience))
    forget_session(page.request, response, audience)
    return response


def _staff_form(page: PageContext, audience: StaffAudience, form: Form, status: int = 200) -> Html:
    context = {
        "audience": audience,
        "mall_name": page.mall.name,
        "form": form,
        "next": next_of(page),
        "others": _other_doors(page, audience),
    }
    return page.render("sign_in/staff.html", context, status=status)


def member_form(page: PageContext, form: Form, status: int = 200) -> Html:
    """The members' door, with what was typed there and what is wrong with it."""
    context = {
        "mall_name": page.mall.name,
        "form": form,
        "next": next_of(page),
        "others": _other_doors(page, "member"),
        "passkey": door_of_passkeys(page),
    }
    return page.render("sign_in/member.html", context, status=status)


def _code_form(page: PageContext, mobile: str, form: Form, status: int = 200) -> Html:
    door = door_of(page, "member")
    if not mobile:
        return page.go(door)
    context = {
        "mall_name": page.mall.name,
        "mobile": mobile,
        "form": form,
        "seconds": RESEND_SECONDS,
        "resend": door,
        "back": door,
        "inbox": "/dev/inbox" if page.services.settings.dev_inbox else "",
    }
    return page.render("sign_in/code.html", context, status=status)


def _other_doors(page: PageContext, here: Audience) -> list[tuple[str, str]]:
    return [
        (page.text(label), door_of(page, audience))
        for audience, label in _OTHER_DOORS.items()
        if audience != here
    ]
