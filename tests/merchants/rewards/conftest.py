"""The shop's portal and the club in process, and a shop with rewards."""

import pytest

from tests.merchants.rewards.support import Counter
from tests.web_support.portal import Floor, mall_api, mobile, people, shop_floor, web
from tests.web_support.visitors import members
from timcheh.db import Database
from timcheh.settings import Settings

__all__ = ["mall_api", "members", "mobile", "people", "shop_floor", "web"]


@pytest.fixture
def counter(shop_floor: Floor, database: Database, settings: Settings) -> Counter:
    return Counter(shop_floor, database, settings)
