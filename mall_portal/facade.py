"""What the composition root may use of the mall's portal."""

from mall_portal.closing.service import set_state
from mall_portal.days.keeping import retell as retell_days
from mall_portal.onboarding.service import (
    MallSlugTaken,
    NewMall,
    OnboardedShop,
    create_mall,
    deposit,
    list_shops,
    onboard,
    set_limit,
)

__all__ = [
    "MallSlugTaken",
    "NewMall",
    "OnboardedShop",
    "create_mall",
    "deposit",
    "list_shops",
    "onboard",
    "retell_days",
    "set_limit",
    "set_state",
]
