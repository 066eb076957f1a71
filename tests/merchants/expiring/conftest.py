"""Shops made over the API, people signed in without a password."""

from tests.web_support.portal import mall_api, mobile, people, shop_floor, web

__all__ = ["mall_api", "mobile", "people", "shop_floor", "web"]
