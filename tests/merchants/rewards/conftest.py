"""The shop's portal and the club in process, and a shop with rewards."""

import pytest

from tests.merchants.rewards.support import Counter
from tests.web_support.portal import Floor
from timcheh.db import Database
from timcheh.settings import Settings


@pytest.fixture
def counter(shop_floor: Floor, database: Database, settings: Settings) -> Counter:
    return Counter(shop_floor, database, settings)
