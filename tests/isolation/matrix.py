"""What each role sees and changes in each table, held against what is its own.

What is a scope's own is worked out here, in Python, from all rows and the table's declaration;
PostgreSQL's answer comes from its policies. Everything runs on one superuser's connection that
takes the role on (`SET ROLE` binds like a login does), inside savepoints that are rolled back.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from tests.isolation.catalogue import TABLES
from timcheh.db.security import declared, grants, verbs

Row = Mapping[str, Any]
VERBS = ("select", "insert", "update", "delete")


@dataclass(frozen=True)
class Stand:
    """A role in a scope. `mall`, `merchant` and `member` are what the transaction states."""

    name: str
    role: str
    mall: UUID | None = None
    merchant: UUID | None = None
    member: UUID | None = None

    def owns(self, table: str, row: Row) -> bool:
        """Whether a row is this stand's own, by the table's declaration."""
        if self.mall is None or row["mall_id"] != str(self.mall):
            return False
        access = declared(TABLES[table])
        columns, mine = (), None
        if self.role == "timcheh_merchant":
            columns, mine = access.merchant_rows, self.merchant
        elif self.role == "timcheh_member":
            columns, mine = access.member_rows, self.member
        return not columns or (mine is not None and str(mine) in [row.get(c) for c in columns])


async def rows_of(connection: asyncpg.Connection, table: str) -> list[dict[str, Any]]:
    """All rows of all malls, as JSON objects."""
    found = await connection.fetch(f"SELECT to_jsonb(t)::text AS row FROM {table} t")
    return [json.loads(each["row"]) for each in found]


@asynccontextmanager
async def standing(connection: asyncpg.Connection, stand: Stand) -> AsyncIterator[None]:
    """Inside, the connection is the role in its scope; afterwards nothing has happened."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        # Keys and append-only triggers are not the matter here; row-level security is.
        await connection.execute("SET LOCAL session_replication_role = replica")
        await connection.execute(f"SET LOCAL ROLE {stand.role}")
        for name in ("mall", "merchant", "member"):
            value = getattr(stand, name)
            setting = f"timcheh.{name}"
            await connection.execute(
                "SELECT set_config($1, $2, true)", setting, str(value) if value else ""
            )
        yield
    finally:
        await transaction.rollback()


def _identity(table: str, row: Row) -> tuple[str, ...]:
    return tuple(str(row[column.name]) for column in TABLES[table].primary_key)


async def leaks(
    connection: asyncpg.Connection, table: str, stand: Stand, everything: list[dict[str, Any]]
) -> list[str]:
    """What a stand sees, changes or adds of a table and should not, or should and can't; empty is
    right. `everything` are the table's rows, from `rows_of`.
    """
    own = [row for row in everything if stand.owns(table, row)]
    others = [row for row in everything if not stand.owns(table, row)]
    may = verbs(TABLES[table])[stand.role]
    found = []
    for verb in VERBS:
        check = {
            "select": _select,
            "insert": _insert,
            "update": _update,
            "delete": _delete,
        }[verb]
        if verb not in may:
            found += await _refused(connection, table, stand, verb, everything)
        else:
            try:
                found += await check(connection, table, stand, own, others)
            except asyncpg.PostgresError as error:
                found.append(f"may not {verb} {table} at all: {error}")
    return [f"{stand.name} {line}" for line in found]


async def _refused(
    connection: asyncpg.Connection, table: str, stand: Stand, verb: str, rows: list[dict[str, Any]]
) -> list[str]:
    """Without a grant the verb is not even tried on rows."""
    column = next(iter(TABLES[table].primary_key)).name
    statement = {
        "select": f"SELECT count(*) FROM {table}",
        "insert": f"INSERT INTO {table} DEFAULT VALUES",
        "update": f"UPDATE {table} SET {column} = NULL WHERE false",
        "delete": f"DELETE FROM {table} WHERE false",
    }[verb]
    error = await _error(connection, stand, statement)
    if error is None or "permission denied" not in error:
        return [f"may {verb} {table} without a grant: {error}"]
    return []


async def _select(
    connection: asyncpg.Connection,
    table: str,
    stand: Stand,
    own: list[dict[str, Any]],
    _: list[dict[str, Any]],
) -> list[str]:
    async with standing(connection, stand):
        seen = {_identity(table, row) for row in await rows_of(connection, table)}
    return _difference("sees", table, seen, {_identity(table, row) for row in own})


