"""A session's form token as pages show it: another text in each answer.

Pages are compressed, and the length of what is compressed tells about what repeats in it (BREACH).
So the token itself stands in no page.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode


def masked(token: str) -> str:
    """The token under a random pad that stands beside it."""
    plain = token.encode()
    pad = secrets.token_bytes(len(plain))
    return urlsafe_b64encode(pad + _together(pad, plain)).decode()


def matches(given: str, token: str) -> bool:
    """Whether a form brought the session's token, masked (a page's) or as it is (a program's)."""
    plain = token.encode()
    found = given.encode()
    try:
        decoded = urlsafe_b64decode(found)
    except ValueError:
        decoded = b""
    if len(decoded) == 2 * len(plain):
        found = _together(decoded[: len(plain)], decoded[len(plain) :])
    return hmac.compare_digest(found, plain)


def _together(pad: bytes, text: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(pad, text, strict=True))
