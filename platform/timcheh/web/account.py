"""A person's own page in a portal: who they are here, and how they sign in."""

from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from timcheh.access.limits import Limit
from timcheh.access.models import Staff
from timcheh.access.passkeys.owner import Owner
from timcheh.access.passkeys.service import LONGEST_NAME, MOST, remove_passkey
from timcheh.access.second_factor.service import (
    drop_idle_codes,
    factors_of,
    remove_app,
)
from timcheh.access.sessions import end_sessions_of
from timcheh.audit import record
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import Invalid, NotFound, TimchehError
from timcheh.web.browsers import browser_of
from timcheh.web.cookies import challenge_of
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.passkeys import asked, origin_of_passkeys

PASSWORDS: Final = Limit("account-password", count=10, window=600)
"""Tries of somebody's password from inside: a desk that was left open must not tell it."""
_PORTALS: Final = ("/{mall_slug:str}/mall/account", "/{mall_slug:str}/shop/account")


def _at(path: str = "") -> list[str]:
    return [portal + path for portal in _PORTALS]


@get(_at(), include_in_schema=False)
async def account(staff_page: NamedDependency[PageContext]) -> Html:
    """Who one is here, and what one is asked for at the door."""
    return await _shown(staff_page, Form())


@post(_at("/app/new"), include_in_schema=False)
async def app_begun(staff_page: NamedDependency[PageContext]) -> Html:
    """A secret for an authenticator app."""
    page, owner = staff_page, _owner(staff_page)
    async with _work(page) as uow:
        await page.services.second_factors.begin_app(uow, owner)
    return page.go(page.url("account/app"))


@get(_at("/app"), include_in_schema=False)
async def app(staff_page: NamedDependency[PageContext]) -> Html:
    """The secret as a QR code, until a first code of it was right."""
    return await _app(staff_page, Form())


@post(_at("/app"), include_in_schema=False, status_code=200)
async def app_confirmed(staff_page: NamedDependency[PageContext], data: Fields) -> Html:
    """The app counts from its first right code on."""
    page = staff_page
    try:
        await page.services.second_factors.confirm_app(_owner(page), data.get("second_factor", ""))
    except TimchehError as error:
        return await _app(page, page.refused({}, error), error.status)
    return await _added(page, "staff.app_added", page.text("account-app-added"))


