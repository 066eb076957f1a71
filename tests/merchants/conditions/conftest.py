"""A shop's portal in process."""

from tests.web_support.portal import mall_api, people, shop_floor, web

__all__ = ["mall_api", "people", "shop_floor", "web"]
