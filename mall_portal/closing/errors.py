"""What keeps a shop from being closed."""

from timcheh.errors import Conflict


class PurchasesOpen(Conflict):
    """Purchases wait to be confirmed; they hold members' value for two minutes at most."""

    code = "shop_purchases_open"


class NotCovered(Conflict):
    """Collateral and limit don't cover the own credit that other shops would take."""

    code = "shop_not_covered"


class AlreadyClosed(Conflict):
    """The shop is closed."""

    code = "shop_closed"
