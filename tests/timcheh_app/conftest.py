"""What all tests of the running product share."""

import os

import pytest

from tests.timcheh_app.tree import Prepared


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Copies of a data directory that was started once: a first start takes seconds of CPU."""
    mine = tmp_path_factory.getbasetemp()
    return Prepared((mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine) / "prepared")
