"""What a settlement can be refused for."""

from timcheh.errors import Conflict, Forbidden


class SecondPersonRequired(Forbidden):
    """Whoever drafted a settlement may not approve it."""

    code = "second_person_required"


class SettlementNotOpen(Conflict):
    """It is not in the state that this step needs."""

    code = "settlement_not_open"


class SettlementBegun(Conflict):
    """Some of it is paid, or may be: it can't be given up as if nothing had happened."""

    code = "settlement_begun"


class PaymentsUnknown(Conflict):
    """Whether some payments went through is not known; each needs its own answer first."""

    code = "payments_unknown"


class ResultNotPossible(Conflict):
    """The line can't have this result, or not any more."""

    code = "result_not_possible"


class CollateralShort(Conflict):
    """The shop's collateral, or what it owes by now, is less than the line."""

    code = "collateral_short"
