"""What a rule is: conditions, effects, and the rule that joins them. Plain, frozen values.

They are made by `timcheh.rules.schema`, which has checked them; `timcheh.rules.compile` makes
them fast.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

Scalar = str | int | Decimal | bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """`fact op value`; a missing fact makes every comparison false, also `!=`."""

    fact: str
    op: str
    value: Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when every one holds; with none, always."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when at least one holds."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when the other doesn't hold."""

    condition: "Condition"


Condition = Comparison | AllOf | AnyOf | Not


def facts_in(condition: Condition) -> frozenset[str]:
    """The names of all facts that a condition asks for."""
    match condition:
        case Comparison():
            return frozenset({condition.fact})
        case Not():
            return facts_in(condition.condition)
        case AllOf() | AnyOf():
            return frozenset().union(*map(facts_in, condition.conditions))


@dataclass(frozen=True, slots=True)
class DiscountPercent:
    """`bps` of the undiscounted lines of that group and sku (None: of every line)."""

    bps: int
    group: str | None = None
    sku: str | None = None


@dataclass(frozen=True, slots=True)
class DiscountAmount:
    """`amount` rial off the basket."""

    amount: int


@dataclass(frozen=True, slots=True)
class CreditPercent:
    """`bps` of what is paid for the lines of that group and sku, as rial credit."""

    bps: int
    scope: str
    expires_in_days: int | None = None
    group: str | None = None
    sku: str | None = None


@dataclass(frozen=True, slots=True)
class CreditAmount:
    """`amount` rial of credit for a basket with something in it."""

    amount: int
    scope: str
    expires_in_days: int | None = None


@dataclass(frozen=True, slots=True)
class PointsPer:
    """`points` for each full `amount` rial paid."""

    amount: int
    points: int
    scope: str


DiscountEffect = DiscountPercent | DiscountAmount
EarnEffect = CreditPercent | CreditAmount | PointsPer
Effect = DiscountEffect | EarnEffect


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a shop. Larger priorities come first; equal ones in the order of the list.

    `starts_at` is inclusive, `ends_at` exclusive. `per_member_cap` and `budget` bound, in rial
    and over the whole life of the rule's name, the value it gives (discount, credit, and points
    at their issue price).
    """

    name: str
    then: tuple[Effect, ...]
    when: Condition | None = None
    priority: int = 0
    exclusive: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    per_member_cap: int | None = None
    budget: int | None = None
