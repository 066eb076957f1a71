"""What a till asks for."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from merchants.concessions.giving import ConcessionAsked

MOST_MONEY: Final = 10**15
"""Rial that one sale, grant or price may come to; sums of many still fit a bigint."""

Ask = Literal["max"] | int


@dataclass(frozen=True, slots=True)
class MemberRef:
    """Exactly one is given: `mobile` (`09…`), `card` (the 16-digit number) or the id."""

    mobile: str | None = None
    card: str | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LineAsked:
    """`quantity_milli` in thousandths, `unit_price` in rial; without one the catalogue's applies.

    `colleague_id` is who sold it and earns a commission; `concession` what they take off it.
    """

    quantity_milli: int
    unit_price: int | None
    sku: str | None = None
    name: str | None = None
    group: str | None = None
    colleague_id: UUID | None = None
    concession: ConcessionAsked | None = None

    @property
    def wants_good(self) -> bool:
        """Whether the catalogue must fill in what the till left out."""
        return bool(self.sku) and (self.unit_price is None or not self.name or not self.group)


@dataclass(frozen=True, slots=True)
class SpendAsked:
    """How much of each unit to spend: `max` is what fits, a number is that much or a refusal.

    Credit and wallet in rial, points in points; `gift_card` is a card's number.
    """

    credit: Ask | None = None
    points: Ask | None = None
    wallet: Ask | None = None
    gift_card: str | None = None

    @property
    def anything(self) -> bool:
        return any(x not in (None, 0) for x in (self.credit, self.points, self.wallet)) or bool(
            self.gift_card
        )


@dataclass(frozen=True, slots=True)
class Till:
    """Where a purchase comes from. `principal_id` is the key's or person's id."""

    mall_id: UUID
    merchant_id: UUID
    principal_id: UUID
    branch_id: UUID | None = None
    terminal_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PurchaseCommand:
    """One purchase as asked. `occurred_at` is the till's time where it differs from now.

    `coupon` is a code of an offer, as it was typed. `concession` is taken off the whole;
    `agreed_by` is who answers for what is taken off, where that isn't who sells.
    """

    till: Till
    member: MemberRef
    lines: tuple[LineAsked, ...]
    spend: SpendAsked = field(default_factory=SpendAsked)
    enrol: bool = False
    manual: bool = False
    dry_run: bool = False
    occurred_at: datetime | None = None
    coupon: str | None = None
    concession: ConcessionAsked | None = None
    agreed_by: UUID | None = None
    key: str | None = None
    fingerprint: bytes = b""

    @property
    def concession_by(self) -> UUID | None:
        """Who answers for what is taken off; None where nothing is."""
        if self.concession is None and all(line.concession is None for line in self.lines):
            return None
        return self.agreed_by or self.till.principal_id
