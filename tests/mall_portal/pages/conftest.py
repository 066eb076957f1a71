"""The mall's and the members' pages in process: people are signed in without a password."""

from tests.web_support.portal import mall_api, mobile, shop_floor, web
from tests.web_support.visitors import administrators, members

__all__ = ["administrators", "mall_api", "members", "mobile", "shop_floor", "web"]
