"""Our cookies: the sessions', one for each audience, and the one that carries a toast."""

from typing import Any, Final

from litestar import Response
from litestar.datastructures import Cookie

from timcheh.access.sessions import LONGEST, NewSession
from timcheh.module import Audience
from timcheh.web.context import AnyConnection, context_of

SESSION_COOKIES: Final[dict[Audience, str]] = {
    "mall": "timcheh_mall",
    "merchant": "timcheh_shop",
    "member": "timcheh_club",
}


def session_cookie(connection: AnyConnection, audience: Audience) -> str | None:
    """The token that the browser sent, if any."""
    return connection.cookies.get(SESSION_COOKIES[audience])


def remember_session(
    connection: AnyConnection, response: Response[Any], audience: Audience, session: NewSession
) -> None:
    """Puts a new session's cookie on the response."""
    _set(connection, response, audience, session.token, int(LONGEST[audience].total_seconds()))


def forget_session(connection: AnyConnection, response: Response[Any], audience: Audience) -> None:
    """Takes the cookie away again."""
    _set(connection, response, audience, "", 0)


def _set(
    connection: AnyConnection, response: Response[Any], audience: Audience, value: str, age: int
) -> None:
    secure = context_of(connection).services.settings.public_url.startswith("https://")
    response.set_cookie(
        Cookie(
            key=SESSION_COOKIES[audience],
            value=value,
            max_age=age,
            path="/",
            httponly=True,
            secure=secure,
            samesite="lax",
        )
    )
