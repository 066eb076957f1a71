"""A market that tests may do anything to: it is whole again after each."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.folders import of_folder
from tests.timcheh_app.crash.market import Market
from tests.timcheh_app.tree import Prepared, Serving


@pytest.fixture
def market(
    request: pytest.FixtureRequest, prepared: Prepared, tmp_path_factory: pytest.TempPathFactory
) -> Market:
    @contextmanager
    def open_market() -> Iterator[Market]:
        serving = Serving(prepared.copy(tmp_path_factory.mktemp("crash") / "data"))
        try:
            yield Market(serving)
        finally:
            if serving.started:
                assert serving.stop() == 0

    return of_folder(request, open_market)
