"""Security headers. Pages get a policy with their own nonce, everything else the strictest."""

from collections.abc import Iterable
from typing import Final

from timcheh.web.context import RequestContext

Header = tuple[bytes, bytes]

_PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_POLICY: Final = b"content-security-policy"
_STRICTEST: Final = b"default-src 'none'; frame-ancestors 'none'"
_ALWAYS: Final[tuple[Header, ...]] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_PAGE: Final[tuple[Header, ...]] = (
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(self), geolocation=(self), microphone=(), payment=()"),
)
_HSTS: Final = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
_PRIVATE: Final = (b"cache-control", b"no-store")


class SecurityHeaders:
    """Adds what a response lacks. What a handler has set itself (caching, a policy) stays."""

    def __init__(self, public_url: str) -> None:
        """With an https address, browsers are told to come back by https only."""
        self._fixed = [*_ALWAYS, *([_HSTS] if public_url.startswith("https://") else [])]

    def dress(self, headers: Iterable[Header], context: RequestContext) -> list[Header]:
        """The headers of a response with ours."""
        dressed = [*headers, *self._fixed, (b"x-request-id", context.id.encode())]
        nonce = context.page_nonce
        if any(name == _POLICY for name, _ in dressed):
            pass  # a worker's own
        elif nonce is None:
            dressed.append((_POLICY, _STRICTEST))
        else:
            policy = _PAGE_POLICY.format(nonce=nonce).encode()
            dressed.append((_POLICY, policy))
            dressed += _PAGE
        if not any(name == b"cache-control" for name, _ in dressed):
            dressed.append(_PRIVATE)
        return dressed
