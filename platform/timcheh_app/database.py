"""Makes a PostgreSQL server ready for the product: roles, database, schema, routines, grants.

Idempotent. Run at every start (`python -m timcheh_app.database`), and by tests.
"""

import asyncio
import logging
import sys
from urllib.parse import unquote, urlsplit, urlunsplit

import asyncpg
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from timcheh.db import Role
from timcheh.settings import Settings
from timcheh_app.errors import ServiceError

log = logging.getLogger(__name__)

POSTING = "timcheh_posting"
_LOGIN_ROLES = (Role.APP, Role.MERCHANT, Role.MEMBER)
# Two hosts that start at the same time must not migrate at the same time. The number is arbitrary.
_LOCK = 7_403_221_905
_UNDEFINED_DATABASE = asyncpg.exceptions.InvalidCatalogNameError


def prepare(settings: Settings) -> None:
    """Creates what is missing and migrates to the newest version. Call it outside an event loop.

    Raises ServiceError when the server can't be reached or doesn't let us in, RoutineError or
    asyncpg.PostgresError when a migration fails; then nothing of it stays.
    """
    asyncio.run(prepare_async(settings))


async def prepare_async(settings: Settings, *, routines: bool = True) -> None:
    """As `prepare`, inside an event loop. Without `routines`: the revisions' tables only."""
    connection = await _connect_or_create(settings)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await _create_roles(connection, settings)
        await _open_database(connection)
        await _migrate(settings, routines=routines)
    finally:
        await connection.close()


async def _connect_or_create(settings: Settings) -> asyncpg.Connection:
    try:
        return await _connect(settings)
    except (OSError, asyncpg.PostgresError) as error:
        raise ServiceError(
            f"TIMCHEH_DATABASE_URL: the server can't be used: {error}.\n"
            "Mend: name a running PostgreSQL 18 and a superuser of it: "
            "postgresql://user:password@host/database."
        ) from error


async def _connect(settings: Settings) -> asyncpg.Connection:
    try:
        return await asyncpg.connect(settings.superuser_dsn)
    except _UNDEFINED_DATABASE:
        pass
    parts = urlsplit(settings.superuser_dsn)
    name = unquote(parts.path.lstrip("/"))
    maintenance = await asyncpg.connect(urlunsplit(parts._replace(path="/postgres")))
    try:
        log.info("creating database %s", name)
        await maintenance.execute(
            f"CREATE DATABASE {_quoted(name)} TEMPLATE template0 ENCODING 'UTF8' "
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
        )
    except asyncpg.exceptions.DuplicateDatabaseError:
        pass  # another host was faster
    finally:
        await maintenance.close()
    return await asyncpg.connect(settings.superuser_dsn)


async def _create_roles(connection: asyncpg.Connection, settings: Settings) -> None:
    """Login roles that row-level security binds, one that owns the functions, one owner above."""
    present = {row["rolname"] for row in await connection.fetch("SELECT rolname FROM pg_roles")}
    for role in (POSTING, *Role):
        if role not in present:
            await connection.execute(f"CREATE ROLE {role}")
    plain = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
    await connection.execute(f"ALTER ROLE {POSTING} NOLOGIN NOBYPASSRLS {plain}")
    await connection.execute(f"ALTER ROLE {Role.OWNER} LOGIN BYPASSRLS {plain}")
    for role in Role:
        await _keep_values_out_of_the_log(connection, role)
    for role in _LOGIN_ROLES:
        await connection.execute(f"ALTER ROLE {role} LOGIN NOBYPASSRLS {plain}")
        await connection.execute(
            f"ALTER ROLE {role} SET idle_in_transaction_session_timeout = '60s'"
        )
        await _choose_plans(connection, role)
    # The owner replaces functions that the posting role owns, so it needs that role's rights.
    await connection.execute(f"GRANT {POSTING} TO {Role.OWNER} WITH INHERIT TRUE, SET TRUE")
    if not settings.embedded_database:
        for role in Role:
            password = settings.role_password(role)
            await connection.execute(f"ALTER ROLE {role} PASSWORD '{password}'")


async def _keep_values_out_of_the_log(connection: asyncpg.Connection, role: str) -> None:
    """PostgreSQL's own log doesn't get what an error quotes (`Key (mobile)=(0912…) exists`), nor a
    slow statement's parameters. Whoever asked gets the error, and our log its SQLSTATE.
    """
    await connection.execute(f"ALTER ROLE {role} SET log_min_messages = 'log'")
    await connection.execute(f"ALTER ROLE {role} SET log_parameter_max_length = 0")


async def _choose_plans(connection: asyncpg.Connection, role: str) -> None:
    """Generic plans are worth a fifth on the purchase path, but Citus can't plan with them."""
    sharded = await connection.fetchval("SELECT 1 FROM pg_extension WHERE extname = 'citus'")
    if sharded:
        await connection.execute(f"ALTER ROLE {role} RESET plan_cache_mode")
    else:
        await connection.execute(f"ALTER ROLE {role} SET plan_cache_mode = 'force_generic_plan'")


async def _open_database(connection: asyncpg.Connection) -> None:
    """The database belongs to the owner, and nobody but our roles gets in."""
    name = _quoted(await connection.fetchval("SELECT current_database()"))
    roles = ", ".join(Role)
    await connection.execute(f"ALTER DATABASE {name} OWNER TO {Role.OWNER}")
    await connection.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
    await connection.execute(f"GRANT CONNECT ON DATABASE {name} TO {roles}")


async def _migrate(settings: Settings, *, routines: bool) -> None:
    # Alembic and the models are imported only when there is something to do with them.
    from timcheh_app.migrations.routines import apply_routines
    from timcheh_app.migrations.upgrade import upgrade

    def in_one_transaction(connection: Connection) -> None:
        upgrade(connection)
        if routines:
            apply_routines(connection)

    url = settings.dsn(Role.OWNER).replace("postgresql://", "postgresql+asyncpg://", 1)
    engine = create_async_engine(url, poolclass=NullPool, hide_parameters=True)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(in_one_transaction)
    finally:
        await engine.dispose()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def main() -> int:
    """Prepares the server of this process's settings. 0: done; 1: it can't be used."""
    from timcheh.settings import load_settings

    logging.basicConfig(level=logging.INFO, format="timcheh: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        prepare(load_settings())
    except ServiceError as error:
        print(error, file=sys.stderr)  # noqa: T201  the supervisor's terminal
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
