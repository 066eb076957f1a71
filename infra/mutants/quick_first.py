"""A plugin for pytest: what is quick runs first, as most mutants die of the first test that fails.

Plain examples come before properties, and those before the machines, which have hundreds of steps.
"""

import pytest

_SLOW = (
    "test_machine.py", "test_forgeries.py", "test_histories.py", "test_contention.py",
    "test_two_phase.py", "test_oracle.py", "test_lock_order.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps the order among equals: whoever killed last is asked first."""
    items.sort(key=_slowness)


def _slowness(item: pytest.Item) -> int:
    if item.path.name in _SLOW:
        return 2
    return int(getattr(getattr(item, "obj", None), "is_hypothesis_test", False))
