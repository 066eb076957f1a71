"""API keys: issuing, revoking, and authenticating them without a query on the hot path."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Final, Literal
from uuid import UUID

import structlog
from sqlalchemy import select, update

from timcheh.access.caller import Caller
from timcheh.access.models import ApiKey
from timcheh.access.permissions import Permissions
from timcheh.access.tokens import digest, mall_of_key, new_key
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import NotFound, Unauthenticated, describe
from timcheh.ids import new_id

KeyKind = Literal["mall", "merchant", "terminal"]

CACHE_TTL: Final = 5.0
"""Seconds for which a revoked key may still work in a process that has just seen it."""
CACHE_SIZE: Final = 10_000
USED_EVERY: Final = 60.0
"""Seconds between two writes of a key's `last_used_at` by one process."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key. `secret` is the full text, known only here and to whom it is shown."""

    id: UUID
    secret: str


async def issue_key(
    uow: UnitOfWork,
    kind: KeyKind,
    name: str,
    *,
    merchant_id: UUID | None = None,
    branch_id: UUID | None = None,
    terminal_id: UUID | None = None,
) -> IssuedKey:
    """Makes a key in the unit of work's mall. Which ids a kind needs, its table checks."""
    secret = new_key(uow.scope.mall_id)
    row = ApiKey(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        kind=kind,
        merchant_id=merchant_id,
        branch_id=branch_id,
        terminal_id=terminal_id,
        name=name,
        key_hash=digest(secret),
        created_at=uow.now,
    )
    uow.session.add(row)
    await uow.session.flush()
    return IssuedKey(row.id, secret)


async def revoke_key(uow: UnitOfWork, key_id: UUID) -> None:
    """Ends a key; a second time changes nothing. Raises NotFound for one that isn't seen here."""
    row = await uow.session.scalar(
        select(ApiKey).where(ApiKey.mall_id == uow.scope.mall_id, ApiKey.id == key_id)
    )
    if row is None:
        raise NotFound
    if row.revoked_at is None:
        row.revoked_at = uow.now


async def list_keys(uow: UnitOfWork, merchant_id: UUID | None = None) -> list[ApiKey]:
    """The keys of the mall itself, or of one shop, oldest first."""
    owner = ApiKey.merchant_id == merchant_id if merchant_id else ApiKey.merchant_id.is_(None)
    found = await uow.session.scalars(
        select(ApiKey).where(ApiKey.mall_id == uow.scope.mall_id, owner).order_by(ApiKey.id)
    )
    return list(found)


@dataclass(slots=True)
class _Known:
    caller: Caller | None  # None: looked up, and not a live key
    until: float
    noted: float


class KeyAuthenticator:
    """Keys to callers. Remembers each for `CACHE_TTL` seconds, unknown ones too."""

    def __init__(self, database: Database, permissions: Permissions) -> None:
        self._database = database
        self._permissions = {
            kind: permissions.of_key(kind) for kind in ("mall", "merchant", "terminal")
        }
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._asked: dict[str, asyncio.Task[_Known]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def remembered(self, key: str) -> Caller | None:
        """The caller of a key that was just seen, without waiting for anything."""
        known = self._known.get(key)
        now = monotonic()
        if known is None or known.until < now or known.caller is None:
            return None
        if known.noted < now:
            self._note_use(known, now)
        return known.caller

    async def authenticate(self, key: str) -> Caller:
        """The caller of a key. Raises Unauthenticated if it is unknown or revoked."""
        caller = self.remembered(key)
        if caller is not None:
            return caller
        known, now = self._known.get(key), monotonic()
        if known is None or known.until < now:
            known = await self._asked_once(key)
        if known.caller is None:
            raise Unauthenticated
        if known.noted < now:
            self._note_use(known, now)
        return known.caller

    async def close(self) -> None:
        """Waits for the writes under way."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def forget(self) -> None:
        """Drops what is remembered: for tests, and after revoking in this process."""
        self._known.clear()
        self._asked.clear()

    async def _asked_once(self, key: str) -> _Known:
        """One look-up for all requests that wait for it: a till's key expires under load."""
        task = self._asked.get(key)
        if task is None:
            task = self._asked[key] = asyncio.create_task(self._ask(key))
            task.add_done_callback(lambda _: self._asked.pop(key, None))
        return await asyncio.shield(task)

    async def _ask(self, key: str) -> _Known:
        before = self._known.get(key)
        caller = await self._look_up(key)
        noted = before.noted if before is not None else 0.0
        return self._remember(key, _Known(caller, monotonic() + CACHE_TTL, noted))

    def _remember(self, key: str, known: _Known) -> _Known:
        self._known[key] = known
        self._known.move_to_end(key)
        if len(self._known) > CACHE_SIZE:
            self._known.popitem(last=False)
        return known

    async def _look_up(self, key: str) -> Caller | None:
        mall_id = mall_of_key(key)
        if mall_id is None:
            return None
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            row = await uow.session.scalar(
                select(ApiKey).where(
                    ApiKey.mall_id == mall_id,
                    ApiKey.key_hash == digest(key),
                    ApiKey.revoked_at.is_(None),
                )
            )
        if row is None:
            return None
        return Caller(
            mall_id=mall_id,
            kind=row.kind,  # type: ignore[arg-type]  # the table's CHECK says the same
            id=row.id,
            name=row.name,
            permissions=self._permissions[row.kind],
            merchant_id=row.merchant_id,
            terminal_id=row.terminal_id,
            branch_id=row.branch_id,
        )

    def _note_use(self, known: _Known, now: float) -> None:
        known.noted = now + USED_EVERY
        assert known.caller is not None
        task = asyncio.create_task(self._write_use(known.caller))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _write_use(self, caller: Caller) -> None:
        now = datetime.now(UTC)
        stale = now - timedelta(seconds=USED_EVERY)
        try:
            async with self._database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
                await uow.session.execute(
                    update(ApiKey)
                    .where(
                        ApiKey.mall_id == caller.mall_id,
                        ApiKey.id == caller.id,
                        ApiKey.last_used_at.is_(None) | (ApiKey.last_used_at < stale),
                    )
                    .values(last_used_at=now)
                )
        except Exception as error:
            # Only a convenience for whoever looks at the list: it never fails a request.
            _log.warning("key use not noted", error=describe(error))
