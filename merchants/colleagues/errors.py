"""What colleagues' accounts can be refused for."""

from timcheh.errors import Unprocessable


class ColleagueOwedLess(Unprocessable):
    """More was to be paid out than the shop owes."""

    code = "colleague_owed_less"
