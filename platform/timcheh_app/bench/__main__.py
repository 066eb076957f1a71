"""Runs the benchmark: `python -m timcheh_app.bench [--quick]`. The last line is JSON."""

import argparse
import asyncio
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg

from timcheh.db import Database, Role
from timcheh.settings import Settings, load_settings
from timcheh_app.bench import in_database, over_http, yardstick
from timcheh_app.bench.processes import cpu_seconds
from timcheh_app.bench.world import World, build
from timcheh_app.services import applications, embedded
from timcheh_app.services.supervisor import Supervisor

Figures = dict[str, list[float]]


def main() -> int:
    """Measures in rounds, everything interleaved, and prints the medians."""
    parser = argparse.ArgumentParser(prog="python -m timcheh_app.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under three minutes")
    quick = parser.parse_args().quick
    rounds, seconds = (2, 5) if quick else (4, 12)
    with tempfile.TemporaryDirectory(prefix="timcheh-bench-") as directory:
        settings = load_settings(
            data_dir=Path(directory),
            port=applications.free_port("127.0.0.1"),
            api_requests_per_minute=10**9,
        )
        with Supervisor() as supervisor:
            supervisor.start(*embedded.services(settings))
            supervisor.run_to_end(applications.migration(settings))
            supervisor.start(
                applications.web(settings),
                applications.worker(settings),
                applications.scheduler(settings),
            )
            supervisor.release_signals()
            figures = measure(settings, supervisor, rounds, seconds)
    print(json.dumps(_summary(figures, rounds)))
    return 0


def measure(settings: Settings, supervisor: Supervisor, rounds: int, seconds: int) -> Figures:
    """Every figure of every round."""
    yardstick.prepare(settings)
    world = asyncio.run(_with_database(settings, build))
    figures: Figures = {}
    for number in range(rounds):
        for clients in (1, 4, 16):
            _keep(figures, f"tpcb_{clients}", yardstick.tps(settings, clients, seconds))
        _keep(figures, "confirm_db_4", _in_database(settings, world, pair=False))
        _keep(figures, "pair_db_4", _in_database(settings, world, pair=True))
        for connections in (16, 64):
            _over_http(figures, settings, supervisor, world, connections, seconds)
        _say(f"round {number + 1} of {rounds}: " + _brief(figures))
    return figures


def _in_database(settings: Settings, world: World, *, pair: bool) -> float:
    async def run(database: Database) -> float:
        return await in_database.tps(database, world, 4, 2_000, pair=pair)

    return float(asyncio.run(_with_database(settings, run)))


def _over_http(
    figures: Figures,
    settings: Settings,
    supervisor: Supervisor,
    world: World,
    connections: int,
    seconds: int,
) -> None:
    url = f"http://127.0.0.1:{settings.port}"
    pids = supervisor.pids()
    asyncio.run(over_http.measure(world, url, connections, 1))  # warm
    before = _counters(settings) | _cpu(pids)
    load = asyncio.run(over_http.measure(world, url, connections, seconds))
    after = _counters(settings) | _cpu(pids)
    spent = {name: (after[name] - before[name]) / load.count for name in before}
    _keep(figures, f"http_{connections}", load.per_second)
    if connections == 16:
        _keep(figures, "http_16_p50_ms", load.p50_ms)
        _keep(figures, "http_16_p99_ms", load.p99_ms)
        _keep(figures, "cpu_server_us", spent["web"] * 1e6)
        _keep(figures, "cpu_postgres_us", spent["postgresql"] * 1e6)
        _keep(figures, "round_trips", spent["commits"])
        _keep(figures, "wal_bytes", spent["wal"])
        _keep(figures, "disk_bytes", spent["disk"])


def _cpu(pids: dict[str, int]) -> dict[str, float]:
    return {name: cpu_seconds([pids[name]]) for name in ("web", "postgresql")}


def _counters(settings: Settings) -> dict[str, float]:
    """Transactions, WAL and disk so far; each call of the purchase path is one transaction."""

    async def read() -> dict[str, float]:
        connection = await asyncpg.connect(settings.superuser_dsn)
        try:
            # Backends report what they did at most once a second.
            await asyncio.sleep(1.2)
            row = await connection.fetchrow(
                "SELECT xact_commit::float AS commits,"
                " pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float AS wal,"
                " pg_database_size(current_database())::float AS disk"
                " FROM pg_stat_database WHERE datname = current_database()"
            )
            return dict(row)
        finally:
            await connection.close()

    return asyncio.run(read())


async def _with_database(settings: Settings, work: Callable[[Database], Any]) -> Any:
    database = Database({role: settings.dsn(role) for role in Role})
    try:
        return await work(database)
    finally:
        await database.stop()


def _keep(figures: Figures, name: str, value: float) -> None:
    figures.setdefault(name, []).append(value)


def _brief(figures: Figures) -> str:
    return ", ".join(f"{name} {values[-1]:,.0f}" for name, values in figures.items())


def _say(text: str) -> None:
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


def _summary(figures: Figures, rounds: int) -> dict[str, Any]:
    found: dict[str, Any] = {name: round(median(values), 2) for name, values in figures.items()}
    return found | {
        "rounds": rounds,
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
    }


if __name__ == "__main__":
    raise SystemExit(main())
