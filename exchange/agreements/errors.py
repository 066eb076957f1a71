"""What an agreement can be refused for."""

from timcheh.errors import Conflict


class AgreementExists(Conflict):
    """These two shops already have an agreement or a proposal in this direction."""

    code = "agreement_exists"


class AgreementNotOpen(Conflict):
    """It was answered or ended before."""

    code = "agreement_not_open"
