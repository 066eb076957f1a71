"""Alembic's environment: always a live connection, given by `upgrade` or `revise`."""

from typing import Any

from alembic import context
from sqlalchemy import Connection

from timcheh.db import Base
from timcheh_app.migrations.upgrade import SCHEMA
from timcheh_app.modules import import_models

import_models()


def _is_ours(name: str | None, kind: str, parents: Any) -> bool:
    if kind == "schema":
        return name in {table.schema for table in Base.metadata.tables.values()}
    return True


connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    include_schemas=True,
    include_name=_is_ours,
    version_table_schema=SCHEMA,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
