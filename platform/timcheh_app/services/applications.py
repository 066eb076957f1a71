"""Our own processes as services: web, worker, scheduler, and the migration before them."""

import hashlib
import http.client
import resource
import shutil
import socket
import sys
from collections.abc import Mapping
from typing import Final

from timcheh.settings import Settings
from timcheh_app.errors import ServiceError
from timcheh_app.services.process import Service

CONNECTIONS: Final = 8192
"""Open at a time in one web process. An idle one takes some 15 kB."""


def web(settings: Settings) -> Service:
    """Granian with the ASGI application; a worker of its that dies is started again by it."""
    host, port = settings.host, settings.port
    options = {
        "interface": "asgi",
        "host": host,
        "port": str(port),
        "workers": str(settings.web_workers),
        "loop": "uvloop",
        "http": "1",
        "backlog": "2048",
        # Connections in all, idle and slow ones too; beyond them nobody gets in. Granian's own
        # number is the backlog's. Headers have 30 seconds, and idle connections too.
        "backpressure": str(CONNECTIONS),
        "http1-buffer-size": str(64 * 1024),  # for headers: 400 kB if not said
        "log-level": "warning",
        "workers-kill-timeout": "8",
        "respawn-interval": "0.5",
    }
    # Where the processes of the web server add up their metrics; figures of an earlier start go.
    metrics = settings.directory.state / "metrics"

    def before_start() -> None:
        shutil.rmtree(metrics, ignore_errors=True)
        metrics.mkdir(mode=0o700)

    shared = {"PROMETHEUS_MULTIPROC_DIR": str(metrics)} if settings.web_workers > 1 else {}
    flags = ["--factory", "--no-ws", "--respawn-failed-workers"]
    return Service(
        name="web",
        command=_python(
            "granian",
            *flags,
            *(part for name, value in options.items() for part in (f"--{name}", value)),
            "timcheh_app.asgi:create_app",
        ),
        environment=settings.environment() | shared,
        before_start=before_start,
        in_child=_allow_connections,
        ready=lambda _: _is_healthy(host, port),
    )


def _allow_connections() -> None:
    """As many open files as the connections take, where the system lets us: 1,024 is usual."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + 512
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def worker(settings: Settings) -> Service:
    """Runs what the outbox and the queue hold."""
    return Service(
        "worker", _python("timcheh_app.worker"), settings.environment(), grace_seconds=20
    )


def scheduler(settings: Settings) -> Service:
    """Wakes what has become due."""
    return Service("scheduler", _python("timcheh_app.scheduler"), settings.environment())


def migration(settings: Settings) -> Service:
    """`timcheh_app.database.prepare`, in a process that ends and takes its imports with it."""
    return Service("migration", _python("timcheh_app.database"), settings.environment())


def refuse_taken_port(settings: Settings) -> None:
    """Raises ServiceError when something else listens where the web server is to listen."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise ServiceError(
                f"{settings.host}:{settings.port} can't be listened on: {error.strerror}.\n"
                "Mend: choose another --port (TIMCHEH_PORT), or stop what uses this one."
            ) from None


def free_port(host: str) -> int:
    """A port that nothing uses at this moment (for `--port 0`)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


class PreparedMark:
    """Remembers which code prepared the embedded database, so that a plain restart starts fast.

    The mark holds a digest of the sources that make the schema and of the cluster's identity; any
    change of either means preparing again, which is idempotent.
    """

    def __init__(self, settings: Settings) -> None:
        self._file = settings.directory.state / "prepared"
        self._cluster = settings.directory.postgres

    def holds(self) -> bool:
        """Whether this code prepared this cluster."""
        try:
            return self._file.read_text("ascii") == self._digest()
        except FileNotFoundError:  # no mark yet, or no cluster
            return False

    def set(self) -> None:
        self._file.write_text(self._digest(), "ascii")

    def clear(self) -> None:
        self._file.unlink(missing_ok=True)

    def _digest(self) -> str:
        digest = hashlib.sha256()
        control = (self._cluster / "global" / "pg_control").read_bytes()
        digest.update(control[:8])  # the system identifier, made by initdb
        for path, state in sorted(_sources().items()):
            digest.update(f"{path}\0{state}\0".encode())
        return digest.hexdigest()


def _sources() -> Mapping[str, str]:
    """Size and time of every file of ours that could change the schema."""
    from timcheh_app.modules import KERNEL, ROOTS, folder

    found = {}
    for package in (KERNEL, *ROOTS, "timcheh_app"):
        for pattern in ("*.py", "*.sql"):
            for path in folder(package).rglob(pattern):
                status = path.stat()
                found[str(path)] = f"{status.st_size} {status.st_mtime_ns}"
    return found


def _is_healthy(host: str, port: int) -> bool:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = http.client.HTTPConnection(reachable, port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]
