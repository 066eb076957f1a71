"""The shop's portal, the mall's and the club in process, and a shop with terms for referrers."""

from tests.merchants.referral.town import owner, town

__all__ = ["owner", "town"]
