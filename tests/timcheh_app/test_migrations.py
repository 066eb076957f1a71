"""The history of the schema leads to what the models say, down to each constraint's text.

Alembic's own comparison (test_database.py) sees neither CHECKs nor storage parameters nor the
condition of a partial index; PostgreSQL's catalogue sees all of them.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

import timcheh_app.migrations.versions as versions
from timcheh.db import Base
from timcheh.settings import Settings
from timcheh_app.modules import import_models

COLUMNS = """
SELECT format('%I.%I.%I', n.nspname, c.relname, a.attname),
    -- By rank: a column that was dropped since leaves a hole in the numbers.
    concat_ws(' ', rank() OVER (PARTITION BY a.attrelid ORDER BY a.attnum),
        format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
        a.attgenerated, pg_get_expr(d.adbin, d.adrelid))
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND n.nspname = ANY($1)
"""
CONSTRAINTS = """
SELECT format('%s %I', k.conrelid::regclass, k.conname), pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
WHERE k.conrelid <> 0 AND n.nspname = ANY($1)
"""
INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY($1)
"""
STORAGE = """
SELECT format('%I.%I', n.nspname, c.relname),
    concat_ws(' ', c.relkind, c.relpersistence, array_to_string(c.reloptions, ','))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'i', 'S') AND n.nspname = ANY($1)
"""

Catalogue = dict[str, dict[str, str]]


def schemas() -> list[str]:
    """The schemas of our tables."""
    import_models()
    return sorted({table.schema for table in Base.metadata.tables.values() if table.schema})


async def catalogue(dsn: str) -> Catalogue:
    """What PostgreSQL says of our tables: each thing's name and definition, by kind."""
    connection = await asyncpg.connect(dsn)
    try:
        queries = {
            "columns": COLUMNS,
            "constraints": CONSTRAINTS,
            "indexes": INDEXES,
            "storage": STORAGE,
        }
        return {kind: dict(await connection.fetch(sql, schemas())) for kind, sql in queries.items()}
    finally:
        await connection.close()


@pytest.fixture
async def modelled(settings: Settings) -> AsyncIterator[str]:
    """The DSN of a database that was made of the models, without any migration."""
    connection = await asyncpg.connect(settings.superuser_dsn)
    name = f"{await connection.fetchval('SELECT current_database()')}_modelled"
    dsn = settings.superuser_dsn.replace("/" + name.removesuffix("_modelled"), f"/{name}", 1)

    def create(connection: Connection) -> None:
        for schema in schemas():
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        Base.metadata.create_all(connection)

    await connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        engine = create_async_engine(
            dsn.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool
        )
        async with engine.begin() as opened:
            await opened.run_sync(create)
        await engine.dispose()
        yield dsn
    finally:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()


async def test_the_migrations_lead_to_the_models(settings: Settings, modelled: str) -> None:
    """On a difference: `make migration NAME="what changed"`, and read what it wrote."""
    migrated, models = await catalogue(settings.superuser_dsn), await catalogue(modelled)
    assert migrated == models
    assert len(models["constraints"]) > len(Base.metadata.tables)  # both saw something


def test_no_revision_asks_the_models() -> None:
    """A revision that read the models would change its meaning with them."""
    for path in Path(str(versions.__path__[0])).glob("*.py"):
        assert "metadata" not in path.read_text("utf-8"), path.name
