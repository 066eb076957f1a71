"""pgbench: PostgreSQL's own benchmark (its default script, TPC-B, scale 50), and ours by the same
client, so that neither is measured with a heavier one."""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from timcheh.settings import SUPERUSER, Settings
from timcheh_app.services.postgres import PORT, binaries

SCALE: Final = 50
_TPS: Final = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
_PROCESSED: Final = re.compile(r"actually processed: (\d+)/(\d+)")
_DATABASE: Final = "pgbench"
_FILLED: Final = "pgbench_filled"


def prepare(servers: Settings) -> None:
    """Makes and fills the database of the yardstick, unless it is there."""
    if sql(servers, f"SELECT 1 FROM pg_database WHERE datname = '{_FILLED}'"):
        return
    sql(servers, f"DROP DATABASE IF EXISTS {_DATABASE}")
    sql(servers, f"CREATE DATABASE {_DATABASE}")
    _run(servers, "pgbench", "-U", SUPERUSER, "-i", "-q", "-s", str(SCALE), _DATABASE)
    sql(servers, f"ALTER DATABASE {_DATABASE} RENAME TO {_FILLED}")  # no half of it is used


def sql(servers: Settings, statement: str) -> str:
    """What the superuser's statement outside any of our databases answers."""
    return _run(servers, "psql", "-U", SUPERUSER, "-At", "-c", statement, "postgres").strip()


def tps(servers: Settings, clients: int, seconds: int) -> float:
    """TPC-B transactions a second with so many clients."""
    options = ["-U", SUPERUSER, "-T", str(seconds), *_clients(clients)]
    return _tps(_run(servers, "pgbench", *options, _FILLED))


def script_tps(
    servers: Settings,
    database: str,
    role: str,
    script: Path,
    *,
    clients: int,
    each: int,
    session: Sequence[str],
) -> float:
    """Runs of a script a second: `each` by each client, none failing. `session`: its settings.

    The script finds `share` (that is `each`) and a counter `i` that starts at -1.
    """
    options = ["-U", role, "-t", str(each), "-f", str(script), *_clients(clients)]
    options += ["-D", f"share={each}", "-D", "i=-1"]
    chosen = " ".join(f"-c {setting}" for setting in session)
    output = _run(servers, "pgbench", *options, database, PGOPTIONS=chosen)
    done = _PROCESSED.search(output)
    if done is None or done[1] != done[2]:
        raise RuntimeError(f"not every transaction succeeded:\n{output}")
    return _tps(output)


def _clients(clients: int) -> list[str]:
    threads = min(clients, os.cpu_count() or 1)
    return ["-M", "prepared", "-n", "-c", str(clients), "-j", str(threads)]


def _tps(output: str) -> float:
    found = _TPS.search(output)
    assert found is not None, output
    return float(found[1])


def _run(servers: Settings, program: str, *arguments: str, **more: str) -> str:
    environment = {"PGHOST": str(servers.directory.run), "PGPORT": str(PORT)} | more
    done = subprocess.run(  # noqa: S603
        [str(binaries() / program), *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{program} failed:\n{done.stderr}")
    return done.stdout
