"""What a purchase can be refused for, and the SQLSTATE by which its functions say so."""

from typing import Final

from members.facade import QUOTA_FULL, MemberQuotaReached
from timcheh.errors import Conflict, NotFound, TimchehError, TryAgain, Unprocessable
from timcheh.ledger.errors import BY_SQLSTATE as LEDGER_SQLSTATE


class MemberNotFound(NotFound):
    """Nobody in this mall has that mobile, card or id."""

    code = "member_not_found"


class InsufficientValue(Unprocessable):
    """A number was asked for and not so much can be spent here now. Says what can be."""

    code = "insufficient_value"


class CreditCapped(Unprocessable):
    """The customer's group may spend less credit at once or in a day. Says what is left of it."""

    code = "credit_capped"


class GiftCardNotSpendable(Unprocessable):
    """No such card, or nothing on it that this shop accepts now."""

    code = "gift_card_not_spendable"


class CouponUnknown(Unprocessable):
    """No offer of this shop in force has that code."""

    code = "coupon_unknown"


class CardKindRefuses(Unprocessable):
    """The member's card is of a kind that doesn't carry this unit."""

    code = "card_kind_refuses"


class PurchaseNotOpen(Conflict):
    """It was cancelled, timed out, or confirmed before."""

    code = "purchase_not_open"


class MerchantSuspended(Conflict):
    """The shop may not sell through the club at present."""

    code = "merchant_suspended"


class MemberBlocked(Conflict):
    """The membership is blocked."""

    code = "member_blocked"


class NothingToReturn(Unprocessable):
    """More is to come back than was bought and not yet returned."""

    code = "nothing_to_return"


class Stale(TryAgain):
    """Something changed between the quote and the posting; the desk decides again."""


class KeyTaken(TryAgain):
    """The idempotency key has an outcome already; the desk answers that."""

    code = "idempotency_in_progress"


BY_SQLSTATE: Final[dict[str, type[TimchehError]]] = {
    **LEDGER_SQLSTATE,
    QUOTA_FULL: MemberQuotaReached,
    "TM001": Stale,
    "TM005": Stale,
    "TM006": KeyTaken,
    "TM007": Stale,
    "TM008": PurchaseNotOpen,
}
