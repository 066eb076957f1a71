"""kill -9 of every part of the running product while tills sell: nothing lost, nothing twice."""

import os
import time
from collections import defaultdict
from collections.abc import Callable
from statistics import median

from tests.hypotheses import rounds
from tests.timcheh_app.crash.load import Load
from tests.timcheh_app.crash.market import Market
from tests.timcheh_app.crash.victims import PARTS, ROOTS
from tests.timcheh_app.tree import Serving, alive, wait_until
from timcheh_app.services.leftovers import users_of

SERVING_AGAIN_SECONDS = 10.0


def patience() -> float:
    """The bound, in proportion where other processes take the machine away from us."""
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    return SERVING_AGAIN_SECONDS * max(1.0, busy)


class Times:
    """Seconds from each kill to the first sale that was asked for after it and answered."""

    def __init__(self) -> None:
        self._seconds: dict[str, list[float]] = defaultdict(list)

    def note(self, victim: str, seconds: float) -> None:
        self._seconds[victim].append(seconds)

    def __str__(self) -> str:
        lines = [f"\n{'killed':26}{'times':>6}{'median':>9}{'longest':>9}  s until a sale"]
        lines += [
            f"{victim:26}{len(found):6}{median(found):9.2f}{max(found):9.2f}"
            for victim, found in self._seconds.items()
        ]
        return "\n".join(lines)


def kill_each_part(market: Market, load: Load, times: Times) -> None:
    for victim in PARTS:
        wait_until(lambda victim=victim: victim.lives(market.serving))  # type: ignore[misc]
        victim.kill(market.serving)
        times.note(victim.name, load.await_sale(time.monotonic(), patience()))


def kill_root(
    market: Market, load: Load, times: Times, name: str, kill: Callable[[Serving], None]
) -> None:
    processes = market.serving.processes()
    kill(market.serving)
    killed_at = time.monotonic()
    wait_until(lambda: not any(alive(pid) for pid in processes), seconds=15)
    assert list(users_of(market.serving.data_dir)) == []
    market.serving.start()
    times.note(name, load.await_sale(killed_at, patience()))


def test_whatever_is_killed_no_sale_is_lost_and_none_repeated(market: Market) -> None:
    """A round: each part in turn, then the root of the tree, then all at once."""
    times = Times()
    for _ in range(rounds(ci=3, nightly=20, quick=1)):
        with market.load() as load:
            load.await_sale(time.monotonic(), patience())
            kill_each_part(market, load, times)
            for name, kill in ROOTS.items():
                kill_root(market, load, times, name, kill)
        assert load.sales.unanswered, "nothing was under way when it was killed"
        market.account_for(load.sales)
    market.prove()
    print(times)  # `pytest -n 0 -s` shows it
