"""PostgreSQL's own benchmark (pgbench's default script, TPC-B), prepared, scale 50."""

import os
import re
import subprocess

from timcheh.settings import Settings
from timcheh_app.services.postgres import PORT, binaries

SCALE = 50
_TPS = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
_DATABASE = "pgbench"


def _run(settings: Settings, *arguments: str) -> str:
    environment = os.environ | {"PGHOST": str(settings.directory.run), "PGPORT": str(PORT)}
    done = subprocess.run(  # noqa: S603
        [str(binaries() / arguments[0]), *arguments[1:]],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def prepare(settings: Settings) -> None:
    """Makes and fills the database of the yardstick."""
    _run(settings, "psql", "-U", "postgres", "-c", f"CREATE DATABASE {_DATABASE}", "postgres")
    _run(settings, "pgbench", "-U", "postgres", "-i", "-q", "-s", str(SCALE), _DATABASE)


def tps(settings: Settings, clients: int, seconds: int) -> float:
    """Transactions a second with so many clients."""
    threads = min(clients, os.cpu_count() or 1)
    output = _run(
        settings,
        "pgbench",
        "-U",
        "postgres",
        "-M",
        "prepared",
        "-n",
        "-c",
        str(clients),
        "-j",
        str(threads),
        "-T",
        str(seconds),
        _DATABASE,
    )
    found = _TPS.search(output)
    assert found is not None
    return float(found[1])