async def _update(
    connection: asyncpg.Connection,
    table: str,
    stand: Stand,
    own: list[dict[str, Any]],
    others: list[dict[str, Any]],
) -> list[str]:
    key = ", ".join(f'"{column.name}"::text' for column in TABLES[table].primary_key)
    open_columns, closed = _columns(table, stand)
    same = f'"{open_columns[0]}" = "{open_columns[0]}"'
    async with standing(connection, stand):
        rows = await connection.fetch(f"UPDATE {table} SET {same} RETURNING {key}")
    changed = {tuple(row.values()) for row in rows}
    found = _difference("updates", table, changed, {_identity(table, row) for row in own})
    for column in closed:
        error = await _error(connection, stand, f'UPDATE {table} SET "{column}" = NULL WHERE false')
        if error is None or "permission denied" not in error:
            found.append(f"may update {column} of {table} without a grant: {error}")
    # Giving an own row away: to another mall, and to another shop or member.
    for column in {"mall_id", *_owner_columns(table, stand)}.difference(closed):
        strangers = [
            row[column] for row in others if row[column] not in (None, own and own[0][column])
        ]
        if not own or not strangers:
            continue
        alone = _only_owner(table, stand, column, own)
        statement = f"UPDATE {table} SET {column} = $1 WHERE {_where(table, alone)}"
        error = await _error(connection, stand, statement, UUID(strangers[0]))
        if error is None or "row-level security" not in error:
            found.append(f"gives a row of {table} away by {column}: {error}")
    return found


async def _delete(
    connection: asyncpg.Connection,
    table: str,
    stand: Stand,
    own: list[dict[str, Any]],
    _: list[dict[str, Any]],
) -> list[str]:
    key = ", ".join(f'"{column.name}"::text' for column in TABLES[table].primary_key)
    async with standing(connection, stand):
        rows = await connection.fetch(f"DELETE FROM {table} RETURNING {key}")
    deleted = {tuple(row.values()) for row in rows}
    return _difference("deletes", table, deleted, {_identity(table, row) for row in own})


async def _insert(
    connection: asyncpg.Connection,
    table: str,
    stand: Stand,
    own: list[dict[str, Any]],
    others: list[dict[str, Any]],
) -> list[str]:
    """An own row may be written (again: its key is taken), somebody else's may not."""
    found = []
    for row in _samples(table, others):
        error = await _write(connection, table, stand, row)
        if error is None or "row-level security" not in error:
            found.append(f"writes a row of {table} that isn't its own: {error}")
    for row in own[:1]:
        error = await _write(connection, table, stand, row)
        if error is not None and "duplicate key" not in error:
            found.append(f"can't write a row of {table} of its own: {error}")
    return found


async def _write(
    connection: asyncpg.Connection, table: str, stand: Stand, row: dict[str, Any]
) -> str | None:
    statement = f"INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, $1::jsonb)).*"
    return await _error(connection, stand, statement, json.dumps(row))


def _samples(table: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for each owner there is."""
    access = declared(TABLES[table])
    columns = {"mall_id", *access.merchant_rows, *access.member_rows}
    by_owner = {
        tuple(str(row.get(column)) for column in sorted(columns & set(row))): row for row in rows
    }
    return list(by_owner.values())


def _owner_columns(table: str, stand: Stand) -> tuple[str, ...]:
    access = declared(TABLES[table])
    return {
        "timcheh_merchant": access.merchant_rows,
        "timcheh_member": access.member_rows,
    }.get(stand.role, ())


def _columns(table: str, stand: Stand) -> tuple[list[str], list[str]]:
    """The columns of a table that a role may update, and those that it may not."""
    may = next(grant for grant in grants(TABLES[table])[stand.role] if grant.verb == "update")
    names = list(TABLES[table].columns.keys())
    granted = list(may.columns) or ["mall_id", *names]
    return granted, [name for name in names if name not in granted]


def _only_owner(table: str, stand: Stand, column: str, own: list[dict[str, Any]]) -> dict[str, Any]:
    """An own row; where several columns may own, one that is owned by this column alone."""
    mine = str(stand.merchant or stand.member)
    rest = [c for c in _owner_columns(table, stand) if c != column]
    return next((row for row in own if mine not in [row[c] for c in rest]), own[0])


def _where(table: str, row: Row) -> str:
    parts = []
    for column in TABLES[table].primary_key:
        value = str(row[column.name]).replace("'", "''")
        parts.append(f"\"{column.name}\"::text = '{value}'")
    return " AND ".join(parts)


async def _error(
    connection: asyncpg.Connection, stand: Stand, statement: str, *arguments: object
) -> str | None:
    try:
        async with standing(connection, stand):
            await connection.execute(statement, *arguments)
    except asyncpg.PostgresError as error:
        return f"{error.sqlstate} {error}"
    return None


def _difference(
    verb: str, table: str, found: set[tuple[str, ...]], own: set[tuple[str, ...]]
) -> list[str]:
    lines = []
    if found - own:
        lines.append(f"{verb} {len(found - own)} rows of {table} that aren't its own")
    if own - found:
        lines.append(f"{verb} not {len(own - found)} of its {len(own)} rows of {table}")
    return lines
