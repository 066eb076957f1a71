"""`python -m timcheh_app.revise "what changed"`: the next revision, from the models.

Works on a server of its own that is thrown away: revisions so far are applied to an empty
database, and what the models have beyond it becomes the new file. Read it before committing it.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from timcheh.db import Role
from timcheh.settings import Settings
from timcheh_app.database import prepare_async
from timcheh_app.migrations.upgrade import configuration
from timcheh_app.modules import import_models
from timcheh_app.services import embedded
from timcheh_app.services.supervisor import Supervisor


def main(message: str) -> None:
    """Writes the revision into `versions/`."""
    with tempfile.TemporaryDirectory() as directory, Supervisor() as supervisor:
        settings = Settings(data_dir=Path(directory))
        settings.directory.create()
        supervisor.start(*embedded.services(settings, durable=False))
        asyncio.run(_revise(settings, message))


async def _revise(settings: Settings, message: str) -> None:
    # The routines of today may already speak of tables that the new revision is to make.
    await prepare_async(settings, routines=False)
    import_models()
    url = settings.dsn(Role.OWNER).replace("postgresql://", "postgresql+asyncpg://", 1)
    engine = create_async_engine(url)

    def revise(connection: Connection) -> None:
        command.revision(configuration(connection), message, autogenerate=True)

    async with engine.begin() as connection:
        await connection.run_sync(revise)
    await engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit('usage: make migration NAME="what changed"')
    main(sys.argv[1])
