"""What a shop's staff may do in its portal, and in which of its branches."""

from typing import Final
from uuid import UUID

from timcheh.access.caller import Caller
from timcheh.access.errors import MissingPermission
from timcheh.module import Permission

TODAY: Final = "today.read"
TILL: Final = "till.use"
TILL_PRICE: Final = "till.price"
RETURNS: Final = "returns.make"
PURCHASES: Final = "purchases.read"
CUSTOMERS: Final = "customers.read"
CUSTOMERS_WRITE: Final = "customers.write"
RULES: Final = "rules.read"
OFFERS: Final = "offers.edit"
FORECAST: Final = "forecast.make"
EFFECT: Final = "effect.read"
ALERTS: Final = "alerts.handle"
GOODS: Final = "goods.manage"
COLLEAGUES: Final = "colleagues.manage"
SELLING: Final = "selling.manage"
TERMINALS: Final = "terminals.manage"
GIFTS: Final = "gifts.manage"
STAFF: Final = "shop_staff.manage"
"""The kernel's own."""

# A cashier sells, takes goods back and sees purchases, but not who the shop's customers are.
PERMISSIONS: Final = (
    Permission(TODAY, "merchant", roles=("manager", "accountant")),
    Permission(TILL, "merchant", roles=("manager", "cashier")),
    Permission(TILL_PRICE, "merchant", roles=("manager",)),
    Permission(RETURNS, "merchant", roles=("manager", "cashier")),
    Permission(PURCHASES, "merchant", roles=("manager", "cashier", "accountant")),
    Permission(CUSTOMERS, "merchant", roles=("manager",)),
    Permission(CUSTOMERS_WRITE, "merchant", roles=("manager",)),
    Permission(RULES, "merchant", roles=("manager", "cashier", "accountant")),
    Permission(OFFERS, "merchant", roles=("manager",)),
    Permission(FORECAST, "merchant", roles=("manager", "accountant")),
    Permission(EFFECT, "merchant", roles=("manager", "accountant")),
    Permission(ALERTS, "merchant", roles=("manager",)),
    Permission(GOODS, "merchant", roles=("manager",)),
    Permission(COLLEAGUES, "merchant", roles=("manager", "accountant")),
    Permission(SELLING, "merchant", roles=("manager",)),
    Permission(TERMINALS, "merchant", roles=("manager",)),
    Permission(GIFTS, "merchant", roles=("manager",)),
)

Branches = frozenset[UUID] | None
"""The branches that someone's permission holds in; None: the whole shop."""


def branches_of(caller: Caller, permission: str) -> Branches:
    """Where the caller may do this. Raises MissingPermission if nowhere."""
    if caller.may(permission):
        return None
    held = caller.branch_permissions.items()
    found = frozenset(branch for branch, codes in held if permission in codes)
    if not found:
        raise MissingPermission(permission=permission)
    return found


def may_somewhere(caller: Caller, permission: str) -> bool:
    """Whether the caller may do this in the shop or in one of its branches at least."""
    return caller.may(permission) or any(
        permission in codes for codes in caller.branch_permissions.values()
    )
