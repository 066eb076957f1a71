"""What PostgreSQL says of two transactions that got in each other's way."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg
import structlog
from sqlalchemy.exc import DBAPIError

from timcheh.errors import TryAgain, describe

# A unique key that was free when it was looked at, a serialization failure, a deadlock: the whole
# transaction is undone, and once more it finds what the faster one left.
LOST: Final = frozenset({"23505", "40001", "40P01"})

_log = structlog.get_logger(__name__)


def sqlstate(error: BaseException) -> str | None:
    """The SQLSTATE of a driver's error, also under SQLAlchemy's wrapper; None for any other."""
    error = driver_error(error)
    return error.sqlstate if isinstance(error, asyncpg.PostgresError) else None


def driver_error(error: BaseException) -> BaseException:
    """What the driver itself raised, where SQLAlchemy has wrapped it (twice)."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return error.orig.__cause__ or error
    return error


@contextmanager
def lost_races() -> Iterator[None]:
    """Turns a lost race of the transaction inside into TryAgain; all else passes through."""
    try:
        yield
    except (asyncpg.PostgresError, DBAPIError) as error:
        if sqlstate(error) not in LOST:
            raise
        # A key that is taken for good would look like a race that is lost again and again.
        _log.info("lost a race", error=describe(driver_error(error)))
        raise TryAgain from error
