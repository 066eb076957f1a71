"""One PostgreSQL and one Valkey (fsync on), and over them an installation for each mall.

Both malls run all the time on the same servers, each with its own database, web server, worker and
scheduler, so that one can be measured right after the other.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import quote

from timcheh.db import Database, Role
from timcheh.settings import SUPERUSER, Settings, load_settings
from timcheh_app.bench import statements
from timcheh_app.services import applications, embedded
from timcheh_app.services.process import Service
from timcheh_app.services.supervisor import Supervisor

T = TypeVar("T")


@dataclass(frozen=True)
class Installation:
    """A database of the product with the processes over it."""

    name: str
    settings: Settings

    @property
    def url(self) -> str:
        return f"http://{self.settings.host}:{self.settings.port}"

    def run(self, work: Callable[[Database], Awaitable[T]]) -> T:
        """Does something with its database from this process."""

        async def with_database() -> T:
            database = Database({role: self.settings.dsn(role) for role in Role})
            try:
                return await work(database)
            finally:
                await database.stop()

        return asyncio.run(with_database())


class Servers(AbstractContextManager["Servers"]):
    """The embedded servers in a directory, with every installation that is opened on them."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._supervisor = Supervisor()
        self._base = _settings(directory / "servers")

    def __enter__(self) -> Self:
        self._supervisor.__enter__()
        self._supervisor.start(*map(_counting, embedded.services(self._base)))
        self._supervisor.release_signals()
        statements.off(self._base)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._supervisor.__exit__(kind, error, trace)

    @property
    def settings(self) -> Settings:
        """Of the servers themselves."""
        return self._base

    def open(self, name: str, number: int) -> Installation:
        """A migrated database `name`; `number` is its database of Valkey's. Nothing runs yet."""
        socket = quote(str(self._base.directory.run))
        settings = _settings(
            self.directory / name,
            database_url=f"postgresql://{SUPERUSER}@/{name}?host={socket}",
            redis_url=self._base.redis_url.replace("db=0", f"db={number}"),
        )
        self._supervisor.run_to_end(applications.migration(settings))
        return Installation(name, settings)

    def start_web(self, installation: Installation) -> None:
        """Its web server."""
        self._start(installation, applications.web)

    def start_background(self, installation: Installation) -> None:
        """Its worker and its scheduler."""
        self._start(installation, applications.worker, applications.scheduler)

    def pids(self, installation: Installation) -> dict[str, list[int]]:
        """The roots of the process trees: the web server, PostgreSQL, and all else."""
        found = self._supervisor.pids()
        own = {
            service: found[f"{installation.name} {service}"]
            for service in ("web", "worker", "scheduler")
            if f"{installation.name} {service}" in found
        }
        background = [pid for service, pid in own.items() if service != "web"]
        return {
            "server": [own["web"]],
            "postgres": [found["postgresql"]],
            "background": [*background, found["valkey"]],
        }

    def _start(self, installation: Installation, *kinds: Callable[[Settings], Service]) -> None:
        services = [kind(installation.settings) for kind in kinds]
        self._supervisor.start(
            *(replace(each, name=f"{installation.name} {each.name}") for each in services)
        )
        self._supervisor.release_signals()


def _counting(service: Service) -> Service:
    if service.name != "postgresql":
        return service
    return replace(service, command=[*service.command, *statements.PRELOAD])


def _settings(directory: Path, **more: object) -> Settings:
    directory.mkdir(parents=True, exist_ok=True)
    return load_settings(
        data_dir=directory,
        port=applications.free_port("127.0.0.1"),
        api_requests_per_minute=10**9,
        **more,
    )
