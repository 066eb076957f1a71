"""A market that tests may do anything to: it is whole again after each."""

from collections.abc import Iterator

import pytest

from tests.timcheh_app.crash.market import Market
from tests.timcheh_app.services.conftest import Serving


@pytest.fixture(scope="package")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    serving = Serving(tmp_path_factory.mktemp("crash") / "data")
    try:
        yield Market(serving)
    finally:
        if serving.started:
            assert serving.stop() == 0
