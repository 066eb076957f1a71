"""The shop's portal and its shops over the API."""

from tests.web_support.portal import mall_api, mobile, people, shop_floor, web

__all__ = ["mall_api", "mobile", "people", "shop_floor", "web"]
