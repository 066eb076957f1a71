"""The outermost layer: what every response has, also those that no handler made.

One plain ASGI callable around the application, because each further layer costs every request.
It gives the request its id, refuses what no handler should see, adds the security headers, logs
and counts.
"""

import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from time import perf_counter
from typing import Any, Final

import structlog
from litestar import Litestar

from timcheh.access.errors import CsrfFailed
from timcheh.audit.service import current_request_id
from timcheh.errors import BadRequest, TimchehError
from timcheh.web.context import SCOPE_KEY, RequestContext, current_context
from timcheh.web.errors import UnsupportedMediaType
from timcheh.web.observe import Observer
from timcheh.web.options import Methods
from timcheh.web.packing import pack, packs
from timcheh.web.problems import PROBLEM, problem_bytes, problem_headers
from timcheh.web.reception import Reception
from timcheh.web.security import Header, SecurityHeaders
from timcheh.web.services import Services

# The interface of ASGI as its specification has it; the framework's own types are narrower.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

API: Final = "/api/"
_UNSAFE: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# With a letter in it: it is logged, and what has none may be a mobile or a card.
_REQUEST_ID: Final = re.compile(rb"(?=[0-9_-]*[A-Za-z])[A-Za-z0-9_-]{8,64}")
_JSON: Final = b"application/json"


_log = structlog.get_logger(__name__)


class ResponseBroken(Exception):
    """A response can't be finished. Says nothing of why: the server would log it as it is."""


class Shell:
    """The ASGI application that the server runs."""

    def __init__(self, app: Litestar, services: Services) -> None:
        self.app = app
        self._pass_on: Any = app
        self._methods = Methods(app)
        self._services = services
        self._headers = SecurityHeaders(services.settings.public_url)
        self._observe = Observer(log_all=services.settings.log_format == "json")
        self._proxies = services.settings.trusted_proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (or the lifespan, which passes through)."""
        if scope["type"] != "http":
            await self._pass_on(scope, receive, send)
            return
        started = perf_counter()
        headers: dict[bytes, bytes] = dict(scope["headers"])
        context = RequestContext(
            _request_id(headers.get(b"x-request-id")),
            headers,
            _address(scope, headers, self._proxies),
            self._services,
        )
        scope[SCOPE_KEY] = context
        current_request_id.set(context.id)
        current_context.set(context)
        status, begun = 500, False
        security = self._headers
        reception = context.reception = Reception(receive) if scope["method"] in _UNSAFE else None

        held: Message | None = None  # the start of a page, until its body is packed

        async def send_dressed(message: Message) -> None:
            nonlocal status, begun, held
            if message["type"] == "http.response.start":
                status, begun = message["status"], True
                # Who asks before sending (`Expect`) has nothing under way.
                if reception is not None and status >= 400 and b"expect" not in headers:
                    await reception.drain()
                message["headers"] = security.dress(message["headers"], context)
                page = context.page_nonce is not None and scope["method"] != "HEAD"
                if page and packs(message, headers):
                    held = message
                    return
            elif held is not None:
                if not message.get("more_body", False):
                    message["body"] = pack(held, message["body"])
                await send(held)
                held = None
            await send(message)

        refusal = _refusal(scope, headers, self._services.settings.public_url)
        try:
            if refusal is not None:
                await _refuse(refusal, context, send_dressed)
            elif scope["method"] == "OPTIONS" and (allowed := self._methods.allowed(scope["path"])):
                await _respond(send_dressed, 204, [(b"allow", allowed)])
            else:
                await self._pass_on(scope, reception or receive, send_dressed)
        except Exception as error:
            # The framework turns errors into answers; this one came from answering.
            _log.error("request broke", request_id=context.id, exc_info=error)
            if begun:
                raise ResponseBroken from None  # the server cuts the connection
            await _refuse(TimchehError(), context, send_dressed)
        finally:
            self._observe.request(scope, context, status, perf_counter() - started)


def _request_id(given: bytes | None) -> str:
    """The id that a proxy in front has given, if it is one; else a fresh one."""
    if given is not None and _REQUEST_ID.fullmatch(given):
        return given.decode()
    return secrets.token_hex(12)


def _address(scope: Scope, headers: dict[bytes, bytes], proxies: int) -> str:
    """The client's address. Behind n trusted proxies it is the n-th from the right of what they
    forward; what stands further left is only what the client claims."""
    if proxies and (forwarded := headers.get(b"x-forwarded-for")):
        hops = [hop.strip() for hop in forwarded.decode("latin-1").split(",")]
        return hops[-min(proxies, len(hops))]
    client = scope["client"]
    return client[0] if client else ""


def _refusal(scope: Scope, headers: dict[bytes, bytes], public_url: str) -> TimchehError | None:
    """Why the request goes no further, if it doesn't."""
    if "\0" in scope["path"] or b"%00" in scope["query_string"]:
        return BadRequest()
    if scope["method"] not in _UNSAFE:
        return None
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        return UnsupportedMediaType()
    if scope["path"].startswith(API):
        content_type = headers.get(b"content-type")
        if content_type is not None and content_type.partition(b";")[0].strip().lower() != _JSON:
            return UnsupportedMediaType()
    if b"authorization" not in headers and not _same_origin(headers, public_url):
        return CsrfFailed()
    return None


def _same_origin(headers: dict[bytes, bytes], public_url: str) -> bool:
    """Whether the browser says that our own page sent this; a client that is none says nothing."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in (b"same-origin", b"none")
    origin = headers.get(b"origin")
    if origin is None:
        return True
    host = headers.get(b"host", b"")
    return origin.decode("latin-1") == public_url or origin.partition(b"://")[2] == host


async def _refuse(error: TimchehError, context: RequestContext, send: Send) -> None:
    body = problem_bytes(error, context.locale, context.id)
    headers = [
        (b"content-type", PROBLEM.encode()),
        (b"content-length", str(len(body)).encode()),
        *((k.lower().encode(), v.encode()) for k, v in problem_headers(error).items()),
    ]
    await _respond(send, error.status, headers, body)


async def _respond(send: Send, status: int, headers: list[Header], body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
