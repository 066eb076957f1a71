"""What a discount that the seller gives can be refused for."""

from timcheh.errors import Unprocessable


class ConcessionTooMuch(Unprocessable):
    """More than this person may take off: `limit` is line, invoice, day, or none (nothing at all).

    `percent` is what may be taken off a line, `available` what may be taken off in rial.
    """

    code = "concession_too_much"
