"""The club's door by a passkey. The code by text message stays beside it, always."""

from typing import Any, Final

from litestar import Response, post
from litestar.di import NamedDependency

from timcheh.access.errors import PasskeyRefused
from timcheh.errors import NotFound, TimchehError
from timcheh.web.cookies import challenge_of, remember_passkey_state
from timcheh.web.form import Fields, Form
from timcheh.web.onward import onward
from timcheh.web.pages import Html, PageContext
from timcheh.web.passkeys import asked
from timcheh.web.proving import start_member_session
from timcheh.web.sign_in import member_form


@post("/{mall_slug:str}/club/sign-in/passkey/options", include_in_schema=False, status_code=200)
async def passkey_asked(front_page: NamedDependency[PageContext]) -> Response[Any]:
    """What the device is asked."""
    keys = front_page.services.passkeys
    return await asked(front_page, keys.ask_any(front_page.mall.mall_id, front_page.address))


@post("/{mall_slug:str}/club/sign-in/passkey", include_in_schema=False)
async def passkey_shown(front_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Signs in whose key the device has shown."""
    page, mall_id = front_page, front_page.mall.mall_id
    try:
        member_id = await page.services.passkeys.member(
            mall_id, challenge_of(page.request), data.get("credential", ""), page.address
        )
        name = await _name(page, member_id)
    except TimchehError as error:
        if type(error) is NotFound:
            raise
        return member_form(page, Form.refused({}, error, page.locale), error.status)
    response = onward(page, "member", data)
    remember_passkey_state(page.request, response, page.mall.slug, "used")
    return await start_member_session(page, response, member_id, name)


ROUTES: Final = (passkey_asked, passkey_shown)


async def _name(page: PageContext, member_id: Any) -> str:
    try:
        return await page.services.member_name(page.mall.mall_id, member_id)
    except NotFound:  # gone since
        raise PasskeyRefused from None
