"""What other modules may use of pools, the fund and settlement."""

from shared_pool.erasing.service import erase_everybody
from shared_pool.fund.board import FundView
from shared_pool.fund.summary import fund_now
from shared_pool.pools.models import Pool
from shared_pool.pools.service import join, list_pools, open_pool
from shared_pool.settlement.models import Settlement
from shared_pool.settlement.service import approve, complete, draft, list_settlements

__all__ = [
    "FundView",
    "Pool",
    "Settlement",
    "approve",
    "complete",
    "draft",
    "erase_everybody",
    "fund_now",
    "join",
    "list_pools",
    "list_settlements",
    "open_pool",
]
