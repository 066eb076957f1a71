"""Proving a mobile by a code and coming in with it: the same at every door of a mall."""

from uuid import UUID

from timcheh.errors import Invalid
from timcheh.text.identifiers import IdentifierError
from timcheh.text.identifiers import mobile as read_mobile
from timcheh.text.normalise import normalise
from timcheh.web.cookies import remember_device, remember_session, session_cookie
from timcheh.web.pages import Html, PageContext
from timcheh.web.passkeys import tell_of_passkeys


def typed_mobile(data: dict[str, str]) -> str:
    """The field `mobile`, normalised. Raises Invalid that names it."""
    try:
        return read_mobile(data.get("mobile", ""))
    except IdentifierError as error:
        raise Invalid.field("/mobile", error.code) from None


async def send_code(page: PageContext, mobile: str) -> None:
    """Sends a code to a mobile. Raises RateLimited."""
    await page.services.one_time_passwords.send(
        page.mall.mall_id, mobile, page.address, page.locale
    )


async def check_code(page: PageContext, mobile: str, data: dict[str, str]) -> None:
    """Takes the field `code` for that mobile, once. Raises Invalid, RateLimited."""
    typed = normalise(data.get("code", ""))
    await page.services.one_time_passwords.verify(page.mall.mall_id, mobile, typed, page.address)


async def sign_member_in(page: PageContext, response: Html, member_id: UUID, name: str) -> Html:
    """A session for a member who has proved a mobile, on the answer that leads them on."""
    await tell_of_passkeys(page, response, member_id)
    return await start_member_session(page, response, member_id, name)


async def start_member_session(
    page: PageContext, response: Html, member_id: UUID, name: str
) -> Html:
    """A session for a member who has proved who they are, however they did."""
    services, mall_id = page.services, page.mall.mall_id
    session = await services.sessions.start(
        mall_id,
        "member",
        name,
        member_id=member_id,
        replaces=session_cookie(page.request, "member"),
    )
    remember_session(page.request, response, "member", session)
    await services.note_device(mall_id, member_id, remember_device(page.request, response))
    return response
