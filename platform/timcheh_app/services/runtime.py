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
        self._mark = applications.PreparedMark(settings)

    def start(self) -> None:
        """Servers, migration, applications. The fast way when there is nothing to migrate."""
        if self._settings.embedded_database and self._mark.holds():
            applications.refuse_taken_port(self._settings)
            self._supervisor.launch(*embedded.services(self._settings))
            # It imports for longer than the servers take to answer, so it needn't wait for them.
            self._supervisor.start(applications.web(self._settings))
            self._start_background()
        else:
            self.start_servers()
            self.start_applications()

    def start_servers(self) -> None:
        """The embedded PostgreSQL and Valkey, as far as the settings want them; then migrates."""
        self._supervisor.start(*embedded.services(self._settings))
        if self._settings.embedded_database and self._mark.holds():
            return
        self._mark.clear()
        self._supervisor.run_to_end(applications.migration(self._settings))
        if self._settings.embedded_database:
            self._mark.set()

    def start_applications(self) -> None:
        """Web first, so that people are served; worker and scheduler follow."""
        applications.refuse_taken_port(self._settings)
        self._supervisor.start(applications.web(self._settings))
        self._start_background()

    def _start_background(self) -> None:
        self._supervisor.start(
            applications.worker(self._settings), applications.scheduler(self._settings)
        )

    def run_once(self, service: Service) -> None:
        """Runs something that ends by itself, inside the tree."""
        self._supervisor.run_to_end(service)

    def watch(self) -> None:
        """Keeps everything running; raises Stopped when asked to end."""
        self._supervisor.run()


@contextmanager
def tree(settings: Settings) -> Iterator[Tree]:
    """A tree that owns the data directory; leaving the block stops every process.

    Raises DataDirectoryBusy when another one runs there, ServiceError when a part can't start,
    Stopped when a signal asks to end.
    """
    with DataDirectoryLock(settings.directory.lock), Supervisor() as supervisor:
        yield Tree(settings, supervisor)
