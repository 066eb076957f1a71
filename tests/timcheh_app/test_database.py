"""The prepared database: roles, isolation of the clone, one linear chain, no drift."""

import re
from pathlib import Path

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from timcheh.db import Base, Database, Role, Scope
from timcheh.errors import TryAgain
from timcheh.malls import MallInfo
from timcheh.settings import Settings
from timcheh_app.database import prepare_async
from timcheh_app.migrations.upgrade import SCHEMA, configuration
from timcheh_app.modules import import_models, sql_files


async def test_preparing_twice_changes_nothing(settings: Settings) -> None:
    await prepare_async(settings)
    await prepare_async(settings)


async def test_a_mall_is_seen_in_its_own_scope_only(database: Database, mall: MallInfo) -> None:
    from timcheh.ids import new_id

    async def malls_in(scope: Scope) -> list[object]:
        async with database.unit_of_work(scope) as uow:
            found = await uow.session.execute(text("SELECT mall_id FROM kernel.mall"))
            return list(found.scalars())

    assert await malls_in(Scope.mall(mall.mall_id)) == [mall.mall_id]
    assert await malls_in(Scope.mall(new_id())) == []


async def test_roles_are_bound_by_row_level_security(settings: Settings) -> None:
    connection = await asyncpg.connect(settings.superuser_dsn)
    rows = await connection.fetch(
        "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole FROM pg_roles "
        "WHERE rolname LIKE 'timcheh%'"
    )
    await connection.close()
    found = {row["rolname"]: tuple(row.values())[1:] for row in rows}
    assert found == {
        "timcheh_owner": (False, True, True, False),
        "timcheh_posting": (False, False, False, False),
        "timcheh_app": (False, False, True, False),
        "timcheh_merchant": (False, False, True, False),
        "timcheh_member": (False, False, True, False),
    }


@pytest.mark.parametrize("role", [Role.APP, Role.MERCHANT, Role.MEMBER])
async def test_application_roles_use_generic_plans_and_see_no_history(
    settings: Settings, role: Role
) -> None:
    connection = await asyncpg.connect(settings.dsn(role))
    try:
        assert await connection.fetchval("SHOW plan_cache_mode") == "force_generic_plan"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch(f"SELECT * FROM {SCHEMA}.alembic_version")
    finally:
        await connection.close()


def test_revisions_are_one_linear_chain_of_dated_files() -> None:
    script = ScriptDirectory.from_config(configuration())
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1
    for revision in script.walk_revisions():
        assert not revision.is_merge_point
        assert not revision.is_branch_point
        assert re.match(r"\d{4}_\d\d_\d\d_\d{4}_", Path(revision.path).name)


@pytest.mark.filterwarnings("ignore:Did not recognize type .xid8.")
async def test_the_models_and_the_migrated_schema_agree(database: Database) -> None:
    import_models()
    schemas = {table.schema for table in Base.metadata.tables.values()}

    def difference(connection: Connection) -> object:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _: kind != "schema" or name in schemas,
            },
        )
        return compare_metadata(context, Base.metadata)

    async with database.engine(Role.OWNER).begin() as connection:
        assert await connection.run_sync(difference) == []


def test_every_routine_file_is_found() -> None:
    names = [path.name for path in sql_files()]
    assert names[0] == "10_scope.sql"
    assert len(names) == len(set(sql_files()))


def test_platform_is_a_source_root_and_no_package() -> None:
    """With an `__init__.py` it would shadow the standard library's `platform`."""
    assert not (Path(__file__).parents[2] / "platform" / "__init__.py").exists()


async def test_a_lost_race_for_a_key_can_be_tried_again(database: Database, mall: MallInfo) -> None:
    again = {"mall": mall.mall_id, "slug": f"x-{mall.slug}", "name": mall.name}
    write = text(
        "INSERT INTO kernel.mall (mall_id, slug, name, created_at)"
        " VALUES (:mall, :slug, :name, now())"
    )
    with pytest.raises(TryAgain):
        async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
            await uow.session.execute(write, again)
    with pytest.raises(IntegrityError):  # what is wrong in itself stays wrong
        async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
            await uow.session.execute(write, again | {"slug": "NO SLUG"})
