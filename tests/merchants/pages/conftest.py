"""The shop's portal in process: shops made over the API, people signed in without a password."""

from tests.web_support.portal import mall_api, mobile, people, shop_floor, web
from tests.web_support.visitors import administrators

__all__ = ["administrators", "mall_api", "mobile", "people", "shop_floor", "web"]