@post(_at("/app/remove"), include_in_schema=False, status_code=200)
async def app_removed(staff_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Its codes count no more."""
    page, owner = staff_page, _owner(staff_page)
    try:
        await _check_password(page, data, "password-app")
    except TimchehError as error:
        return await _shown(page, page.refused({}, error), error.status)
    async with _work(page) as uow:
        await remove_app(uow, owner)
        await _log(page, uow, "staff.app_removed")
    return page.go(page.url("account"), page.text("account-app-removed"))


@post(_at("/passkeys/options"), include_in_schema=False, status_code=200)
async def passkey_asked(staff_page: NamedDependency[PageContext]) -> Response[Any]:
    """What the device is asked to make."""
    page, owner = staff_page, _owner(staff_page)
    async with _work(page) as uow:
        me = await _me(page, uow)
    asking = page.services.passkeys.ask_new(
        owner,
        page.address,
        mall_name=page.mall.name,
        account=f"{me.mobile} · {page.text('account-staff-of', mall=page.mall.name)}",
        person=me.name,
    )
    return await asked(page, asking)


@post(_at("/passkeys"), include_in_schema=False, status_code=200)
async def passkey_added(staff_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Keeps what the device has made."""
    page = staff_page
    name = data.get("name", "").strip()[:LONGEST_NAME] or browser_of(page)
    try:
        await page.services.passkeys.add(
            _owner(page), challenge_of(page.request), data.get("credential", ""), name
        )
    except TimchehError as error:
        return await _shown(page, page.refused({"name": name}, error), error.status)
    return await _added(page, "staff.passkey_added", page.text("account-passkey-added", name=name))


@post(_at("/passkeys/{passkey_id:uuid}/remove"), include_in_schema=False, status_code=200)
async def passkey_removed(
    staff_page: NamedDependency[PageContext], passkey_id: FromPath[UUID], data: Fields
) -> Html:
    """It opens nothing any more."""
    page, owner = staff_page, _owner(staff_page)
    async with _work(page) as uow:
        mine = (await factors_of(uow, page.caller.id)).passkeys
    if passkey_id not in {each.id for each in mine}:
        raise NotFound
    try:
        await _check_password(page, data, f"password-{passkey_id}")
    except TimchehError as error:
        return await _shown(page, page.refused({}, error), error.status)
    async with _work(page) as uow:
        name = await remove_passkey(uow, owner, passkey_id)
        await drop_idle_codes(uow, owner)
        await _log(page, uow, "staff.passkey_removed")
    return page.go(page.url("account"), page.text("account-passkey-removed", name=name))


@post(_at("/codes"), include_in_schema=False, status_code=200)
async def codes_made(staff_page: NamedDependency[PageContext], data: Fields) -> Html:
    """New recovery codes in place of the old ones, shown this once."""
    page = staff_page
    try:
        await _check_password(page, data, "password-codes")
    except TimchehError as error:
        return await _shown(page, page.refused({}, error), error.status)
    async with _work(page) as uow:
        if not (await factors_of(uow, page.caller.id)).on:
            raise NotFound
        codes = await page.services.second_factors.new_codes(uow, _owner(page))
        await _log(page, uow, "staff.recovery_codes_made")
    return page.render("account/codes.html", {"codes": codes})


ROUTES: Final = (
    account,
    app_begun,
    app,
    app_confirmed,
    app_removed,
    passkey_asked,
    passkey_added,
    passkey_removed,
    codes_made,
)


def _owner(page: PageContext) -> Owner:
    """Raises NotFound in a trial: whoever acts there is nobody."""
    if page.mall.trial_of:
        raise NotFound
    return Owner(page.caller.mall_id, staff_id=page.caller.id)


def _work(page: PageContext) -> Any:
    return page.database.unit_of_work(Scope.mall(page.caller.mall_id))


async def _me(page: PageContext, uow: UnitOfWork) -> Staff:
    found: Staff = await uow.session.get_one(Staff, (page.caller.mall_id, page.caller.id))
    return found


async def _log(page: PageContext, uow: UnitOfWork, action: str) -> None:
    caller = page.caller
    await record(uow, caller, action, "staff", caller.id, merchant_id=caller.merchant_id)


async def _added(page: PageContext, action: str, said: str) -> Html:
    """After the first factor the person is given recovery codes, and is signed out elsewhere."""
    async with _work(page) as uow:
        await _log(page, uow, action)
        if (await factors_of(uow, page.caller.id)).codes:
            return page.go(page.url("account"), said)
        codes = await page.services.second_factors.new_codes(uow, _owner(page))
        await end_sessions_of(uow, staff_id=page.caller.id, but=page.session.id)
    return page.render("account/codes.html", {"codes": codes})


async def _check_password(page: PageContext, data: dict[str, str], field: str) -> None:
    """Raises Invalid, RateLimited."""
    await page.services.limiter.hit(PASSWORDS, str(_owner(page).staff_id))
    async with _work(page) as uow:
        stored = (await _me(page, uow)).password_hash
    if not await page.services.passwords.verify(stored, data.get(field, "")):
        raise Invalid.field(f"/{field}", "password_wrong")


async def _app(page: PageContext, form: Form, status: int = 200) -> Html:
    owner = _owner(page)
    async with _work(page) as uow:
        me = await _me(page, uow)
        begun = await page.services.second_factors.app_begun(uow, owner, me.mobile, page.mall.name)
    if begun is None:
        return page.go(page.url("account"))
    spelled = " ".join(begun.secret[at : at + 4] for at in range(0, len(begun.secret), 4))
    context = {"qr": begun.address, "secret": spelled, "form": form}
    return page.render("account/app.html", context, status=status)


async def _shown(page: PageContext, form: Form, status: int = 200) -> Html:
    owner = _owner(page)
    assert owner.staff_id is not None
    async with _work(page) as uow:
        me = await _me(page, uow)
        factors = await factors_of(uow, owner.staff_id)
    if not form.value("name"):
        form = Form({"name": browser_of(page)}, form.errors, form.message)
    context = {
        "name": me.name,
        "mobile": me.mobile,
        "factors": factors,
        "full": len(factors.passkeys) >= MOST,
        "origin": origin_of_passkeys(page),
        "elsewhere": page.url("account"),
        "form": form,
    }
    return page.render("account/own.html", context, status=status)
