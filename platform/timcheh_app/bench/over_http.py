"""Whole purchases over HTTP, and what they cost whom."""

import asyncio
import subprocess
import sys
from urllib.parse import urlsplit

import asyncpg
import msgspec

from timcheh_app.bench.client import Load, Task
from timcheh_app.bench.mall import Mall
from timcheh_app.bench.processes import cpu_seconds
from timcheh_app.bench.servers import Servers

_WARM_SECONDS = 1.0
_PATIENCE_SECONDS = 60.0


def load(mall: Mall, connections: int, seconds: float, *, dry_run: bool = False) -> Load:
    """Runs the client; its purchases are visits that nobody has made. A dry run makes none."""
    address = urlsplit(mall.installation.url)
    assert address.hostname is not None
    assert address.port is not None
    task = Task(
        mall.world, address.hostname, address.port, connections, seconds, mall.begun, dry_run
    )
    done = subprocess.run(
        [sys.executable, "-m", "timcheh_app.bench.client"],
        input=msgspec.json.encode(task),
        stdout=subprocess.PIPE,
        check=True,
        timeout=seconds + _PATIENCE_SECONDS,
    )
    found = msgspec.json.decode(done.stdout, type=Load)
    if not dry_run:
        mall.take(found.count)
    return found


def measure(servers: Servers, mall: Mall, connections: int, seconds: float) -> dict[str, float]:
    """Purchases a second with their latencies; for 16 connections also what each costs."""
    load(mall, connections, _WARM_SECONDS)
    before = _spent(servers, mall)
    found = load(mall, connections, seconds)
    after = _spent(servers, mall)
    figures = {
        f"http_{connections}": found.per_second,
        f"http_{connections}_p50_ms": found.p50_ms,
        f"http_{connections}_p99_ms": found.p99_ms,
    }
    if connections == 16:
        figures |= {name: (after[name] - before[name]) / found.count for name in before}
        figures["cpu_client_us"] = found.cpu_us
    return figures


def quotes(mall: Mall, connections: int, seconds: float) -> dict[str, float]:
    """Dry runs a second: a till that asks what a purchase would come to."""
    return {f"quote_http_{connections}": load(mall, connections, seconds, dry_run=True).per_second}


def _spent(servers: Servers, mall: Mall) -> dict[str, float]:
    """CPU in microseconds, WAL and disk in bytes, so far."""
    pids = servers.pids(mall.installation)
    used = {f"cpu_{who}_us": cpu_seconds(roots) * 1e6 for who, roots in pids.items()}
    return used | asyncio.run(_written(mall.installation.settings.superuser_dsn))


async def _written(dsn: str) -> dict[str, float]:
    connection = await asyncpg.connect(dsn)
    try:
        row = await connection.fetchrow(
            "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float AS wal_bytes,"
            " pg_database_size(current_database())::float AS disk_bytes"
        )
        return dict(row)
    finally:
        await connection.close()
