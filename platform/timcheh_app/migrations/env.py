"""Alembic's environment: always a live connection that the caller gives."""

from collections.abc import Iterable
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import CreateTableOp, ExecuteSQLOp, MigrationScript
from sqlalchemy import Connection, inspect

from timcheh.db import Base
from timcheh_app.migrations.upgrade import SCHEMA
from timcheh_app.modules import import_models

import_models()
_SCHEMAS = {table.schema for table in Base.metadata.tables.values() if table.schema}


def _is_ours(name: str | None, kind: str, parents: Any) -> bool:
    return kind != "schema" or name in _SCHEMAS


def _render(kind: str, value: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """Types of ours by their own name; everything else as Alembic does it."""
    module = type(value).__module__
    if kind != "type" or module.startswith("sqlalchemy"):
        return False
    autogenerate.imports.add(f"from {module} import {type(value).__name__}")
    return f"{type(value).__name__}()"


def _complete(_: Any, __: Any, scripts: Iterable[MigrationScript]) -> None:
    """New schemas first; and no grants in tables: they come from the models, not from history."""
    present = set(inspect(connection).get_schema_names())
    for script in scripts:
        assert script.upgrade_ops is not None
        operations = script.upgrade_ops.ops
        needed = {op.schema for op in operations if isinstance(op, CreateTableOp)}
        for operation in operations:
            if isinstance(operation, CreateTableOp):
                operation.info = {}
        new = sorted(schema for schema in needed if schema and schema not in present)
        operations[:0] = [ExecuteSQLOp(f"CREATE SCHEMA {schema}") for schema in new]


connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    include_schemas=True,
    include_name=_is_ours,
    render_item=_render,
    process_revision_directives=_complete,
    version_table_schema=SCHEMA,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
