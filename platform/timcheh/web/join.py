"""Inviting people to a shop's staff from a page, and where they choose a password."""

from typing import Final

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from timcheh.access.errors import SignInFailed
from timcheh.access.invitations import choose_password, invited
from timcheh.access.inviting import Inviter
from timcheh.access.passwords import password_faults
from timcheh.db import Scope
from timcheh.errors import FieldError, Invalid
from timcheh.web.form import Fields, Form
from timcheh.web.onward import door_of
from timcheh.web.pages import Html, PageContext
from timcheh.web.second_factor import let_in


@get("/{mall_slug:str}/shop/join/{token:str}", include_in_schema=False)
async def join(front_page: NamedDependency[PageContext], token: FromPath[str]) -> Html:
    """The form, for a link that still counts."""
    return await _form(front_page, token, Form())


@post("/{mall_slug:str}/shop/join/{token:str}", include_in_schema=False)
async def joined(
    front_page: NamedDependency[PageContext], token: FromPath[str], data: Fields
) -> Html:
    """Sets the password and lets its owner in."""
    password = data.get("password", "")
    faults = password_faults(password)
    if not faults and password != data.get("again", ""):
        faults = [FieldError("/again", "passwords_differ")]
    if faults:
        form = Form.refused({}, Invalid(errors=faults), front_page.locale)
        return await _form(front_page, token, form, 422)
    hashed = await front_page.services.passwords.hash(password)
    async with front_page.database.unit_of_work(Scope.mall(front_page.mall.mall_id)) as uow:
        staff = await invited(uow, _secret(front_page), token)
        choose_password(staff, hashed, uow.now)
    said = front_page.text("join-done")
    try:
        who = await front_page.services.staff_sign_in.identity(
            front_page.mall.mall_id, "merchant", staff.id
        )
    except SignInFailed:  # no shop wants them any more
        return front_page.go(door_of(front_page, "merchant"), said)
    return await let_in(front_page, "merchant", who, {}, said)


def inviter_of(page: PageContext) -> Inviter:
    """Invites in the mall's name and the page's language."""
    mall = page.mall
    return Inviter.of_mall(page.services.settings, mall.slug, mall.name, page.locale)


async def _form(page: PageContext, token: str, form: Form, status: int = 200) -> Html:
    async with page.database.unit_of_work(Scope.mall(page.mall.mall_id)) as uow:
        staff = await invited(uow, _secret(page), token)
    context = {"mall_name": page.mall.name, "name": staff.name, "form": form}
    return page.render("sign_in/join.html", context, status=status)


def _secret(page: PageContext) -> str:
    return page.services.settings.secret_key.get_secret_value()


ROUTES: Final = (join, joined)
