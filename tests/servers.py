"""One PostgreSQL and one Valkey in a directory of their own, with a migrated template database."""

import asyncio
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import asyncpg
import pytest

from timcheh.db import Role
from timcheh.settings import Settings, load_settings

# Names the directory of servers that run already: whoever sets it owns them.
VARIABLE = "PYTEST_TIMCHEH_SERVERS"


class Servers:
    """The servers and the migrated template, in a directory of their own."""

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="timcheh-tests-"))
        self._stack = ExitStack()

    def start(self) -> None:
        from timcheh_app.database import prepare
        from timcheh_app.services import embedded
        from timcheh_app.services.supervisor import Supervisor

        settings = isolated_settings(self.directory)
        supervisor = self._stack.enter_context(Supervisor())
        supervisor.start(*embedded.services(settings, durable=False))
        supervisor.release_signals()
        prepare(settings)

    @property
    def template_dsn(self) -> str:
        """The superuser's way into the template, which can be cloned while nobody is connected."""
        return isolated_settings(self.directory).superuser_dsn

    def stop(self) -> None:
        self._stack.close()
        shutil.rmtree(self.directory, ignore_errors=True)


def isolated_settings(directory: Path, **overrides: object) -> Settings:
    """Settings that nothing in the developer's environment can bend."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("TIMCHEH_")]:
            patch.delenv(name)
        return load_settings(data_dir=directory, **overrides)


def clone(servers: Settings, worker_id: str, directory: Path, name: str = "") -> Settings:
    """Settings on a clone of the template, made anew: a worker has one of each name.

    Its queue is the worker's, its data directory is `directory`.
    """
    database = f"test_{worker_id}{name and '_' + name}"
    asyncio.run(_clone(servers, database))
    number = int(worker_id.removeprefix("gw")) + 1 if worker_id.startswith("gw") else 0
    return isolated_settings(
        directory,
        database_url=f"postgresql://postgres@/{database}?host={quote(str(servers.directory.run))}",
        redis_url=servers.redis_url.replace("db=0", f"db={number}"),
        dev_inbox=True,
    )


async def _clone(servers: Settings, name: str) -> None:
    connection = await asyncpg.connect(servers.superuser_dsn.replace("/timcheh?", "/postgres?"))
    try:
        await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE timcheh OWNER timcheh_owner")
        # A clone doesn't take over the template's own access list.
        await connection.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
        await connection.execute(f"GRANT CONNECT ON DATABASE {name} TO {', '.join(Role)}")
    finally:
        await connection.close()
