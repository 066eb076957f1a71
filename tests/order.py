"""Who runs what: heavy tests first and dealt out by weight, so that all workers end together.

pytest-xdist gives each worker a run of tests as long as the others' and lets who is idle steal from
the ends. In the order of their names the heaviest come last, and one worker sits on them alone.
"""

from collections.abc import Sequence

import pytest

# Seconds on two quiet cores, roughly. What shares an expensive fixture stands together.
HEAVY = {
    "tests/timcheh_app/crash/": 70,
    "tests/look/": 70,
    "tests/e2e/": 80,
    "tests/timcheh_app/services/": 45,
    "tests/timcheh_app/demo/": 40,
    "tests/timcheh/ledger/test_machine.py": 15,
    "tests/timcheh_app/hostile/": 30,
    "tests/isolation/": 25,
    "tests/api/": 50,
    "tests/timcheh_app/cli/": 20,
    "tests/timcheh/rules/": 10,
}


def dealt(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """All items, in as many equal runs as there are workers, each with its heavy ones first."""
    heavy: list[list[pytest.Item]] = [[] for _ in range(workers)]
    seconds = [0] * workers
    for path, weight in sorted(HEAVY.items(), key=lambda entry: -entry[1]):
        least = seconds.index(min(seconds))
        heavy[least] += [item for item in items if item.nodeid.startswith(path)]
        seconds[least] += weight
    light = [item for item in items if not item.nodeid.startswith(tuple(HEAVY))]
    found: list[pytest.Item] = []
    for worker, mine in enumerate(heavy):
        length = (len(items) - len(found)) // (workers - worker)
        more = max(0, length - len(mine))
        found += [*mine, *light[:more]]
        light = light[more:]
    return [*found, *light]
