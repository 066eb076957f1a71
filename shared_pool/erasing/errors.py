"""Why someone can't be erased now."""

from timcheh.errors import Conflict


class WalletLeft(Conflict):
    """There is wallet money: it is the member's own, and nobody else's to keep."""

    code = "wallet_left"
