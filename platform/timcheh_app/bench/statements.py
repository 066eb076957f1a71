"""Counts the SQL statements that reach a database, as PostgreSQL sees them (pg_stat_statements)."""

import asyncio
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from timcheh.settings import Settings

PRELOAD: Final = ("-c", "shared_preload_libraries=pg_stat_statements")
"""What the server must be started with."""

Counts = dict[str, int]
"""Calls by statement, of all roles but the superuser."""
_RELOADED_SECONDS: Final = 0.3
_COUNTS: Final = """
    SELECT s.query, sum(s.calls)::int FROM pg_stat_statements s
    JOIN pg_database d ON d.oid = s.dbid JOIN pg_roles r ON r.oid = s.userid
    WHERE d.datname = $1 AND NOT r.rolsuper GROUP BY s.query
"""


def counted(settings: Settings, work: Callable[[], object]) -> Counts:
    """The statements that reach the database of these settings while `work` runs."""
    return asyncio.run(_count(settings, work))


def off(settings: Settings) -> None:
    """Counting costs a little, and pgbench more than us: it is on while `counted` runs only."""

    async def turn_off() -> None:
        connection = await _maintenance(settings)
        await _track(connection, "none")
        await connection.close()

    asyncio.run(turn_off())


async def _count(settings: Settings, work: Callable[[], object]) -> Counts:
    connection = await _maintenance(settings)
    try:
        await connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        await _track(connection, "top")
        await connection.execute("SELECT pg_stat_statements_reset()")
        work()
        database = urlsplit(settings.superuser_dsn).path.lstrip("/")
        return dict(await connection.fetch(_COUNTS, database))
    finally:
        await _track(connection, "none")
        await connection.close()


async def _maintenance(settings: Settings) -> Any:
    address = urlsplit(settings.superuser_dsn)._replace(path="/postgres")
    return await asyncpg.connect(urlunsplit(address))


async def _track(connection: Any, what: str) -> None:
    await connection.execute(f"ALTER SYSTEM SET pg_stat_statements.track = '{what}'")
    await connection.execute("SELECT pg_reload_conf()")
    await asyncio.sleep(_RELOADED_SECONDS)
