"""A mall, its shops and its administrators in process."""

from tests.web_support.portal import mall_api, mobile, people, shop_floor, web
from tests.web_support.visitors import administrators, members

__all__ = ["administrators", "mall_api", "members", "mobile", "people", "shop_floor", "web"]
