"""Sign-ins half done: the password was right, the second factor is still to come."""

import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, select

from timcheh.access.permissions import StaffAudience
from timcheh.access.second_factor.models import HalfSignIn
from timcheh.access.tokens import digest
from timcheh.db import Database, Scope, UnitOfWork

LIFETIME: Final = timedelta(minutes=10)
"""Long enough to find the phone, or the paper with the recovery codes."""
_BYTES: Final = 32


class HalfSignIns:
    """Each is known by a token that only the browser has which gave the password."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, mall_id: UUID, audience: StaffAudience, staff_id: UUID) -> str:
        """The token for the browser."""
        token = secrets.token_urlsafe(_BYTES)
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            uow.session.add(
                HalfSignIn(
                    mall_id=mall_id,
                    token_hash=digest(token),
                    staff_id=staff_id,
                    audience=audience,
                    expires_at=uow.now + LIFETIME,
                )
            )
        return token

    async def whose(self, mall_id: UUID, audience: StaffAudience, token: str) -> UUID | None:
        """Whose password was right; None if there is none such, or it was too long ago."""
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            found: UUID | None = await uow.session.scalar(
                select(HalfSignIn.staff_id).where(_is(uow, audience, token))
            )
        return found

    async def finish(self, mall_id: UUID, audience: StaffAudience, token: str) -> bool:
        """Uses it up; False if somebody has, in the meantime."""
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            found = await uow.session.execute(
                delete(HalfSignIn).where(_is(uow, audience, token)).returning(HalfSignIn.staff_id)
            )
            return found.one_or_none() is not None


def _is(uow: UnitOfWork, audience: StaffAudience, token: str) -> ColumnElement[bool]:
    return and_(
        HalfSignIn.mall_id == uow.scope.mall_id,
        HalfSignIn.token_hash == digest(token),
        HalfSignIn.audience == audience,
        HalfSignIn.expires_at > uow.now,
    )
