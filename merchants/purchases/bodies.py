"""What the API takes for a purchase, and its way into a command."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from merchants.concessions.giving import (
    LONGEST_REASON,
    SHORTEST_REASON,
    ConcessionAsked,
)
from merchants.purchases.command import (
    MOST_MONEY,
    LineAsked,
    MemberRef,
    PurchaseCommand,
    SpendAsked,
    Till,
)
from timcheh.access.caller import Caller
from timcheh.errors import FieldError, Invalid
from timcheh.money import BPS_WHOLE
from timcheh.rules.schema_limits import COUPON_MAXIMUM
from timcheh.text.cards import member_number
from timcheh.text.identifiers import IdentifierError, mobile
from timcheh.web.bodies import Body, Moment
from timcheh.web.numbers import thousandths

MILLI = 1000
MOST_LINES = 500
_CLOCK_SKEW = timedelta(minutes=5)

Money = Annotated[int, Meta(ge=0, le=MOST_MONEY)]
Text = Annotated[str, Meta(min_length=1, max_length=200)]
CardNumber = Annotated[int, Meta(ge=0, lt=10**16)]
"""A card's 16 digits that were sent as a number rather than as text."""
Asked = Literal["max"] | Annotated[int, Meta(ge=0, le=MOST_MONEY)]


class MemberBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Exactly one of the three."""

    mobile: str | None = None
    card: str | None = None
    id: UUID | None = None


class ConcessionBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A discount of the seller's own accord, after those of the rules: exactly one of `bps` of what
    they leave and `amount` in rial; within what the shop allows this key."""

    reason: Annotated[str, Meta(min_length=SHORTEST_REASON, max_length=LONGEST_REASON)]
    bps: Annotated[int, Meta(ge=1, le=BPS_WHOLE)] | None = None
    amount: Annotated[int, Meta(ge=1, le=MOST_MONEY)] | None = None


class LineBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`quantity` with at most three decimals; `unit_price` in rial.

    Without a `unit_price` the catalogue's for the `sku` applies: that of the member's price list.
    """

    quantity: int | float
    unit_price: Money | None = None
    sku: Text | None = None
    name: Text | None = None
    group: Text | None = None
    colleague_id: UUID | None = None
    concession: ConcessionBody | None = None


class SpendBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`max` takes what fits; a number that can't be met in full is refused whole."""

    credit: Asked | None = None
    points: Asked | None = None
    wallet: Asked | None = None
    gift_card: Annotated[str, Meta(max_length=40)] | CardNumber | None = None


class PurchaseBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A purchase as the till sends it."""

    member: MemberBody
    lines: Annotated[list[LineBody], Meta(min_length=1, max_length=MOST_LINES)]
    enrol: bool = False
    branch_id: UUID | None = None
    spend: SpendBody | None = None
    capture: Literal["automatic", "manual"] = "automatic"
    occurred_at: Moment | None = None
    dry_run: bool = False
    coupon: Annotated[str, Meta(min_length=1, max_length=COUPON_MAXIMUM)] | None = None
    concession: ConcessionBody | None = None


class ReturnLineBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`line` is the index of the purchase's line, from 0."""

    line: Annotated[int, Meta(ge=0, le=MOST_LINES)]
    quantity: int | float


class ReturnBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What comes back."""

    lines: Annotated[list[ReturnLineBody], Meta(min_length=1, max_length=MOST_LINES)]


def milli(quantity: int | float, pointer: str) -> int:
    """Thousandths. Raises Invalid for zero, negatives, more than three decimals, or too much."""
    return thousandths(Decimal(str(quantity)), pointer)  # the digits that were sent


def member_ref(body: MemberBody, pointer: str = "/member") -> MemberRef:
    """The member as the till names them. Raises Invalid."""
    given = [name for name in ("mobile", "card", "id") if getattr(body, name) is not None]
    if len(given) != 1:
        raise Invalid.field(pointer, "exactly_one_of", choices="mobile, card, id")
    try:
        return MemberRef(
            mobile=mobile(body.mobile) if body.mobile is not None else None,
            card=member_number(body.card) if body.card is not None else None,
            id=body.id,
        )
    except IdentifierError as error:
        raise Invalid(errors=[FieldError(f"{pointer}/{given[0]}", error.code)]) from None


def till_of(caller: Caller, branch_id: UUID | None) -> Till:
    """Where the purchase comes from. A terminal's branch is its own, whatever is asked.

    Raises Invalid when a terminal names another branch.
    """
    if caller.branch_id is not None and branch_id not in (None, caller.branch_id):
        raise Invalid.field("/branch_id", "wrong_branch")
    return Till(
        mall_id=caller.mall_id,
        merchant_id=caller.shop,
        principal_id=caller.id,
        branch_id=caller.branch_id or branch_id,
        terminal_id=caller.terminal_id,
    )


def command_of(
    body: PurchaseBody, caller: Caller, now: datetime, key: str | None, asked: bytes
) -> PurchaseCommand:
    """The command of a body. Raises Invalid with the pointer of what is at fault."""
    if body.occurred_at is not None and body.occurred_at > now + _CLOCK_SKEW and not body.dry_run:
        raise Invalid.field("/occurred_at", "in_the_future")
    lines = tuple(
        LineAsked(
            milli(line.quantity, f"/lines/{index}/quantity"),
            line.unit_price,
            line.sku,
            line.name,
            line.group,
            line.colleague_id,
            _concession(line.concession, f"/lines/{index}/concession"),
        )
        for index, line in enumerate(body.lines)
    )
    spend = body.spend or SpendBody()
    return PurchaseCommand(
        till=till_of(caller, body.branch_id),
        member=member_ref(body.member),
        lines=lines,
        spend=SpendAsked(spend.credit, spend.points, spend.wallet, _gift(spend.gift_card)),
        enrol=body.enrol,
        manual=body.capture == "manual",
        dry_run=body.dry_run,
        occurred_at=body.occurred_at,
        coupon=body.coupon,
        concession=_concession(body.concession, "/concession"),
        key=None if body.dry_run else key,
        fingerprint=asked,
    )


def _concession(body: ConcessionBody | None, pointer: str) -> ConcessionAsked | None:
    if body is None:
        return None
    if (body.bps is None) == (body.amount is None):
        raise Invalid.field(pointer, "exactly_one_of", choices="bps, amount")
    return ConcessionAsked(body.reason, body.bps, body.amount)


def _gift(number: str | int | None) -> str | None:
    if number is None:
        return None
    try:
        return member_number(str(number))
    except IdentifierError as error:
        raise Invalid(errors=[FieldError("/spend/gift_card", error.code)]) from None
