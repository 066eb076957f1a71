"""Doing a value-moving request once, however often it comes.

`run_idempotent` claims the key and does the work in one transaction, so there is no moment at
which one is stored without the other. The purchase path keeps the same table in SQL.
"""

import hashlib
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast
from uuid import UUID

import msgspec
from litestar import Response
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from timcheh.access.caller import Caller
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import Invalid, TimchehError, TryAgain
from timcheh.web.context import AnyRequest, context_of
from timcheh.web.errors import (
    IdempotencyInProgress,
    IdempotencyKeyInvalid,
    IdempotencyKeyRequired,
    IdempotencyKeyReused,
)
from timcheh.web.models import Idempotency
from timcheh.web.problems import PROBLEM, problem_bytes

T = TypeVar("T")

MAXIMUM_KEY: Final = 255
_NOT_STORED: Final = frozenset({401, 403, 429})
_JSON: Final = "application/json"
_TABLE: Any = Idempotency.__table__

_in_flight: set[tuple[UUID, UUID, str]] = set()
"""Keys whose first request this process is serving."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was answered the first time: status and body, byte for byte."""

    status: int
    body: bytes


def idempotency_key(request: AnyRequest) -> str:
    """The request's key. Raises IdempotencyKeyRequired or IdempotencyKeyInvalid (both 400)."""
    given = context_of(request).headers.get(b"idempotency-key")
    if given is None:
        raise IdempotencyKeyRequired
    # Spaces around a value are HTTP's; a no-break space, which `strip()` would take too, isn't.
    key = given.decode("latin-1").strip(" ")
    if not key:
        raise IdempotencyKeyRequired
    if len(given) > MAXIMUM_KEY or not key.isascii() or not key.isprintable():
        raise IdempotencyKeyInvalid
    return key


async def fingerprint(request: AnyRequest) -> bytes:
    """SHA-256 of what is asked: method, path and body."""
    asked = hashlib.sha256(f"{request.method} {request.scope['path']}\n".encode())
    asked.update(await request.body())
    return asked.digest()


async def run_idempotent(
    request: AnyRequest,
    caller: Caller,
    work: Callable[[UnitOfWork], Awaitable[T]],
    *,
    status: int = 201,
    scope: Scope | None = None,
) -> Response[T]:
    """Runs `work` in a unit of work of the caller's scope, once for this Idempotency-Key.

    `scope` is given where the service works in the whole mall on the caller's behalf.

    What `work` returns becomes the JSON body. A refusal it raises is an outcome too and is
    replayed, except authentication, permission, rate limits and faulty fields, after which the
    caller may try again with the same key.
    """
    key = idempotency_key(request)
    with in_flight(caller, key):
        attempt = _Attempt(request, caller, scope or caller.scope, key, await fingerprint(request))
        outcome, replayed = await attempt.run(work, status)
    return cast("Response[T]", outcome_response(outcome, replayed=replayed))


async def run_form(
    request: AnyRequest,
    caller: Caller,
    key: str,
    asked: bytes,
    work: Callable[[UnitOfWork], Awaitable[T]],
    *,
    scope: Scope | None = None,
) -> bytes:
    """Runs `work` once for a page's form, which carries its `key`: the JSON of what it returned.

    A double click waits for the first and gets the same. Refusals pass through and are not kept:
    the person mends the form and sends it again. `asked` is a digest of what was filled in.
    Raises IdempotencyKeyInvalid, or IdempotencyKeyReused for a form sent before with other values.
    """
    if not 0 < len(key) <= MAXIMUM_KEY or not key.isascii() or not key.isprintable():
        raise IdempotencyKeyInvalid
    outcome, _ = await _Attempt(request, caller, scope or caller.scope, key, asked).once(work, 200)
    return outcome.body


@contextmanager
def in_flight(caller: Caller, key: str) -> Iterator[None]:
    """While a request is being served. Raises IdempotencyInProgress for a second one."""
    claim = (caller.mall_id, caller.id, key)
    if claim in _in_flight:
        raise IdempotencyInProgress
    _in_flight.add(claim)
    try:
        yield
    finally:
        _in_flight.discard(claim)


async def earlier_outcome(
    request: AnyRequest, caller: Caller, scope: Scope, asked: bytes
) -> Outcome | None:
    """For paths that claim the key in SQL: what this request was answered before, if it was.

    Raises IdempotencyKeyReused where the key belongs to another request.
    """
    return await _Attempt(request, caller, scope, idempotency_key(request), asked).earlier()


async def outcome_of(uow: UnitOfWork, principal_id: UUID, key: str) -> bytes | None:
    """The body that one of this person's keys was answered with; None while it has no outcome.

    For a form whose answer never came: asking does nothing. In the mall's scope.
    """
    if not 0 < len(key) <= MAXIMUM_KEY or not key.isascii() or not key.isprintable():
        return None
    found: bytes | None = await uow.session.scalar(
        select(_TABLE.c.body).where(
            _TABLE.c.mall_id == uow.scope.mall_id,
            _TABLE.c.principal_id == principal_id,
            _TABLE.c.key == key,
        )
    )
    return found


async def keep_outcome(
    request: AnyRequest, caller: Caller, scope: Scope, asked: bytes, outcome: Outcome
) -> Response[Any]:
    """For paths that claim the key in SQL: stores an outcome that needed no work; answers it."""
    attempt = _Attempt(request, caller, scope, idempotency_key(request), asked)
    kept, replayed = await attempt.keep(outcome)
    return outcome_response(kept, replayed=replayed)


