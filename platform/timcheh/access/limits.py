"""Rate limits, counted in Valkey so that all processes share them, and safe without it.

When Valkey is away each process counts alone, with the same limits. So sign-in stays bounded
(closed beyond the local bound) and the API stays up (open within it).
"""

import hashlib
import math
import time
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from timcheh.errors import RateLimited, describe

LOCAL_SIZE: Final = 50_000
"""Counters a process keeps at most; when there are more, the oldest windows go first."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` events in each `window` seconds. `name` is part of the counter's key."""

    name: str
    count: int
    window: int


def counter_key(limit: Limit, subject: str, now: float, secret: bytes) -> str:
    """The counter's key. The subject is hashed under the installation's secret: a mobile isn't
    left lying there, and who finds the hash can't try all mobiles until one fits.
    """
    hashed = hashlib.blake2b(subject.encode(), key=secret, digest_size=16).hexdigest()
    return f"timcheh:limit:{limit.name}:{hashed}:{int(now // limit.window)}"


def seconds_left(limit: Limit, now: float) -> int:
    """Whole seconds until the limit's window ends, at least one."""
    return max(1, math.ceil(limit.window - now % limit.window))


class _LocalCounters:
    """What this process has counted by itself."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def add(self, key: str, amount: int) -> int:
        if len(self._counts) >= LOCAL_SIZE and key not in self._counts:
            for old in list(self._counts)[: LOCAL_SIZE // 2]:
                del self._counts[old]
        self._counts[key] = total = self._counts.get(key, 0) + amount
        return total


class RateLimiter:
    """Counts events and refuses those beyond a limit."""

    def __init__(self, redis: "Redis | None", secret_key: str) -> None:
        self._redis = redis
        self._secret = hashlib.blake2b(secret_key.encode(), person=b"timcheh limits").digest()
        self._local = _LocalCounters()

    async def hit(self, limit: Limit, subject: str) -> None:
        """Counts one event. Raises RateLimited when the window is full."""
        now = time.time()
        total = await self.add(limit, subject, 1, now)
        if total > limit.count:
            raise RateLimited(retry_after=seconds_left(limit, now))

    async def refuse_if_full(self, limit: Limit, subject: str) -> None:
        """Raises RateLimited when no further event would be let through; counts nothing."""
        now = time.time()
        if await self.add(limit, subject, 0, now) >= limit.count:
            raise RateLimited(retry_after=seconds_left(limit, now))

    async def add(self, limit: Limit, subject: str, amount: int, now: float) -> int:
        """Adds to the window's counter and returns its new value."""
        key = counter_key(limit, subject, now, self._secret)
        if self._redis is not None:
            try:
                async with self._redis.pipeline(transaction=False) as pipe:
                    pipe.incrby(key, amount)
                    pipe.expire(key, limit.window + 1)
                    total, _ = await pipe.execute()
                return int(total)
            except (RedisError, OSError, TimeoutError) as error:
                _log.warning("rate limits counted locally", error=describe(error))
        return self._local.add(key, amount)


class LeasedLimiter:
    """One limit for busy subjects: each process leases a share of the window at a time.

    So a request costs a dictionary look-up, and Valkey hears of every `share`-th only. A process
    may leave a part of its last lease unused: the limit is reached up to `share` too early for
    each further process, never late.
    """

    def __init__(self, limiter: RateLimiter, limit: Limit, share: int | None = None) -> None:
        self._limiter = limiter
        self._limit = limit
        self._share = share or max(1, limit.count // 200)
        self._leases: dict[UUID, tuple[int, int]] = {}

    def take(self, subject: UUID) -> bool:
        """Takes one from the lease in hand; False if there is none."""
        window = int(time.time() // self._limit.window)
        lease = self._leases.get(subject)
        if lease is None or lease[0] != window or lease[1] <= 0:
            return False
        self._leases[subject] = (window, lease[1] - 1)
        return True

    async def lease(self, subject: UUID) -> None:
        """Fetches the next lease and takes one. Raises RateLimited when the window is full."""
        now = time.time()
        total = await self._limiter.add(self._limit, str(subject), self._share, now)
        granted = self._share - max(0, total - self._limit.count)
        if granted <= 0:
            raise RateLimited(retry_after=seconds_left(self._limit, now))
        if len(self._leases) >= LOCAL_SIZE:
            self._leases.clear()
        self._leases[subject] = (int(now // self._limit.window), granted - 1)
