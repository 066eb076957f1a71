"""A ledger of its own for each test."""

import pytest

from tests.timcheh.ledger.book import Book
from timcheh.db import Database
from timcheh.malls import MallInfo


@pytest.fixture
async def book(database: Database, mall: MallInfo) -> Book:
    """The ledger of a new mall."""
    return await Book(database, mall.mall_id).open()
