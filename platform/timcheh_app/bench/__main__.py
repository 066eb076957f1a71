"""Runs the benchmark: `python -m timcheh_app.bench [--quick] [--pages]`. The last line is JSON.

Exit status 1 if a page is over its budget.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from timcheh_app.bench import (
    backtest,
    imports,
    in_database,
    ledger_work,
    over_http,
    pages,
    replay,
    round_trips,
    segments,
    yardstick,
)
from timcheh_app.bench.figures import Figures, machine
from timcheh_app.bench.mall import Mall
from timcheh_app.bench.malls import open_mall
from timcheh_app.bench.say import say
from timcheh_app.bench.servers import Servers
from timcheh_app.demo.source import DemoDataMissing

GROWN: Final = "grown_"
_CONNECTIONS: Final = (16, 64)


@dataclass(frozen=True)
class Size:
    """How much is measured; a member has ten ledger entries on average."""

    rounds: int
    seconds: int
    purchases: int
    small_members: int
    grown_members: int
    expired_lots: int
    views: int
    imported_rows: int
    segment_customers: int
    backtest_weeks: int


QUICK: Final = Size(2, 3, 1_600, 10_000, 50_000, 5_000, 30, 10_000, 100_000, 4)
FULL: Final = Size(5, 10, 8_000, 10_000, 1_000_000, 100_000, 100, 100_000, 100_000, 52)


def main() -> int:
    """Measures in rounds, everything interleaved, and prints the medians."""
    parser = argparse.ArgumentParser(prog="python -m timcheh_app.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few minutes, a smaller mall")
    parser.add_argument(
        "--data-dir", type=Path, help="keep the malls here, and use those that are here already"
    )
    parser.add_argument("--members", type=int, help="of the grown mall")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--pages", action="store_true", help="the pages' budgets and nothing else")
    size = _size(options := parser.parse_args())
    figures = Figures()
    with _directory(options.data_dir) as directory, Servers(directory) as servers:
        if options.pages:
            grown = _grown(servers, size)
            servers.start_web(grown.installation)
            over = _pages(grown, size, figures)
        else:
            over = measure(servers, size, figures)
    alone = options.pages
    print(json.dumps(figures.medians(GROWN) | machine() if alone else _summary(figures, size)))
    return 1 if over else 0


def _size(options: argparse.Namespace) -> Size:
    size = QUICK if options.quick else FULL
    if options.members:
        size = replace(
            size,
            grown_members=options.members,
            expired_lots=min(size.expired_lots, options.members // 10),
        )
    return replace(size, rounds=options.rounds) if options.rounds else size


@contextmanager
def _directory(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="timcheh-bench-") as directory:
        yield Path(directory)


def measure(servers: Servers, size: Size, figures: Figures) -> list[str]:
    """Every figure: first what needs quiet databases, then the rounds, then the long work.

    Returns what is over its budget.
    """
    say("pgbench's tables")
    yardstick.prepare(servers.settings)
    small = open_mall(servers, "small", 1, size.small_members)
    grown = _grown(servers, size)
    for mall in (small, grown):
        servers.start_web(mall.installation)
    say("round trips")
    figures.keep(round_trips.measure(small, size.seconds))
    over = _pages(grown, size, figures)
    for mall in (small, grown):
        servers.start_background(mall.installation)
    _rounds(servers, small, grown, size, figures)
    _history(servers, size, figures)
    say("import")
    figures.keep(imports.measure(small, size.imported_rows))
    say("segments")
    figures.keep(segments.measure(small, size.segment_customers))
    say("expiry and proof")
    figures.keep({"expiry_s": ledger_work.expire(grown, size.expired_lots)}, GROWN)
    figures.keep({"proof_s": ledger_work.prove(grown)}, GROWN)
    return over


def _grown(servers: Servers, size: Size) -> Mall:
    return open_mall(servers, f"grown_{size.grown_members}", 2, size.grown_members)


def _pages(grown: Mall, size: Size, figures: Figures) -> list[str]:
    say("pages")
    found, over = pages.measure(grown, size.views)
    figures.keep(found, GROWN)
    for each in over:
        say(f"over its budget: {each}")
    return over


def _rounds(servers: Servers, small: Mall, grown: Mall, size: Size, figures: Figures) -> None:
    began = time.monotonic()
    for number in range(size.rounds):
        for clients in (1, 4, 16):
            tps = yardstick.tps(servers.settings, clients, size.seconds)
            figures.keep({f"tpcb_{clients}": tps})
        # The two malls in turns, and now one, now the other first: neither always finds the
        # caches as the other left them.
        for mall in (small, grown) if number % 2 == 0 else (grown, small):
            prefix = GROWN if mall is grown else ""
            figures.keep(in_database.measure(servers, mall, size.purchases), prefix)
        for connections in _CONNECTIONS:
            for mall in (small, grown) if number % 2 == 0 else (grown, small):
                prefix = GROWN if mall is grown else ""
                found = over_http.measure(servers, mall, connections, size.seconds)
                figures.keep(found, prefix)
        figures.keep(over_http.quotes(small, 16, size.seconds))
        left = (time.monotonic() - began) / (number + 1) * (size.rounds - number - 1)
        say(f"round {number + 1} of {size.rounds}, {left:.0f} s left: {figures.newest()}")


def _history(servers: Servers, size: Size, figures: Figures) -> None:
    """What takes the real history."""
    try:
        say("replay")
        figures.keep(replay.measure(servers.open("replay", 3), weeks=1))
        say("back-tests")
        figures.keep(backtest.measure(servers.open("backtest", 4), size.backtest_weeks))
    except DemoDataMissing as error:
        say(str(error))


def _summary(figures: Figures, size: Size) -> dict[str, Any]:
    for name, part, whole in (
        ("confirm_ratio", "confirm_db_4", "tpcb_4"),
        ("pair_ratio", "pair_db_4", "tpcb_4"),
        ("http_16_ratio", "http_16", "tpcb_16"),
        ("http_64_ratio", "http_64", "tpcb_16"),
        (f"{GROWN}confirm_ratio", f"{GROWN}confirm_db_4", "confirm_db_4"),
        (f"{GROWN}ratio", f"{GROWN}http_16", "http_16"),
        (f"{GROWN}http_64_ratio", f"{GROWN}http_64", "http_64"),
    ):
        figures.ratio(name, part, whole)
    grown = figures.medians(GROWN)
    found: dict[str, Any] = figures.medians(without=GROWN)
    found["small"] = {"members": size.small_members, "entries": size.small_members * 10}
    found["grown"] = {
        "members": size.grown_members,
        "entries": size.grown_members * 10,
        "expired_lots": size.expired_lots,
    } | grown
    if size.grown_members == FULL.grown_members:  # names that mean this size and no other
        found["grown_ratio"] = grown["ratio"]
        found["proof_10m_s"] = grown["proof_s"]
        found["expiry_100k_s"] = grown["expiry_s"]
    return found | {"rounds": size.rounds} | machine()


if __name__ == "__main__":
    sys.exit(main())
