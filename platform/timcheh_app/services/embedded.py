"""The embedded servers for as long as a block runs: for commands and tests, without restarts."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from timcheh.settings import Settings
from timcheh_app.errors import ServiceError
from timcheh_app.services import postgres, valkey
from timcheh_app.services.applications import PreparedMark
from timcheh_app.services.lock import DataDirectoryBusy, DataDirectoryLock
from timcheh_app.services.process import Service
from timcheh_app.services.supervisor import Supervisor

log = logging.getLogger(__name__)

_PATIENCE_SECONDS = 60.0


def services(settings: Settings, *, durable: bool = True) -> list[Service]:
    """The embedded servers that these settings ask for."""
    wanted = []
    if settings.embedded_database:
        wanted.append(postgres.service(settings, durable=durable))
    if settings.embedded_redis:
        wanted.append(valkey.service(settings, durable=durable))
    return wanted


@contextmanager
def running(settings: Settings) -> Iterator[None]:
    """Inside the block the database and the queue answer.

    Uses the servers of a running `timcheh serve` on the same data directory, else starts the
    embedded ones and stops them afterwards. Raises ServiceError.
    """
    wanted = services(settings)
    if not wanted:
        yield
        return
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            lock = DataDirectoryLock(settings.directory.lock).__enter__()
        except DataDirectoryBusy:
            if all(service.ready(_recorded_pid(settings)) for service in wanted):
                yield  # a running `serve` owns them
                return
        else:
            try:
                with Supervisor() as supervisor:
                    supervisor.start(*wanted)
                    supervisor.release_signals()
                    yield
                return
            finally:
                lock.__exit__(None, None, None)
        if time.monotonic() > deadline:
            raise ServiceError(
                f"{settings.data_dir} is in use, but its database does not answer.\n"
                f"Mend: look into {settings.directory.log}, or stop the running `timcheh serve`."
            )
        time.sleep(0.1)


@contextmanager
def prepared(settings: Settings) -> Iterator[None]:
    """As `running`, with the schema migrated to this version."""
    from timcheh_app.database import prepare

    with running(settings):
        mark = PreparedMark(settings)
        if not settings.embedded_database:
            prepare(settings)
        elif not mark.holds():
            prepare(settings)
            mark.set()
        yield


def _recorded_pid(settings: Settings) -> int:
    """The process id that PostgreSQL recorded; 0 when it doesn't run."""
    try:
        text = (settings.directory.postgres / "postmaster.pid").read_text("utf-8")
        return int(text.splitlines()[0])
    except (OSError, ValueError, IndexError):
        return 0
