"""What pools, the fund and settlement plug into the platform."""

from members.facade import READ_MEMBERS
from shared_pool.banking import pages as banking_pages
from shared_pool.club import history as club_history
from shared_pool.club import pages as club_pages
from shared_pool.club import shops as club_shops
from shared_pool.copying import pages as copying_pages
from shared_pool.desk import pages as desk_pages
from shared_pool.desk.finding import FINDERS
from shared_pool.erasing import pages as erasing_pages
from shared_pool.erasing.jobs import JOBS as ERASING_JOBS
from shared_pool.fund import pages as fund_pages
from shared_pool.fund.http import BalanceController, FundController
from shared_pool.fund.jobs import JOBS
from shared_pool.ownfund import pages as own_pages
from shared_pool.pools import pages as pool_pages
from shared_pool.pools import shop as shop_pools
from shared_pool.pools.http import PoolController
from shared_pool.settlement import pages as settlement_pages
from shared_pool.settlement.http import SettlementController
from shared_pool.statements import pages as statement_pages
from timcheh.module import MenuItem, Module, Permission

MODULE = Module(
    name="shared_pool",
    package="shared_pool",
    routes=(
        PoolController,
        FundController,
        BalanceController,
        SettlementController,
        *pool_pages.ROUTES,
        *shop_pools.ROUTES,
        *fund_pages.ROUTES,
        *settlement_pages.ROUTES,
        *banking_pages.ROUTES,
        *statement_pages.ROUTES,
        *own_pages.ROUTES,
        *club_pages.ROUTES,
        *club_history.ROUTES,
        *club_shops.ROUTES,
        *copying_pages.ROUTES,
        *erasing_pages.ROUTES,
        *desk_pages.ROUTES,
    ),
    finders=FINDERS,
    recurring=(*JOBS, *ERASING_JOBS),
    menu=(
        MenuItem(
            *("mall", "menu-mall-members", "members", "users", READ_MEMBERS),
            order=25,
            also=("purchases",),
        ),
        MenuItem("mall", "menu-mall-fund", "fund", "landmark", fund_pages.READ, order=20),
        MenuItem(
            "mall", "menu-mall-settlements", "settlements", "scale", fund_pages.READ, order=30
        ),
        MenuItem("mall", "menu-mall-proof", "proof", "badge-check", fund_pages.READ, order=40),
        MenuItem("mall", "menu-mall-pools", "pools", "sparkles", fund_pages.READ, order=27),
        MenuItem("merchant", "menu-shop-pools", "pools", "sparkles", own_pages.READ, 34, "offers"),
        MenuItem("merchant", "menu-shop-fund", "fund", "landmark", own_pages.READ, 52, "reports"),
        MenuItem("member", "menu-club-home", "", "credit-card", order=10, also=("lots",)),
        MenuItem("member", "menu-club-shops", "shops", "store", order=20),
        MenuItem(
            "member", "menu-club-history", "history", "history", order=40, also=("purchases",)
        ),
    ),
    permissions=(
        Permission(fund_pages.READ, "mall", roles=("accountant",)),
        Permission(fund_pages.SETTLE, "mall", roles=("accountant",)),
        Permission(pool_pages.MANAGE, "mall"),
        Permission(own_pages.READ, "merchant", roles=("accountant",)),
    ),
)
