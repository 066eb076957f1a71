"""Turning a second factor on and off, and asking for it. In the mall's scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, and_, delete, func, select, union, update

from timcheh.access.errors import TooManySignIns
from timcheh.access.limits import Limit, RateLimiter
from timcheh.access.passkeys.models import Passkey
from timcheh.access.passkeys.owner import Owner
from timcheh.access.passkeys.service import passkeys_of
from timcheh.access.second_factor.codes import (
    address_for_app,
    hash_recovery_code,
    new_recovery_codes,
    new_secret,
    step_of_code,
)
from timcheh.access.second_factor.models import RecoveryCode, StaffTotp
from timcheh.access.second_factor.sealing import Seal, Unreadable
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import ChangedMeanwhile, Invalid, RateLimited

FIELD: Final = "second_factor"
"""The field of a form that a code is typed in."""
TRIES: Final = (Limit("second-factor", 10, 600), Limit("second-factor-day", 60, 86_400))
"""Of one person: a code of six digits must not be found by trying."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person has turned on. `app_since` is when an app was added; `codes` are the recovery
    codes that are left."""

    app_since: datetime | None
    passkeys: Sequence[Passkey]
    codes: int

    @property
    def on(self) -> bool:
        return self.app_since is not None or bool(self.passkeys)


@dataclass(frozen=True, slots=True)
class NewApp:
    """For an app that is being added: its secret, and the address of the QR code that says it."""

    secret: str
    address: str


class SecondFactors:
    """The second factors of staff. Whoever has turned none on is asked for none."""

    def __init__(self, database: Database, limiter: RateLimiter, secret_key: str) -> None:
        self._database = database
        self._limiter = limiter
        self._secret = secret_key
        self._seal = Seal(secret_key, "totp")

    async def needed(self, mall_id: UUID, staff_id: UUID) -> bool:
        """Whether the password alone is not enough."""
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            return (await factors_of(uow, staff_id)).on

    async def check(self, owner: Owner, typed: str) -> None:
        """Takes a code of the app or a recovery code, once. Raises Invalid, which names the field,
        or TooManySignIns before anything is looked up."""
        await self._count(owner)
        async with self._database.unit_of_work(Scope.mall(owner.mall_id)) as uow:
            right = await self._took_app(uow, owner, typed) or await self._took_paper(
                uow, owner, typed
            )
        if not right:
            raise Invalid.field(f"/{FIELD}", "second_factor_wrong")

    async def begin_app(self, uow: UnitOfWork, owner: Owner) -> None:
        """A secret for a new app; none counts until a code of it was right. The app that counts
        stays: ChangedMeanwhile."""
        row = await _app(uow, owner)
        if row is not None and row.confirmed_at is not None:
            raise ChangedMeanwhile
        if row is not None:
            await uow.session.delete(row)
            await uow.session.flush()
        sealed = self._seal.close(new_secret().encode(), owner.handle)
        uow.session.add(
            StaffTotp(
                mall_id=owner.mall_id, staff_id=owner.staff_id, sealed=sealed, created_at=uow.now
            )
        )

    async def app_begun(
        self, uow: UnitOfWork, owner: Owner, account: str, issuer: str
    ) -> NewApp | None:
        """The app that is being added, for as long as it doesn't count."""
        row = await _app(uow, owner)
        if row is None or row.confirmed_at is not None:
            return None
        secret = self._open(row, owner)
        return NewApp(secret, address_for_app(secret, account, issuer)) if secret else None

    async def confirm_app(self, owner: Owner, typed: str) -> None:
        """From its first right code on an app counts. Raises Invalid, TooManySignIns."""
        await self._count(owner)
        async with self._database.unit_of_work(Scope.mall(owner.mall_id)) as uow:
            row = await _app(uow, owner)
            step = self._step(row, owner, typed, uow.now) if row else None
            if row is None or step is None or row.confirmed_at is not None:
                raise Invalid.field(f"/{FIELD}", "second_factor_wrong")
            row.confirmed_at, row.last_step = uow.now, step

    async def new_codes(self, uow: UnitOfWork, owner: Owner) -> list[str]:
        """Fresh recovery codes, told here and never again; those before are void."""
        codes = new_recovery_codes()
        await uow.session.execute(delete(RecoveryCode).where(_of(RecoveryCode, owner)))
        uow.session.add_all(
            RecoveryCode(
                mall_id=owner.mall_id, staff_id=owner.staff_id, code_hash=self._hash(owner, code)
            )
            for code in codes
        )
        await uow.session.flush()
        return codes

    async def _took_app(self, uow: UnitOfWork, owner: Owner, typed: str) -> bool:
        row = await _app(uow, owner)
        if row is None or row.confirmed_at is None:
            return False
        step = self._step(row, owner, typed, uow.now)
        if step is not None:
            row.last_step = step
        return step is not None

    async def _took_paper(self, uow: UnitOfWork, owner: Owner, typed: str) -> bool:
        found = await uow.session.execute(
            update(RecoveryCode)
            .where(
                _of(RecoveryCode, owner),
                RecoveryCode.code_hash == self._hash(owner, typed),
                RecoveryCode.used_at.is_(None),
            )
            .values(used_at=uow.now)
            .returning(RecoveryCode.staff_id)
        )
        return found.one_or_none() is not None

    def _step(self, row: StaffTotp, owner: Owner, typed: str, now: datetime) -> int | None:
        secret = self._open(row, owner)
        return step_of_code(secret, typed, now, row.last_step) if secret else None

    def _open(self, row: StaffTotp, owner: Owner) -> str | None:
        try:
            return self._seal.open(row.sealed, owner.handle).decode()
        except Unreadable:  # the installation's secret key is another one now
            _log.warning("an authenticator's secret can't be read", staff=str(row.staff_id))
            return None

    def _hash(self, owner: Owner, code: str) -> bytes:
        return hash_recovery_code(self._secret, owner.handle, code)

    async def _count(self, owner: Owner) -> None:
        try:
            for limit in TRIES:
                await self._limiter.hit(limit, owner.handle.hex())
        except RateLimited as error:
            raise TooManySignIns(retry_after=error.retry_after) from None


