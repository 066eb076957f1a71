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
class Step:
    """From a basket of `amount` rial (before discounts) on it is `bps`."""

    amount: int
    bps: int


@dataclass(frozen=True, slots=True)
class DiscountPercent:
    """`bps` of the undiscounted lines of that group and sku (None: of every line).

    `steps`, by rising amount, replace `bps` for larger baskets.
    """

    bps: int
    group: str | None = None
    sku: str | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class DiscountAmount:
    """`amount` rial off the basket."""

    amount: int


@dataclass(frozen=True, slots=True)
class CreditPercent:
    """`bps` of what is paid for the lines of that group and sku, as rial credit.

    `steps` as of a discount: by the basket before discounts.
    """

    bps: int
    scope: str
    expires_in_days: int | None = None
    group: str | None = None
    sku: str | None = None
    steps: tuple[Step, ...] = ()


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


@dataclass(frozen=True, slots=True)
class PointsEach:
    """`points` for each whole unit of a good that is sold. Only a good's own terms have it."""

    points: int
    scope: str
    sku: str


DiscountEffect = DiscountPercent | DiscountAmount
EarnEffect = CreditPercent | CreditAmount | PointsPer | PointsEach
Effect = DiscountEffect | EarnEffect


@dataclass(frozen=True, slots=True)
class Occasion:
    """A time of the year: `name` is a known one, or `own` on `month`/`day` of `calendar`.

    It lasts from `days_before` that day until `days_after` it, whole local days.
    """

    name: str
    days_before: int = 0
    days_after: int = 0
    calendar: str | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class EarlyAccess:
    """Customers of one of `groups` (or whose tier it is) may use a rule `days` before it starts."""

    days: int
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Once:
    """A rule that each member may use once, within `within_days` of coming to fulfil `when`."""

    within_days: int
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a shop. Larger priorities come first; equal ones in the order of the list.

    `starts_at` is inclusive, `ends_at` exclusive. `per_member_cap`, `daily_budget` and `budget`
    bound, in rial, the value it gives (discount, credit, and points at their issue price): to one
    member and to all together over the whole life of the rule's name, and to all in one local
    day. `per_member_uses` bounds in how many purchases a member gets something.
    Of the rules of one `exclusive_group` only the first that holds applies. `every_nth`: only
    each n-th purchase of a customer. `holdout_bps` of the members, at random but always the same
    ones, get nothing, so that its effect can be measured. `needs_activation`: only for members who
    have activated it.
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
    daily_budget: int | None = None
    per_member_uses: int | None = None
    exclusive_group: str | None = None
    every_nth: int | None = None
    coupon: str | None = None
    occasion: Occasion | None = None
    early_access: EarlyAccess | None = None
    once: Once | None = None
    holdout_bps: int | None = None
    needs_activation: bool = False

    @property
    def facts(self) -> frozenset[str]:
        """The names of all facts that its conditions ask for."""
        conditions = (self.when, self.once.when if self.once else None)
        return frozenset[str]().union(*(facts_in(each) for each in conditions if each is not None))

    @property
    def counted(self) -> bool:
        """Whether what it gives is counted, because something bounds it."""
        return not (
            self.per_member_cap is None
            and self.budget is None
            and self.daily_budget is None
            and self.per_member_uses is None
        )
