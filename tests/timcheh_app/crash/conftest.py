"""A market that tests may do anything to: it is whole again after each."""

from collections.abc import Iterator

import pytest

from tests.timcheh_app.crash.market import Market
from tests.timcheh_app.tree import Prepared, Serving


@pytest.fixture(scope="package")
def market(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    serving = Serving(prepared.copy(tmp_path_factory.mktemp("crash") / "data"))
    try:
        yield Market(serving)
    finally:
        if serving.started:
            assert serving.stop() == 0
