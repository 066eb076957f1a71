"""Enrolling beyond what the mall's plan allows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg
from sqlalchemy.exc import DBAPIError

from timcheh.db.races import sqlstate
from timcheh.errors import Conflict

FULL: Final = "TM009"
"""What the trigger on members raises."""


class MemberQuotaReached(Conflict):
    """The club has as many members as the mall's plan allows. Who is one already buys as before."""

    code = "member_quota_reached"


@contextmanager
def quota_refusals() -> Iterator[None]:
    """Around what enrols: turns the trigger's refusal into MemberQuotaReached."""
    try:
        yield
    except (asyncpg.PostgresError, DBAPIError) as error:
        if sqlstate(error) != FULL:
            raise
        raise MemberQuotaReached from error
