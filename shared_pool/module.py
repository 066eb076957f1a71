"""What pools, the fund and settlement plug into the platform."""

from shared_pool.fund.http import BalanceController, FundController
from shared_pool.fund.jobs import JOBS
from shared_pool.pools.http import PoolController
from shared_pool.settlement.http import SettlementController
from timcheh.module import Module

MODULE = Module(
    name="shared_pool",
    package="shared_pool",
    routes=(PoolController, FundController, BalanceController, SettlementController),
    recurring=JOBS,
)
