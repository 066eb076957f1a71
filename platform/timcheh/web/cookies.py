"""Our cookies: the sessions', one for each audience, and the one that carries a toast."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, Final, Literal, get_args

import msgspec
from litestar import Response
from litestar.datastructures import Cookie

from timcheh.access.passkeys.challenges import LIFETIME as CHALLENGE_LIFETIME
from timcheh.access.second_factor.halves import LIFETIME as HALF_LIFETIME
from timcheh.access.sessions import LONGEST, NewSession
from timcheh.access.tokens import digest
from timcheh.module import Audience
from timcheh.web.context import AnyConnection, context_of
from timcheh.web.frame import Toast, ToastKind

SESSION_COOKIES: Final[dict[Audience, str]] = {
    "mall": "timcheh_mall",
    "merchant": "timcheh_shop",
    "member": "timcheh_club",
}
TRIAL_COOKIE: Final = "timcheh_trial"
"""The session of a trial, sent to its own addresses only: beside it the real one stays."""
TOAST_COOKIE: Final = "timcheh_toast"
MOBILE_COOKIE: Final = "timcheh_mobile"
DEVICE_COOKIE: Final = "timcheh_device"
CHALLENGE_COOKIE: Final = "timcheh_challenge"
"""By which the browser is known again that a passkey was asked of."""
HALF_COOKIE: Final = "timcheh_half"
"""A sign-in whose second factor is waited for. It opens no page but the one that asks for it."""
PASSKEY_COOKIE: Final = "timcheh_passkey"
"""What a mall's club should do about passkeys on this browser: see `PasskeyState`."""
PasskeyState = Literal["", "offer", "later", "used"]
_DEVICE_KEPT: Final = 400 * 86_400  # as long as browsers keep any cookie
_LONGEST_DEVICE: Final = 64


def session_cookie(connection: AnyConnection, audience: Audience) -> str | None:
    """The token that the browser sent, if any."""
    trial = connection.cookies.get(TRIAL_COOKIE) if audience == "merchant" else None
    return trial or connection.cookies.get(SESSION_COOKIES[audience])


def remember_session(
    connection: AnyConnection, response: Response[Any], audience: Audience, session: NewSession
) -> None:
    """Puts a new session's cookie on the response."""
    age = int(LONGEST[audience].total_seconds())
    _set(connection, response, SESSION_COOKIES[audience], session.token, age)


def forget_session(connection: AnyConnection, response: Response[Any], audience: Audience) -> None:
    """Takes the cookie away again; at a trial's address that of the trial."""
    if audience == "merchant" and TRIAL_COOKIE in connection.cookies:
        slug = connection.scope["path"].split("/")[1]
        _set(connection, response, TRIAL_COOKIE, "", 0, f"/{slug}")
        return
    _set(connection, response, SESSION_COOKIES[audience], "", 0)


def remember_trial(
    connection: AnyConnection, response: Response[Any], slug: str, session: NewSession
) -> None:
    """Puts the cookie of a session in a trial (of that address) on the response."""
    age = int(LONGEST["merchant"].total_seconds())
    _set(connection, response, TRIAL_COOKIE, session.token, age, f"/{slug}")


def remember_mobile(connection: AnyConnection, response: Response[Any], mobile: str) -> None:
    """Carries the mobile that a code was sent to over to where it is typed."""
    _set(connection, response, MOBILE_COOKIE, mobile, 600)


def forget_mobile(connection: AnyConnection, response: Response[Any]) -> None:
    """After the code was right."""
    _set(connection, response, MOBILE_COOKIE, "", 0)


def mobile_of(connection: AnyConnection) -> str | None:
    """The mobile that a code was sent to last, if any."""
    return connection.cookies.get(MOBILE_COOKIE) or None


def remember_device(connection: AnyConnection, response: Response[Any]) -> bytes:
    """The digest of this browser's own random cookie, which it gets here if it has none.

    It says that two members use one browser, and nothing else.
    """
    token = connection.cookies.get(DEVICE_COOKIE, "")[:_LONGEST_DEVICE] or secrets.token_urlsafe(24)
    _set(connection, response, DEVICE_COOKIE, token, _DEVICE_KEPT)
    return digest(token)


def remember_challenge(
    connection: AnyConnection, response: Response[Any], slug: str, token: str
) -> None:
    """Ties a passkey's challenge to this browser, at one mall's addresses."""
    age = int(CHALLENGE_LIFETIME.total_seconds())
    _set(connection, response, CHALLENGE_COOKIE, token, age, f"/{slug}")


def challenge_of(connection: AnyConnection) -> str:
    """The token of the challenge that was put last; empty if there is none."""
    return connection.cookies.get(CHALLENGE_COOKIE, "")


def remember_half(
    connection: AnyConnection, response: Response[Any], slug: str, token: str
) -> None:
    """The password was right; the second factor is to come."""
    age = int(HALF_LIFETIME.total_seconds())
    _set(connection, response, HALF_COOKIE, token, age, f"/{slug}")


def forget_half(connection: AnyConnection, response: Response[Any], slug: str) -> None:
    """After the second factor was right."""
    _set(connection, response, HALF_COOKIE, "", 0, f"/{slug}")


def half_of(connection: AnyConnection) -> str:
    """The token of the sign-in that is half done; empty if there is none."""
    return connection.cookies.get(HALF_COOKIE, "")


def remember_passkey_state(
    connection: AnyConnection, response: Response[Any], slug: str, state: PasskeyState
) -> None:
    """`offer`: tell the member of passkeys; `later`: they don't want to hear of them here;
    `used`: this browser has had one, so the door asks for it."""
    _set(connection, response, PASSKEY_COOKIE, state, _DEVICE_KEPT, f"/{slug}/club")


def passkey_state_of(connection: AnyConnection) -> PasskeyState:
    """What was remembered last; empty if nothing was."""
    found: Any = connection.cookies.get(PASSKEY_COOKIE, "")
    state: PasskeyState = found if found in get_args(PasskeyState) else ""
    return state


def remember_toast(connection: AnyConnection, response: Response[Any], toast: Toast) -> None:
    """Carries what was just done over to the next page."""
    value = urlsafe_b64encode(msgspec.json.encode((toast.text, toast.kind, toast.undo))).decode()
    _set(connection, response, TOAST_COOKIE, value, 60)


def forget_toast(connection: AnyConnection, response: Response[Any]) -> None:
    """After it was shown."""
    _set(connection, response, TOAST_COOKIE, "", 0)


def toasts_of(connection: AnyConnection) -> list[Toast]:
    """What the last page had to say. It is text, escaped like any other."""
    value = connection.cookies.get(TOAST_COOKIE)
    if not value:
        return []
    try:
        decoded = urlsafe_b64decode(value)
        text, kind, undo = msgspec.json.decode(decoded, type=tuple[str, ToastKind, str | None])
    except (ValueError, msgspec.MsgspecError):
        return []
    ours = undo is not None and undo.startswith("/") and not undo.startswith("//")
    return [Toast(text, kind, undo if ours else None)]


def _set(
    connection: AnyConnection,
    response: Response[Any],
    name: str,
    value: str,
    age: int,
    path: str = "/",
) -> None:
    secure = context_of(connection).services.settings.public_url.startswith("https://")
    response.set_cookie(
        Cookie(
            key=name,
            value=value,
            max_age=age,
            path=path,
            httponly=True,
            secure=secure,
            samesite="lax",
        )
    )
