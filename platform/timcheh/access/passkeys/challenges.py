"""Challenges: random, for one browser and one purpose, answered once and soon or not at all."""

import secrets
from datetime import timedelta
from typing import Final, Literal
from uuid import UUID

from sqlalchemy import delete

from timcheh.access.errors import PasskeyLate
from timcheh.access.passkeys.models import PasskeyChallenge
from timcheh.access.passkeys.owner import Owner
from timcheh.access.tokens import digest
from timcheh.db import Database, Scope

Purpose = Literal["sign-in", "add", "second"]
LIFETIME: Final = timedelta(minutes=5)
"""As long as WebAuthn advises to wait for a person (§15.1)."""
_BYTES: Final = 32


class Challenges:
    """Kept where one-time passwords are: what must work once only may not be forgotten."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def make(self, mall_id: UUID, purpose: Purpose, owner: Owner | None) -> tuple[bytes, str]:
        """A fresh challenge, and the token by which its browser is known again."""
        challenge, token = secrets.token_bytes(_BYTES), secrets.token_urlsafe(_BYTES)
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            uow.session.add(
                PasskeyChallenge(
                    mall_id=mall_id,
                    token_hash=digest(token),
                    purpose=purpose,
                    member_id=owner.member_id if owner else None,
                    staff_id=owner.staff_id if owner else None,
                    challenge=challenge,
                    expires_at=uow.now + LIFETIME,
                )
            )
        return challenge, token

    async def take(self, mall_id: UUID, purpose: Purpose, owner: Owner | None, token: str) -> bytes:
        """The challenge of this browser, which is gone with it. Raises PasskeyLate."""
        # In a transaction of its own: whatever the answer is worth, it is the only one.
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            found = await uow.session.execute(
                delete(PasskeyChallenge)
                .where(
                    PasskeyChallenge.mall_id == mall_id,
                    PasskeyChallenge.token_hash == digest(token),
                    PasskeyChallenge.purpose == purpose,
                    PasskeyChallenge.member_id.is_not_distinct_from(
                        owner.member_id if owner else None
                    ),
                    PasskeyChallenge.staff_id.is_not_distinct_from(
                        owner.staff_id if owner else None
                    ),
                    PasskeyChallenge.expires_at > uow.now,
                )
                .returning(PasskeyChallenge.challenge)
            )
            challenge = found.scalar_one_or_none()
        if challenge is None:
            raise PasskeyLate
        return bytes(challenge)
