"""Dependencies that say who may call: a handler names the one it needs as a parameter.

    mall_caller        a mall's key, or its staff signed in
    merchant_caller    a shop's key, or its staff signed in
    till_caller        as merchant_caller, or a terminal's key
    business_caller    a mall's or a shop's key, or staff of either
    any_caller         any of these
    member_caller      a member signed in

Absent or unknown: 401. Known, but of another kind: 403 `wrong_key_kind`.
"""

from collections.abc import Callable, Iterable
from typing import Final

from timcheh.access.caller import Caller, CallerKind
from timcheh.access.errors import CsrfFailed, WrongKeyKind
from timcheh.access.limits import Limit
from timcheh.access.sessions import LiveSession
from timcheh.errors import Unauthenticated
from timcheh.module import Audience
from timcheh.web.context import AnyRequest, RequestContext, context_of, current_context
from timcheh.web.cookies import session_cookie
from timcheh.web.csrf import matches
from timcheh.web.render import CSRF_FIELD

CSRF_HEADER: Final = "x-csrftoken"
UNKNOWN_KEYS: Final = Limit("unknown-key", count=6_000, window=60)
"""A key can't be guessed; this only keeps the look-ups from becoming a load."""
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_BEARER: Final = b"bearer "
_AUDIENCES: Final[dict[CallerKind, Audience]] = {
    "merchant": "merchant",
    "mall": "mall",
    "member": "member",
}

CALLER_KINDS: Final[dict[str, tuple[CallerKind, ...]]] = {
    "mall_caller": ("mall",),
    "merchant_caller": ("merchant",),
    "till_caller": ("merchant", "terminal"),
    "business_caller": ("merchant", "mall"),
    "any_caller": ("merchant", "terminal", "mall"),
    "member_caller": ("member",),
}
"""Each dependency and the kinds of caller it lets in; sessions are tried in this order."""


def kinds_for(parameters: Iterable[str]) -> tuple[CallerKind, ...] | None:
    """The kinds of caller that a handler with these parameters lets in; None if it asks none."""
    return next((CALLER_KINDS[name] for name in parameters if name in CALLER_KINDS), None)


def caller_provider() -> Callable[[], Caller]:
    """A dependency: the caller that `authenticate` has found before the handler was called.

    The framework wants a function of its own for each name.
    """

    def provide() -> Caller:
        caller = current_context.get().caller
        if caller is None:
            raise Unauthenticated
        return caller

    return provide


async def authenticate(request: AnyRequest, kinds: tuple[CallerKind, ...]) -> None:
    """Finds who is calling. Raises Unauthenticated, WrongKeyKind, CsrfFailed or RateLimited.

    It runs before the body is looked at: a stranger doesn't learn what a body should be.
    """
    context = context_of(request)
    header = context.headers.get(b"authorization")
    caller = await _by_key(context, header) if header else await _by_session(request, kinds)
    context.caller = caller
    if caller.kind not in kinds:
        raise WrongKeyKind


async def _by_key(context: RequestContext, header: bytes) -> Caller:
    services = context.services
    if header[:7].lower() != _BEARER:
        raise Unauthenticated
    key = header[7:].decode("latin-1").strip()
    caller = services.keys.remembered(key)
    if caller is None:
        try:
            caller = await services.keys.authenticate(key)
        except Unauthenticated:
            await services.limiter.hit(UNKNOWN_KEYS, context.address)
            raise
    if not services.api_limiter.take(caller.id):
        await services.api_limiter.lease(caller.id)
    return caller


async def _by_session(request: AnyRequest, kinds: tuple[CallerKind, ...]) -> Caller:
    if b"cookie" in context_of(request).headers:
        for kind in kinds:
            audience = _AUDIENCES.get(kind)
            session = await session_of(request, audience) if audience else None
            if session is not None:
                await check_csrf(request, session)
                return session.caller
    raise Unauthenticated


async def session_of(request: AnyRequest, audience: Audience) -> LiveSession | None:
    """The live session of an audience that this browser has, if any."""
    token = session_cookie(request, audience)
    if not token:
        return None
    context = context_of(request)
    return await context.services.sessions.load(token, audience)


async def check_csrf(request: AnyRequest, session: LiveSession) -> None:
    """An unsafe request with a cookie must carry the session's token: in a header or the form."""
    if request.method in _SAFE:
        return
    given = request.headers.get(CSRF_HEADER)
    if given is None:
        form = await request.form()
        found = form.get(CSRF_FIELD)
        given = found if isinstance(found, str) else ""
    if not matches(given, session.csrf_token):
        raise CsrfFailed
