"""Secrets that travel: API keys and session tokens. What we keep of them is SHA-256 only.

A secret of 32 random bytes can't be guessed from its hash, so a fast hash is right here; the
slow one is for passwords, which people choose. Both kinds start with the mall's id, because the
scope of a transaction must be known before any row can be read.
"""

import hashlib
import secrets
from base64 import b32decode, b32encode
from binascii import Error as DecodeError
from typing import Final
from uuid import UUID

KEY_PREFIX: Final = "tmk_"
_MALL_LENGTH: Final = 26  # base32 of 16 bytes without its padding


def _mall_text(mall_id: UUID) -> str:
    return b32encode(mall_id.bytes).decode().rstrip("=").lower()


def _mall_id(text: str) -> UUID | None:
    if len(text) != _MALL_LENGTH or not text.isascii():
        return None
    try:
        return UUID(bytes=b32decode(text.upper() + "======"))
    except DecodeError:
        return None


def new_key(mall_id: UUID) -> str:
    """A fresh API key: `tmk_<mall>_<secret>`. It is shown once and never stored."""
    return f"{KEY_PREFIX}{_mall_text(mall_id)}_{secrets.token_urlsafe(32)}"


def mall_of_key(key: str) -> UUID | None:
    """The mall that a key names, or None if the text isn't one of our keys."""
    if not key.startswith(KEY_PREFIX):
        return None
    mall, separator, secret = key[len(KEY_PREFIX) :].partition("_")
    return _mall_id(mall) if separator and secret else None


def new_session_token(mall_id: UUID) -> str:
    """A fresh cookie value: `<mall>.<secret>`."""
    return f"{_mall_text(mall_id)}.{secrets.token_urlsafe(32)}"


def mall_of_session(token: str) -> UUID | None:
    """The mall that a cookie names, or None if it isn't one of ours."""
    mall, separator, secret = token.partition(".")
    return _mall_id(mall) if separator and secret else None


def digest(secret: str) -> bytes:
    """What is stored and looked up in place of the secret."""
    return hashlib.sha256(secret.encode()).digest()
