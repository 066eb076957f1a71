"""What a back-test can be refused for."""

from timcheh.errors import Conflict, Unprocessable


class NothingToTry(Unprocessable):
    """The draft has no offer of that name that is not in force already."""

    code = "nothing_to_try"


class MarginsMissing(Conflict):
    """Without its margin a shop's profit can't be reckoned."""

    code = "margins_missing"
