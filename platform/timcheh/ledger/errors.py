"""What the ledger refuses, and the SQLSTATE by which its functions say so."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg
from sqlalchemy.exc import DBAPIError

from timcheh.db.races import sqlstate
from timcheh.errors import Conflict, NotFound, TimchehError


class LotShort(Conflict):
    """A lot has less than what was to be spent, held or taken; ask again with fresh figures."""

    code = "lot_short"


class LimitExceeded(Conflict):
    """The issuer has promised as much as its deposit and credit limit can settle."""

    code = "limit_exceeded"


class NotGrantable(Conflict):
    """The lot cannot be granted: it exists, or its scope is another issuer's."""

    code = "not_grantable"


BY_SQLSTATE: Final[dict[str, type[TimchehError]]] = {
    "TM001": LotShort,
    "TM002": LimitExceeded,
    "TM003": NotGrantable,
    "TM004": NotFound,
}


@contextmanager
def refusals() -> Iterator[None]:
    """Turns the functions' refusals into errors of the tree; all else passes through."""
    try:
        yield
    except (asyncpg.PostgresError, DBAPIError) as error:
        known = BY_SQLSTATE.get(sqlstate(error) or "")
        if known is None:
            raise
        raise known from error
