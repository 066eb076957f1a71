"""The shop's portal and the club in process."""

from tests.web_support.portal import mall_api, mobile, people, shop_floor, web
from tests.web_support.visitors import members

__all__ = ["mall_api", "members", "mobile", "people", "shop_floor", "web"]
