"""No room left: whoever asks is told so in the usual form, nothing is lost, and it mends itself."""

import asyncio
import contextlib
import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from tests.timcheh_app.crash.market import Market
from tests.timcheh_app.crash.test_rounds import patience
from tests.timcheh_app.tree import Prepared, Serving, wait_until


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for a new database and little more."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only root, and not in every container, may mount a file system")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.fixture
def small_market(prepared: Prepared, small_disk: Path) -> Iterator[Market]:
    serving = Serving(prepared.copy(small_disk / "data"))
    try:
        yield Market(serving)
    finally:
        assert serving.stop() == 0


def fill(file: Path) -> None:
    """Takes every byte that is left."""
    with file.open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
        while ballast.write(bytes(65536)):
            pass


async def fill_disk(market: Market, ballast: Path) -> None:
    """No room is left, and the next commit needs some: it would find it in the log's last file."""
    connection = await market.connect()  # afterwards not even that is sure
    fill(ballast)
    with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError):
        await connection.execute("SELECT pg_switch_wal()")
    connection.terminate()


def test_a_full_disk_loses_nothing_and_ends_with_it(small_market: Market, small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    with small_market.load() as load:
        load.await_sale(time.monotonic(), patience())
        asyncio.run(fill_disk(small_market, ballast))
        wait_until(lambda: len(load.sales.failures) >= 10)
        ballast.unlink()
        seconds = load.await_sale(time.monotonic(), patience())
    for status, body in load.sales.failures:
        problem = json.loads(body)
        assert (status, problem["status"]) == (503, 503)
        assert problem["code"] in {"unavailable", "outcome_unknown"}
    print(f"\n{len(load.sales.failures)} refused meanwhile; {seconds:.1f} s after there was room")
    small_market.account_for(load.sales)
    small_market.prove()
