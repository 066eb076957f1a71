"""What PostgreSQL says of two transactions that got in each other's way."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg
from sqlalchemy.exc import DBAPIError

from timcheh.errors import TryAgain

LOCK_NOT_AVAILABLE: Final = "55P03"
# A unique key that was free when it was looked at, a serialization failure, a deadlock: the whole
# transaction is undone, and once more it finds what the faster one left.
_LOST: Final = frozenset({"23505", "40001", "40P01"})


def sqlstate(error: BaseException) -> str | None:
    """The SQLSTATE of a driver's error, also under SQLAlchemy's wrapper; None for any other."""
    if isinstance(error, DBAPIError):
        error = error.orig.__cause__ or error if error.orig is not None else error
    return error.sqlstate if isinstance(error, asyncpg.PostgresError) else None


@contextmanager
def lost_races() -> Iterator[None]:
    """Turns a lost race of the transaction inside into TryAgain; all else passes through."""
    try:
        yield
    except (asyncpg.PostgresError, DBAPIError) as error:
        if sqlstate(error) not in _LOST:
            raise
        raise TryAgain from error
