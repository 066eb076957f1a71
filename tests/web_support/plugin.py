"""Fixtures for tests that look at pages in Chromium: import them in a folder's conftest.py."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from infra.shots import chromium
from tests.web_support.preview import served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium for a module and no longer: while it runs, this thread can run no other loop, and
    the asynchronous tests of the same worker would fail.
    """
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def preview() -> Iterator[str]:
    """The base URL of a server with every sample page (see tests/web_support/samples.py)."""
    with served() as base:
        yield base
