"""What a bank file can be refused for."""

from timcheh.errors import Conflict, Unprocessable


class FundAccountMissing(Conflict):
    """The account that payments leave is not known yet."""

    code = "fund_account_missing"


class NothingToPay(Conflict):
    """No line is left that a file could ask for."""

    code = "nothing_to_pay"


class FileInUse(Conflict):
    """The bank has answered for some of its payments: it has the file."""

    code = "bank_file_in_use"


class ResultsUnreadable(Unprocessable):
    """A file of results without the columns that tell a payment and what became of it."""

    code = "results_unreadable"
