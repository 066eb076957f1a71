"""The whole product as one process tree: what `timcheh serve` and `timcheh demo` run."""

from collections.abc import Iterator
from contextlib import contextmanager

from timcheh.settings import Settings
from timcheh_app.services import applications, embedded
from timcheh_app.services.lock import DataDirectoryLock
from timcheh_app.services.process import Service
from timcheh_app.services.supervisor import Supervisor


class Tree:
    """The steps of a start, in order. Each returns when what it started is ready."""

    def __init__(self, settings: Settings, supervisor: Supervisor) -> None:
        self._settings = settings
        self._supervisor = supervisor

    def start_servers(self) -> None:
        """The embedded PostgreSQL and Valkey, as far as the settings want them; then migrates."""
        self._supervisor.start(*embedded.services(self._settings))
        self._prepare()

    def start_applications(self) -> None:
        """Web first, so that people are served; worker and scheduler follow."""
        applications.refuse_taken_port(self._settings)
        self._supervisor.start(applications.web(self._settings))
        self._supervisor.start(
            applications.worker(self._settings), applications.scheduler(self._settings)
        )

    def run_once(self, service: Service) -> None:
        """Runs something that ends by itself, inside the tree."""
        self._supervisor.run_to_end(service)

    def watch(self) -> None:
        """Keeps everything running; raises Stopped when asked to end."""
        self._supervisor.run()

    def _prepare(self) -> None:
        migration = applications.migration(self._settings)
        if not self._settings.embedded_database:
            self._supervisor.run_to_end(migration)
            return
        mark = applications.PreparedMark(self._settings)
        if not mark.holds():
            mark.clear()
            self._supervisor.run_to_end(migration)
            mark.set()


@contextmanager
def tree(settings: Settings) -> Iterator[Tree]:
    """A tree that owns the data directory; leaving the block stops every process.

    Raises DataDirectoryBusy when another one runs there, ServiceError when a part can't start,
    Stopped when a signal asks to end.
    """
    with DataDirectoryLock(settings.directory.lock), Supervisor() as supervisor:
        yield Tree(settings, supervisor)
