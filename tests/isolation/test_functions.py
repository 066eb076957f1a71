"""The SQL functions that lend their owner's rights, called from a scope that isn't theirs."""

from uuid import UUID

import asyncpg
import pytest

from tests.isolation.catalogue import ACROSS_MALLS, SCHEMAS
from tests.isolation.world import Town
from timcheh.db import Role
from timcheh.settings import Settings

World = tuple[Town, Town]
Scope = tuple[UUID, UUID | None, UUID | None]
ANOTHER_SCOPE = "TM100"
ENTER = "SELECT kernel.enter($1, $2, $3)"


async def _definers(connection: asyncpg.Connection) -> list[asyncpg.Record]:
    """Name and argument types of every SECURITY DEFINER function but the look-ups."""
    rows = await connection.fetch(
        """
        SELECT p.oid::regproc::text AS name, p.oid::regprocedure::text AS signature,
               ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) t)::text[] AS types
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE p.prosecdef AND n.nspname = ANY($1)
        """,
        SCHEMAS,
    )
    return [row for row in rows if row["signature"] not in ACROSS_MALLS]


async def _refusal(
    connection: asyncpg.Connection, scope: Scope, statement: str, *arguments: object
) -> str | None:
    """The SQLSTATE with which a statement is refused inside a scope; None if it is not."""
    try:
        async with connection.transaction():
            await connection.execute(ENTER, *scope)
            await connection.fetch(statement, *arguments)
    except asyncpg.PostgresError as error:
        return error.sqlstate
    return None


async def test_functions_refuse_another_malls_scope(
    world: World, superuser: asyncpg.Connection, settings: Settings
) -> None:
    here, there = world
    definers = await _definers(superuser)
    assert len(definers) > 20
    connection = await asyncpg.connect(settings.dsn(Role.APP))
    try:
        for row in definers:
            nothing = ", ".join(f"NULL::{kind}" for kind in row["types"][1:])
            call = f"SELECT * FROM {row['name']}($1{', ' if nothing else ''}{nothing})"
            state = await _refusal(connection, (here.mall_id, None, None), call, there.mall_id)
            assert state == ANOTHER_SCOPE, row["signature"]
    finally:
        await connection.close()


@pytest.mark.parametrize("role", [Role.MERCHANT, Role.MEMBER])
async def test_shops_and_members_call_none_of_them(
    superuser: asyncpg.Connection, role: Role
) -> None:
    names = [row["signature"] for row in await _definers(superuser)]
    allowed = [
        name
        for name in [*names, *ACROSS_MALLS]
        if await superuser.fetchval("SELECT has_function_privilege($1, $2, 'EXECUTE')", role, name)
    ]
    assert allowed == []


async def test_a_scope_is_stated_once(world: World, settings: Settings) -> None:
    """Within a transaction no later statement widens what it was given."""
    here, there = world
    wider = [
        (there.mall_id, None, None),
        (here.mall_id, None, None),
        (here.mall_id, here.shops[1].id, None),
        (here.mall_id, here.shops[0].id, here.members[0]),
    ]
    connection = await asyncpg.connect(settings.dsn(Role.MERCHANT))
    try:
        for scope in wider:
            own = (here.mall_id, here.shops[0].id, None)
            assert await _refusal(connection, own, ENTER, *scope) == ANOTHER_SCOPE
        assert await connection.fetchval("SELECT count(*) FROM merchants.purchase") == 0
    finally:
        await connection.close()


@pytest.mark.parametrize("role", [Role.MERCHANT, Role.MEMBER])
async def test_balances_are_not_a_shops_or_members_to_ask_for(
    world: World, settings: Settings, role: Role
) -> None:
    """The tail of entries tells no owner by policy: shops are told theirs in the mall's scope."""
    here, _ = world
    connection = await asyncpg.connect(settings.dsn(role))
    denied = asyncpg.InsufficientPrivilegeError.sqlstate
    own = (here.mall_id, here.shops[0].id, None)
    try:
        for name in ("balances($1)", "tail($1)", "checkpoint_of($1)", "exposure($1, NULL)"):
            statement = f"SELECT * FROM ledger.{name}"
            assert await _refusal(connection, own, statement, here.mall_id) == denied
        ask = "SELECT ledger.balance_of($1, 'clearing', $2)"
        assert await _refusal(connection, own, ask, here.mall_id, own[1]) == denied
    finally:
        await connection.close()


@pytest.mark.parametrize("role", [Role.APP, Role.MERCHANT, Role.MEMBER])
async def test_a_login_cannot_take_on_another_role(settings: Settings, role: Role) -> None:
    connection = await asyncpg.connect(settings.dsn(role))
    try:
        for other in {*Role, "timcheh_posting", "postgres"} - {role}:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(f"SET ROLE {other}")
        for statement in (
            "SET session_replication_role = replica",
            "SET row_security = off; SELECT * FROM kernel.mall",
            "ALTER TABLE kernel.mall DISABLE ROW LEVEL SECURITY",
            "CREATE TABLE kernel.mine (id int)",
            "CREATE TABLE public.mine (id int)",
        ):
            with pytest.raises(asyncpg.PostgresError):
                await connection.execute(statement)
    finally:
        await connection.close()
