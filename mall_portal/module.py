"""What the mall's portal plugs into the platform."""

from mall_portal import permissions
from mall_portal.alerts import pages as alert_pages
from mall_portal.bulk import pages as bulk_pages
from mall_portal.bulk.jobs import OPEN_SHEETS
from mall_portal.closing import pages as closing_pages
from mall_portal.dashboard import pages as dashboard_pages
from mall_portal.days.keeping import KEEP
from mall_portal.days.proofs import PROOFS
from mall_portal.finding import ACTIONS, FINDERS
from mall_portal.health import pages as health_pages
from mall_portal.keys.http import KeyController
from mall_portal.onboarding import handover, pages, wizard_pages
from mall_portal.onboarding.ending import TELL
from mall_portal.onboarding.http import MerchantController
from mall_portal.people import pages as people_pages
from mall_portal.settings import pages as settings_pages
from mall_portal.trials import pages as trial_pages
from timcheh.module import MenuItem, Module, Permission

MODULE = Module(
    name="mall_portal",
    package="mall_portal",
    finders=FINDERS,
    actions=ACTIONS,
    routes=(
        MerchantController,
        KeyController,
        *dashboard_pages.ROUTES,
        *health_pages.ROUTES,
        *wizard_pages.ROUTES,
        *pages.ROUTES,
        *handover.ROUTES,
        *bulk_pages.ROUTES,
        *closing_pages.ROUTES,
        *alert_pages.ROUTES,
        *people_pages.ROUTES,
        *settings_pages.ROUTES,
        *trial_pages.ROUTES,
    ),
    recurring=(OPEN_SHEETS, KEEP, TELL),
    menu=(
        MenuItem("mall", "menu-mall-board", "", "layout-dashboard", dashboard_pages.READ, order=5),
        MenuItem("mall", "menu-mall-shops", "shops", "store", permissions.READ, order=10),
        MenuItem("mall", "menu-mall-health", "health", "eye", health_pages.READ, order=55),
        MenuItem("mall", "menu-mall-alerts", "alerts", "bell", alert_pages.READ, order=60),
        MenuItem(
            "mall", "menu-mall-people", "people", "users-round", people_pages.MANAGE, order=90
        ),
        MenuItem(
            "mall",
            "menu-mall-settings",
            "settings",
            "settings",
            settings_pages.MANAGE,
            order=95,
        ),
        MenuItem(
            "merchant", "menu-shop-trial", "trial", "sparkles", trial_pages.TRY, 70, "settings"
        ),
    ),
    permissions=(
        Permission(dashboard_pages.READ, "mall", roles=("accountant",)),
        Permission(permissions.READ, "mall", roles=("accountant",)),
        Permission(permissions.MANAGE, "mall"),
        Permission(alert_pages.READ, "mall"),
        Permission(settings_pages.MANAGE, "mall"),
        Permission(trial_pages.TRY, "merchant", roles=("manager",)),
    ),
    proofs=PROOFS,
)
