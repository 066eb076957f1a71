"""The shop's menu: what is done all day first, what is set once last.

Others add to these sections: gifts (giveaways), partners (exchange), membership cards (members).
"""

from typing import Final

from merchants.permissions import (
    ALERTS,
    COLLEAGUES,
    CUSTOMERS,
    EFFECT,
    FORECAST,
    GOODS,
    PURCHASES,
    RULES,
    SELLING,
    STAFF,
    TERMINALS,
    TILL,
    TODAY,
)
from timcheh.module import MenuItem


def _place(
    order: int, section: str, label: str, path: str, icon: str, permission: str, *also: str
) -> MenuItem:
    return MenuItem("merchant", f"menu-shop-{label}", path, icon, permission, order, section, also)


MENU: Final = (
    _place(10, "sale", "today", "", "sun", TODAY),
    _place(11, "sale", "till", "till", "scan-line", TILL),
    _place(12, "sale", "purchases", "purchases", "receipt", PURCHASES, "invoices"),
    _place(20, "customers", "customers", "customers", "users", CUSTOMERS),
    _place(21, "customers", "segments", "segments", "funnel", CUSTOMERS, "groups", "tiers"),
    _place(30, "offers", "offers", "offers", "list-checks", RULES, "rules"),
    _place(32, "offers", "backtests", "backtests", "calculator", FORECAST, "margins"),
    _place(40, "goods", "goods", "goods", "package", GOODS, "price-lists"),
    _place(41, "goods", "colleagues", "colleagues", "users-round", COLLEAGUES),
    _place(50, "reports", "effects", "effects", "trending-up", EFFECT),
    _place(51, "reports", "alerts", "alerts", "bell", ALERTS),
    _place(60, "settings", "selling", "selling", "settings", SELLING, "concessions"),
    _place(61, "settings", "branches", "branches", "store", TERMINALS),
    _place(62, "settings", "terminals", "terminals", "credit-card", TERMINALS, "places"),
    _place(63, "settings", "staff", "staff", "users-round", STAFF),
)
