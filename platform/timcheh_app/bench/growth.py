"""Grows a mall to any size in minutes: copies of what the product itself wrote for its first
members, with ids, names and times of their own.

Every row is copied as it is but for what is named here, so a copy is as true as its pattern: the
proof holds for the grown mall as it does for the small one, and `make bench` runs it.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import asyncpg
from msgspec.structs import replace

from shared_pool.fund import jobs
from timcheh.db import Database
from timcheh.module import JobContext
from timcheh.settings import Settings
from timcheh_app.bench.course import PATTERNS, World, mobile
from timcheh_app.bench.say import say
from timcheh_app.bench.world import member_name, member_number

HISTORY: Final = timedelta(days=60)
"""The copies' purchases lie so far back, evenly, the newest now."""
_CHUNK: Final = 20_000  # members in a transaction


@dataclass(frozen=True)
class _Table:
    """A table that copies are made in.

    `key` holds one of the pattern's ids, which says whose the row is. In `ids` the copy has ids of
    its own; `values` are expressions over the pattern's row `p` and the copy `c`.
    """

    name: str
    key: str
    ids: Sequence[str]
    values: Mapping[str, str] = field(default_factory=dict)


_PERSON: Final = {"number": "c.number", "mobile": "c.mobile", "name": "c.name"}
# A transfer and its entries are one transaction; the rest is written beside it.
_LEDGER: Final = (
    _Table("ledger.transfer", "id", ("id", "reference_id")),
    _Table(
        "ledger.entry",
        "transfer_id",
        ("transfer_id", "lot_id"),
        {
            "owner_id": "CASE WHEN p.account = 'credit' THEN bench.copy_id(p.owner_id, c.back) "
            "ELSE p.owner_id END"
        },
    ),
)
_BUSINESS: Final = (
    _Table("members.member", "id", ("id",), _PERSON),
    _Table("merchants.customer", "member_id", ("member_id",), _PERSON),
    _Table("merchants.purchase", "id", ("id", "member_id")),
    _Table("merchants.purchase_line", "purchase_id", ("purchase_id", "member_id")),
    _Table("merchants.purchase_spend", "purchase_id", ("purchase_id", "member_id", "lot_id")),
    _Table("merchants.purchase_earn", "purchase_id", ("purchase_id", "member_id", "lot_id")),
    _Table("ledger.lot", "id", ("id", "holder_id", "transfer_id")),
)

# An id is a UUIDv7: so many milliseconds earlier, and otherwise the pattern's own.
_PREPARE: Final = f"""
    CREATE SCHEMA bench;
    CREATE FUNCTION bench.copy_id(id uuid, back bigint) RETURNS uuid
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (lpad(to_hex(('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint - back),
                 12, '0') || substr(id::text, 15))::uuid;
    CREATE UNLOGGED TABLE bench.copy (
        n int PRIMARY KEY, pattern int, back bigint, number text, mobile text, name text
    );
    CREATE UNLOGGED TABLE bench.pattern AS
    SELECT m.id, right(m.mobile, 7)::int AS pattern FROM members.member m
    UNION ALL
    SELECT x.id, right(m.mobile, 7)::int FROM merchants.purchase x JOIN members.member m
        ON m.mall_id = x.mall_id AND m.id = x.member_id
    UNION ALL
    SELECT l.id, right(m.mobile, 7)::int FROM ledger.lot l JOIN members.member m
        ON m.mall_id = l.mall_id AND m.id = l.holder_id;
    ALTER TABLE bench.pattern ADD CHECK (pattern < {PATTERNS});
"""
_COLUMNS: Final = """
    SELECT a.attname AS name, a.atttypid::regtype::text AS type FROM pg_attribute a
    WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""


async def grow(settings: Settings, database: Database, world: World, members: int) -> World:
    """Copies the patterns until the mall has so many members, each with ten entries on average.

    Only for a database that holds nothing but this world. The copies' balances are summed and
    their transfers sealed by the product's own jobs.
    """
    first, second = [await asyncpg.connect(settings.superuser_dsn) for _ in range(2)]
    try:
        await first.execute(_PREPARE)
        await _list_copies(first, members)
        await asyncio.gather(
            _copy(first, _LEDGER, members, tell=False), _copy(second, _BUSINESS, members, tell=True)
        )
        await first.execute("DROP SCHEMA bench CASCADE")
        await _nightly_work(settings, database, world)
        await asyncio.gather(*(_vacuum(c, t) for c, t in ((first, _LEDGER), (second, _BUSINESS))))
    finally:
        await first.close()
        await second.close()
    return replace(world, members=members)


async def _list_copies(connection: Any, members: int) -> None:
    step = HISTORY // timedelta(milliseconds=members)
    rows = (
        (n, n % PATTERNS, (members - n) * step, member_number(n), mobile(n), member_name(n))
        for n in range(PATTERNS, members)
    )
    await connection.copy_records_to_table("copy", schema_name="bench", records=rows)
    await connection.execute("ANALYZE bench.copy")


async def _copy(connection: Any, tables: Sequence[_Table], members: int, *, tell: bool) -> None:
    # Triggers would check what is true by construction, statement by statement.
    await connection.execute(
        "SET session_replication_role = replica; SET synchronous_commit = off;"
        " SET work_mem = '128MB'"
    )
    statements = [await _statement(connection, table) for table in tables]
    began = time.monotonic()
    for low in range(PATTERNS, members, _CHUNK):
        high = min(low + _CHUNK, members)
        async with connection.transaction():
            for statement in statements:
                await connection.execute(statement, low, high)
        if tell and (members - low) > _CHUNK:
            left = (time.monotonic() - began) / (high - PATTERNS) * (members - high)
            say(f"{high:,} of {members:,} members, {left:.0f} s left")


async def _statement(connection: Any, table: _Table) -> str:
    """`INSERT … SELECT` of a chunk's copies, in their order, so that indexes fill from the left."""
    schema, name = table.name.split(".")
    await connection.execute(
        f"CREATE UNLOGGED TABLE bench.{schema}_{name} AS SELECT k.pattern AS of_pattern, t.*"
        f" FROM {table.name} t JOIN bench.pattern k ON k.id = t.{table.key};"
        f" ANALYZE bench.{schema}_{name}"
    )
    targets, values = [], []
    for column, kind in await connection.fetch(_COLUMNS, table.name):
        if kind == "xid8":  # the transaction that writes the copy
            continue
        targets.append(f'"{column}"')
        values.append(_value(table, column, kind))
    return (
        f"INSERT INTO {table.name} ({', '.join(targets)}) SELECT {', '.join(values)}"
        f" FROM bench.copy c JOIN bench.{schema}_{name} p ON p.of_pattern = c.pattern"
        " WHERE c.n >= $1 AND c.n < $2 ORDER BY c.n"
    )


def _value(table: _Table, column: str, kind: str) -> str:
    if column in table.values:
        return table.values[column]
    if column in table.ids:
        return f'bench.copy_id(p."{column}", c.back)'
    if kind == "timestamp with time zone":
        return f"p.\"{column}\" - c.back * interval '1 ms'"
    return f'p."{column}"'


async def _nightly_work(settings: Settings, database: Database, world: World) -> None:
    say("balances and the chain")
    context = JobContext(database, settings, world.mall_id, datetime.now(UTC))
    await jobs.roll_up(context)
    await jobs.seal(context)


async def _vacuum(connection: Any, tables: Sequence[_Table]) -> None:
    """As the tables of a mall that has been running for long."""
    for table in tables:
        await connection.execute(f"VACUUM (ANALYZE) {table.name}")
