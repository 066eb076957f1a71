"""What a settlement can be refused for."""

from timcheh.errors import Conflict, Forbidden


class SecondPersonRequired(Forbidden):
    """Whoever drafted a settlement may not approve it."""

    code = "second_person_required"


class SettlementNotOpen(Conflict):
    """It is not in the state that this step needs."""

    code = "settlement_not_open"
