"""What belongs to one request, and to the process that serves it."""

import secrets
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, cast

from litestar import Request
from litestar.connection import ASGIConnection

from timcheh.text.locale import Locale

if TYPE_CHECKING:
    from timcheh.access.caller import Caller
    from timcheh.web.pages import PageContext
    from timcheh.web.reception import Reception
    from timcheh.web.services import Services

SCOPE_KEY: Final = "timcheh"
AnyRequest = Request[Any, Any, Any]
AnyConnection = ASGIConnection[Any, Any, Any, Any]


class RequestContext:
    """One request as our own layers see it. Lives in the ASGI scope, made by the shell."""

    __slots__ = ("_nonce", "address", "caller", "headers", "id", "page", "reception", "services")

    def __init__(
        self, request_id: str, headers: dict[bytes, bytes], address: str, services: "Services"
    ) -> None:
        self.id = request_id
        self.headers = headers
        self.address = address
        self.services = services
        self.caller: Caller | None = None
        self.page: PageContext | None = None
        self.reception: Reception | None = None
        self._nonce: str | None = None

    @property
    def nonce(self) -> str:
        """The nonce of this response's scripts and styles; asking for it makes it a page."""
        if self._nonce is None:
            self._nonce = secrets.token_urlsafe(16)
        return self._nonce

    @property
    def page_nonce(self) -> str | None:
        """The nonce if one was asked for."""
        return self._nonce

    @property
    def locale(self) -> Locale:
        """The language of `Accept-Language`: the first of ours that it names; else Persian."""
        accepted = self.headers.get(b"accept-language")
        return _negotiate(accepted) if accepted else Locale.FA


current_context: Final[ContextVar[RequestContext]] = ContextVar("request_context")
"""The context of the request being served, for what isn't handed the request."""


def context_of(connection: AnyConnection) -> RequestContext:
    """The context of a request."""
    found = cast("dict[str, Any]", connection.scope)[SCOPE_KEY]
    assert isinstance(found, RequestContext)
    return found


def _negotiate(header: bytes) -> Locale:
    """RFC 9110 §12.5.4, for two languages: the wanted one with the highest quality."""
    best, quality = Locale.FA, 0.0
    for part in header.decode("latin-1").split(","):
        language, _, parameters = part.strip().partition(";")
        name = language.strip().lower().partition("-")[0]
        if name not in ("fa", "en"):
            continue
        weight = _quality(parameters)
        if weight > quality:
            best, quality = Locale(name), weight
    return best


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
