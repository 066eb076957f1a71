"""What redeeming a code can be refused for."""

from timcheh.errors import Conflict, NotFound


class CodeUnknown(NotFound):
    """No such code, or it isn't this shop's: the two must answer alike."""

    code = "product_code_unknown"


class CodeUsed(Conflict):
    """It has given its points already."""

    code = "product_code_used"


class CodeNotInForce(Conflict):
    """Its batch was stopped, hasn't begun, or is over."""

    code = "product_code_not_in_force"
