"""Runs Alembic on a connection that the caller opened and commits."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

SCHEMA = "migration"  # what only the owner may see: alembic_version, routine_version
LOCK_TIMEOUT = "5s"


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration; there is no alembic.ini."""
    config = Config()
    here = Path(__file__).parent
    config.set_main_option("script_location", str(here))
    config.set_main_option("path_separator", "os")
    config.set_main_option(
        "file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Brings the schema to the newest revision, inside the caller's transaction.

    Waits no longer than LOCK_TIMEOUT for any one lock: a migration that has to wait for a long
    query must not make every purchase queue up behind it. It fails, and the next start tries again.
    """
    connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    command.upgrade(configuration(connection), "head")
