"""The shop's portal, the mall's and the club in process, and a shop with terms for referrers."""

from tests.merchants.referral.town import owner, town
from tests.web_support.portal import mall_api, mobile, people, shop_floor, web
from tests.web_support.visitors import administrators, members

__all__ = [
    "administrators",
    "mall_api",
    "members",
    "mobile",
    "owner",
    "people",
    "shop_floor",
    "town",
    "web",
]