async def keep_refusal(
    request: AnyRequest, caller: Caller, scope: Scope, asked: bytes, error: TimchehError
) -> Response[Any]:
    """For paths that claim the key in SQL: stores a refusal as the key's outcome and answers it.

    Raises the error itself where it is none: the caller may then try again with the same key.
    """
    if not _is_outcome(error):
        raise error
    attempt = _Attempt(request, caller, scope, idempotency_key(request), asked)
    outcome, replayed = await attempt.keep_refusal(error)
    return outcome_response(outcome, replayed=replayed)


def outcome_response(outcome: Outcome, *, replayed: bool) -> Response[Any]:
    """The response of an outcome, first-hand or replayed."""
    return Response(
        outcome.body,
        status_code=outcome.status,
        media_type=_JSON if outcome.status < 400 else PROBLEM,
        headers={"Idempotent-Replayed": "true"} if replayed else None,
    )


class _Attempt:
    """One request under its key."""

    def __init__(
        self, request: AnyRequest, caller: Caller, scope: Scope, key: str, asked: bytes
    ) -> None:
        context = context_of(request)
        self._database: Database = context.services.database
        self._locale, self._request_id = context.locale, context.id
        self._caller, self._scope, self._key, self._asked = caller, scope, key, asked

    async def run(
        self, work: Callable[[UnitOfWork], Awaitable[T]], status: int
    ) -> tuple[Outcome, bool]:
        """The outcome, and whether it is an earlier one. Waits for nobody: while another request
        does this key's work, in whatever process, it raises IdempotencyInProgress.
        """
        try:
            return await self.once(work, status, wait=False)
        except TimchehError as error:
            if not _is_outcome(error):
                raise
            return await self.keep_refusal(error)

    async def once(
        self, work: Callable[[UnitOfWork], Awaitable[T]], status: int, *, wait: bool = True
    ) -> tuple[Outcome, bool]:
        """As `run`, without keeping a refusal: it passes through."""
        async with self._database.unit_of_work(self._scope) as uow:
            if not wait:
                await self._refuse_second(uow)
            if not await self._claim(uow):
                return await self._stored(uow), True
            body = msgspec.json.encode(await work(uow))
            await self._complete(uow, status, body)
        return Outcome(status, body), False

    async def keep_refusal(self, error: TimchehError) -> tuple[Outcome, bool]:
        """Stores a refusal; the transaction that raised it is gone, with its claim."""
        body = problem_bytes(error, self._locale, self._request_id)
        return await self.keep(Outcome(error.status, body))

    async def keep(self, outcome: Outcome) -> tuple[Outcome, bool]:
        """Stores an outcome, unless there is an earlier one."""
        async with self._database.unit_of_work(self._scope) as uow:
            if not await self._claim(uow, outcome.status, outcome.body):
                return await self._stored(uow), True
        return outcome, False

    async def earlier(self) -> Outcome | None:
        """The outcome that is stored, if there is one."""
        async with self._database.unit_of_work(self._scope) as uow:
            return await self._stored(uow) if await self._is_taken(uow) else None

    async def _refuse_second(self, uow: UnitOfWork) -> None:
        """Raises IdempotencyInProgress while another transaction does this key's work.

        Its row can't be seen before it is committed, and writing a second would wait for it: the
        lock, which ends with its transaction, tells at once.
        """
        alone = select(func.pg_try_advisory_xact_lock(self._number()))
        if not await uow.session.scalar(alone) and not await self._is_taken(uow):
            raise IdempotencyInProgress

    async def _is_taken(self, uow: UnitOfWork) -> bool:
        found = await uow.session.scalar(select(_TABLE.c.key).where(self._mine()))
        return found is not None

    async def _claim(
        self, uow: UnitOfWork, status: int | None = None, body: bytes | None = None
    ) -> bool:
        """Takes the key. While another transaction holds it, this waits for that one's end."""
        claimed: Any = await uow.session.execute(
            insert(_TABLE)
            .values(
                mall_id=self._caller.mall_id,
                principal_id=self._caller.id,
                key=self._key,
                merchant_id=uow.scope.merchant_id,
                fingerprint=self._asked,
                status=status,
                body=body,
                created_at=uow.now,
            )
            .on_conflict_do_nothing()
        )
        return bool(claimed.rowcount == 1)

    async def _stored(self, uow: UnitOfWork) -> Outcome:
        found = await uow.session.execute(
            select(_TABLE.c.fingerprint, _TABLE.c.status, _TABLE.c.body).where(self._mine())
        )
        row = found.one_or_none()
        # A row that this scope can't see was written for a request of another kind.
        if row is None or row.fingerprint != self._asked:
            raise IdempotencyKeyReused
        if row.status is None:
            raise IdempotencyInProgress
        return Outcome(row.status, row.body)

    async def _complete(self, uow: UnitOfWork, status: int, body: bytes) -> None:
        await uow.session.execute(
            update(_TABLE).where(self._mine()).values(status=status, body=body)
        )

    def _number(self) -> int:
        """The key as the number of a lock. Two keys with one number would only try again."""
        name = f"{self._caller.mall_id} {self._caller.id} {self._key}".encode()
        return int.from_bytes(hashlib.sha256(name).digest()[:8], signed=True)

    def _mine(self) -> Any:
        return (
            (_TABLE.c.mall_id == self._caller.mall_id)
            & (_TABLE.c.principal_id == self._caller.id)
            & (_TABLE.c.key == self._key)
        )


def _is_outcome(error: TimchehError) -> bool:
    """Whether a refusal is final for its key."""
    own = (IdempotencyKeyReused, IdempotencyInProgress, Invalid, TryAgain)
    return (
        400 <= error.status < 500 and error.status not in _NOT_STORED and not isinstance(error, own)
    )
