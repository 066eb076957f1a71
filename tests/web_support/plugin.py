"""Fixtures for tests that look at pages in Chromium: import them in a folder's conftest.py."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from infra.shots import PATIENCE, chromium
from tests.folders import of_folder
from tests.web_support.preview import served

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def browser(request: pytest.FixtureRequest) -> Browser:
    """Chromium for a folder and no longer: while it runs, this thread can run no other loop, and
    the asynchronous tests of the same worker would fail.
    """
    return of_folder(request, chromium)


@pytest.fixture(scope="session")
def preview() -> Iterator[str]:
    """The base URL of a server with every sample page (see tests/web_support/samples.py)."""
    with served() as base:
        yield base
