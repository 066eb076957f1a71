"""The repeatable step after the revisions: SQL routines, then grants and policies.

Routines are files, replaced as a whole whenever any of them changes; grants and policies come
from the tables' declarations and are brought to them every time.
"""

import hashlib
import logging
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.util import await_only

from timcheh.db import security
from timcheh_app.migrations.upgrade import SCHEMA
from timcheh_app.modules import import_models, sql_files

log = logging.getLogger(__name__)


class RoutineError(Exception):
    """A file of routines was refused; the text names the file and PostgreSQL's reason."""


def apply_routines(connection: Connection) -> None:
    """Creates the routines if any file changed since the last time, then grants and policies."""
    import_models()
    connection.execute(
        text(
            f"CREATE TABLE IF NOT EXISTS {SCHEMA}.routine_version ("
            "digest text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
        )
    )
    files = {path: path.read_text("utf-8") for path in sql_files()}
    digest = hashlib.sha256("\0".join(files.values()).encode()).hexdigest()
    stored = connection.execute(text(f"SELECT digest FROM {SCHEMA}.routine_version")).scalars()
    if digest not in set(stored):
        for path, script in files.items():
            try:
                _run_script(connection, script)
            except Exception as error:
                raise RoutineError(f"{path}: {error}") from error
        connection.execute(text(f"DELETE FROM {SCHEMA}.routine_version"))
        connection.execute(
            text(f"INSERT INTO {SCHEMA}.routine_version (digest) VALUES (:digest)"),
            {"digest": digest},
        )
        log.info("applied %d files of SQL routines", len(files))
    security.apply(connection)


def _run_script(connection: Connection, script: str) -> None:
    """Several statements in one go, inside the transaction that SQLAlchemy has already begun.

    Its asyncpg dialect prepares every statement, and a prepared one can't be a script.
    """
    driver: Any = connection.connection.driver_connection
    await_only(driver.execute(script))
