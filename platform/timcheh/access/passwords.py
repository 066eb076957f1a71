"""Passwords: argon2id, in threads, a few at a time."""

import asyncio
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from timcheh.errors import FieldError

MINIMUM_LENGTH: Final = 10
MAXIMUM_LENGTH: Final = 128
AT_ONCE: Final = 2
"""How many are computed at the same time: each takes 19 MiB and a core for about 20 ms."""


class Passwords:
    """Hashes and verifies. The parameters are OWASP's for argon2id: 19 MiB, two passes."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._slots = asyncio.Semaphore(AT_ONCE)
        # Verified against when there is no such account, so that both take as long.
        self._nobody = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """The encoded hash to store."""
        async with self._slots:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password is right; equally slow where nothing is stored."""
        async with self._slots:
            right = await asyncio.to_thread(self._verify, stored or self._nobody, password)
        return right and stored is not None

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False


def password_faults(password: str, pointer: str = "/password") -> list[FieldError]:
    """Why a new password isn't accepted; length is what counts (NIST SP 800-63B §3.1.1.2)."""
    if len(password) < MINIMUM_LENGTH:
        return [FieldError(pointer, "password_short", {"minimum": MINIMUM_LENGTH})]
    if len(password) > MAXIMUM_LENGTH:
        return [FieldError(pointer, "password_long", {"maximum": MAXIMUM_LENGTH})]
    return []
