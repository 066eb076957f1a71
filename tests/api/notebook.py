"""What the oracle keeps: lots, shops, pools, purchases with what they spent and earned."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, TypeVar

T = TypeVar("T")
Json = dict[str, Any]
NEVER = "~"


def stamp(value: datetime | str | None) -> str:
    """A moment as text that sorts, whatever the offset it was written with."""
    if value is None:
        return NEVER
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class Refused(Exception):
    """The text is the problem's code."""


def attempt(work: Callable[[], T]) -> T | str:
    """What it gives, or the code of the refusal."""
    try:
        return work()
    except Refused as refused:
        return str(refused)


def share(total: int, weights: list[int]) -> list[int]:
    """Largest remainders, the earliest first among equals; equal parts where nothing weighs."""
    if total == 0:
        return [0] * len(weights)
    if not any(weights):
        weights = [1] * len(weights)
    exact = [Fraction(total * weight, sum(weights)) for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def bps(amount: int, points: int) -> int:
    """A percentage, floored to the rial."""
    return int(Fraction(amount * points, 10_000))


@dataclass
class Lot:
    id: str
    unit: str  # rial, point, wallet
    scope: str
    issuer: str
    member: str
    left: int
    ends: str  # RFC 3339, as text; "~" sorts last: never
    made: int
    price: int = 1
    held: int = 0
    expired: int = 0


@dataclass
class Shop:
    id: str
    limit: int
    policy: str = "deduct"
    deposit: int = 0
    rules: list[Json] = field(default_factory=list)
    partners: dict[str, Json] = field(default_factory=dict)  # acceptor → its terms


@dataclass
class Pool:
    scope: str
    issue: int
    redeem: int
    shops: dict[str, Json]  # participant → its terms


@dataclass
class Sold:
    """A line: money in rial; `back` of `quantity` (thousandths) has been returned."""

    quantity: int
    price: int
    group: str | None
    back: int = 0
    discount: int = 0
    spent: int = 0

    @property
    def total(self) -> int:
        return self.quantity * self.price // 1_000

    @property
    def net(self) -> int:
        return self.total - self.discount

    @property
    def paid(self) -> int:
        return self.net - self.spent

    def part(self, whole: int) -> int:
        return whole * self.back // self.quantity


@dataclass
class Spent:
    lot: Lot
    amount: int
    value: int
    fee: int
    shares: list[int]
    restored: int = 0


@dataclass
class Earned:
    rule: str
    unit: str
    scope: str
    amount: int
    ends: str
    shares: list[int]
    lot: Lot | None = None
    absorbed: int = 0  # of what had expired, so much has been counted by returns
    lot_id: str = ""  # as the product promised it


@dataclass
class Purchase:
    shop: str
    member: str
    lines: list[Sold]
    spent: list[Spent]
    earned: list[Earned]
    debt_paid: int
    state: str = "authorized"
    until: str = NEVER  # an authorisation's end

    @property
    def to_pay(self) -> int:
        return sum(line.paid for line in self.lines)
