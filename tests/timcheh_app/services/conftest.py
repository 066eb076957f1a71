"""Trees to start, to kill and to look at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.timcheh_app.tree import Prepared, Serving


@pytest.fixture(scope="module")
def shared_tree(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A running tree for tests that leave it as whole as they found it."""
    tree = Serving(prepared.copy(tmp_path_factory.mktemp("tree") / "data"))
    tree.start()
    yield tree
    assert tree.stop() == 0


@pytest.fixture
def serving(prepared: Prepared, tmp_path: Path) -> Iterator[Serving]:
    """A tree that is not started yet; stopped and checked for leftovers afterwards."""
    tree = Serving(prepared.copy(tmp_path / "data"))
    yield tree
    if tree.started:
        tree.stop()
