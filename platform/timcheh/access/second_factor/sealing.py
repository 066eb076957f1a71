"""Encrypting what must be read again: the installation's secret key is not in the database."""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE: Final = 12


class Unreadable(Exception):
    """It was sealed with another key, or for something else, or is damaged."""


class Seal:
    """AES-256-GCM under a key of one purpose. What is sealed opens only in its own place."""

    def __init__(self, secret_key: str, purpose: str) -> None:
        derived = HKDF(SHA256(), 32, salt=None, info=f"timcheh {purpose}".encode())
        self._cipher = AESGCM(derived.derive(secret_key.encode()))

    def close(self, plain: bytes, place: bytes) -> bytes:
        """`place` is whose it is: it must be the same when it is opened."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """Raises Unreadable."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], place)
        except (InvalidTag, ValueError) as error:
            raise Unreadable from error