async def factors_of(uow: UnitOfWork, staff_id: UUID) -> Factors:
    """What a person has turned on."""
    owner = Owner(uow.scope.mall_id, staff_id=staff_id)
    row = await uow.session.execute(
        select(
            select(StaffTotp.confirmed_at).where(_of(StaffTotp, owner)).scalar_subquery(),
            select(func.count())
            .where(_of(RecoveryCode, owner), RecoveryCode.used_at.is_(None))
            .scalar_subquery(),
        )
    )
    since, codes = row.one()
    return Factors(since, await passkeys_of(uow, owner), codes)


async def with_factors(uow: UnitOfWork) -> set[UUID]:
    """The people of the mall and its shops who have turned a second factor on."""
    mall = uow.scope.mall_id
    found = await uow.session.scalars(
        union(
            select(StaffTotp.staff_id).where(
                StaffTotp.mall_id == mall, StaffTotp.confirmed_at.is_not(None)
            ),
            select(Passkey.staff_id).where(Passkey.mall_id == mall, Passkey.staff_id.is_not(None)),
        )
    )
    return set(found)


async def remove_app(uow: UnitOfWork, owner: Owner) -> None:
    """The app's codes count no more; with nothing else left the second factor is off."""
    await uow.session.execute(delete(StaffTotp).where(_of(StaffTotp, owner)))
    await drop_idle_codes(uow, owner)


async def drop_idle_codes(uow: UnitOfWork, owner: Owner) -> None:
    """Recovery codes recover something: without app and passkeys they go."""
    assert owner.staff_id is not None
    if not (await factors_of(uow, owner.staff_id)).on:
        await uow.session.execute(delete(RecoveryCode).where(_of(RecoveryCode, owner)))


async def turn_off(uow: UnitOfWork, owner: Owner) -> None:
    """Everything goes: from now on the password is enough."""
    for table in (StaffTotp, Passkey, RecoveryCode):
        await uow.session.execute(delete(table).where(_of(table, owner)))


async def _app(uow: UnitOfWork, owner: Owner) -> StaffTotp | None:
    found: StaffTotp | None = await uow.session.scalar(
        select(StaffTotp).where(_of(StaffTotp, owner)).with_for_update()
    )
    return found


def _of(table: Any, owner: Owner) -> ColumnElement[bool]:
    return and_(table.mall_id == owner.mall_id, table.staff_id == owner.staff_id)
