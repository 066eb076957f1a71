"""Two rule sets over the same past sales: those in force, and those with the offer. Pure.

Only rules that differ can make a difference. So a sale is first shown to them alone; where none of
them holds, both sets give the same, and nothing more is reckoned. Caps and budgets are what an
earlier sale leaves for a later one: then every sale is reckoned, and each set keeps its own count.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from merchants.backtests.sales import Clientele, PastSale
from merchants.margins.margins import Margins
from timcheh.calendar import TEHRAN, Jalali, local_date
from timcheh.rules import (
    NOTHING_USED,
    POINT,
    Accrual,
    CompiledRuleSet,
    Entitlement,
    Facts,
    Rule,
    Standing,
    Usage,
    Visitor,
    accrue,
    compile_rules,
    newly_entitled,
    price,
)

DISCOUNT: Final = "discount"
"""Who pays and how: given up at the till at once; every other key is the kind of a scope."""
POINTS: Final = "points"


class Terms(NamedTuple):
    """What an effect's scope is: its kind (own, partners, network, own_points, pool) and what a
    point of it costs the issuer, rial."""

    kind: str
    issue_price: int


@dataclass(slots=True)
class Totals:
    """What was seen, in rial and counts. `reached`: sales in which a rule under trial held.

    `before` and `after` are what the two sets give in the reached sales, by who pays: `discount`,
    or the kind of scope that value is spendable in. `days` is the partner credit that the trial
    adds, by day; `months` what it costs more, by Jalali month.
    """

    sales: int = 0
    revenue: int = 0
    margin: int = 0
    reached: int = 0
    reached_revenue: int = 0
    reached_margin: int = 0
    members: set[Hashable] = field(default_factory=set)
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    points: int = 0
    months: Counter[tuple[int, int]] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)
    first_at: datetime | None = None
    last_at: datetime | None = None


class _Side:
    """One rule set with what it has given so far, as far as that bounds what it gives next."""

    def __init__(self, rules: Iterable[Rule], scopes: Mapping[str, Terms]) -> None:
        self.ruleset: CompiledRuleSet = compile_rules(0, rules)
        self._scopes = scopes
        self._prices = {name: terms.issue_price for name, terms in scopes.items()}
        self._counted = frozenset(rule.name for rule in self.ruleset.rules if rule.counted)
        self._total: Counter[str] = Counter()
        self._today: Counter[str] = Counter()
        self._day = 0
        self._members: dict[Hashable, Counter[str]] = {}
        self._times: dict[Hashable, Counter[str]] = {}
        self._entitled: dict[Hashable, dict[str, Entitlement]] = {}

    @property
    def remembers(self) -> bool:
        """Whether an earlier sale bounds a later one."""
        return bool(self._counted or self.ruleset.once)

    def gives(self, sale: PastSale, facts: Facts) -> "Given":
        """What a sale costs the issuer, by who pays, at the face of what is granted."""
        visitor = Visitor(entitlements=self._entitled.get(sale.member, _NO_ENTITLEMENTS))
        pricing = price(self.ruleset, sale.lines, facts, self._usage(sale), visitor)
        spent = min(sale.spent_value, pricing.net)
        accrual = accrue(pricing, pricing.paid_after(spent), point_prices=self._prices)
        if self._counted:
            self._count(sale.member, accrual)
        if self.ruleset.once:
            self._entitle(sale, accrual, visitor)
        costs = Counter({DISCOUNT: pricing.discount})
        points = 0
        for grant in accrual.grants:
            name = grant.scope
            terms = self._scopes[f"own:{grant.unit}" if name == "own" else name]
            if grant.unit == POINT:
                points += grant.amount
                costs[terms.kind] += grant.amount * terms.issue_price
            else:
                costs[terms.kind] += grant.amount
        held = frozenset(
            v.compiled.name for v in pricing.verdicts if v.standing is Standing.MATCHED
        )
        return Given(costs, points, held)

    def _usage(self, sale: PastSale) -> Usage:
        if not self._counted:
            return NOTHING_USED
        day, _ = _day_and_month(int(sale.at.timestamp()) // _HALF_HOUR)
        if day != self._day:
            self._day = day
            self._today.clear()
        return Usage(
            self._members.get(sale.member, _NOTHING),
            self._total,
            self._today,
            self._times.get(sale.member, _NOTHING),
        )

    def _count(self, member: Hashable, accrual: Accrual) -> None:
        for rule, value in accrual.used.items():
            if rule in self._counted:
                self._total[rule] += value
                self._today[rule] += value
                self._members.setdefault(member, Counter())[rule] += value
        for rule in self._counted.intersection(accrual.gave()):
            self._times.setdefault(member, Counter())[rule] += 1

    def _entitle(self, sale: PastSale, accrual: Accrual, visitor: Visitor) -> None:
        """Deadlines of one-time offers begin with the visit that earns them, and end by use."""
        facts, gave = accrual.pricing.facts, set(accrual.gave())
        begun = {each.name for each in newly_entitled(self.ruleset, facts, visitor)}
        for compiled in self.ruleset.once:
            once, name = compiled.rule.once, compiled.name
            held = visitor.entitlements.get(name)
            assert once is not None
            if name in begun:
                ends = sale.at + timedelta(days=once.within_days)
                held = Entitlement(sale.at, ends)
            elif held is None or name not in gave:
                continue
            if name in gave:
                held = replace(held, used_at=sale.at)
            self._entitled.setdefault(sale.member, {})[name] = held


class Given(NamedTuple):
    """What one sale was given: rial by who pays, points, and the names of the rules that held."""

    costs: Counter[str]
    points: int
    held: frozenset[str]


_NOTHING: Final[Counter[str]] = Counter()
_NO_ENTITLEMENTS: Final[Mapping[str, Entitlement]] = MappingProxyType({})
_ABROAD: Final = frozenset({"partners", "network"})


class Trial:
    """Sees past sales one by one and keeps `totals`. Takes room by the customer and the day."""

    def __init__(
        self,
        before: Iterable[Rule],
        after: Iterable[Rule],
        scopes: Mapping[str, Terms],
        margins: Margins,
        clientele: Clientele,
        since: datetime | None = None,
    ) -> None:
        """`scopes` by the name that an effect uses, `own` as `own:rial` and `own:point`.

        Sales before `since` only make the customers known.
        """
        olds, news = list(before), list(after)
        changed = [rule for rule in olds if rule not in news]
        added = [rule for rule in news if rule not in olds]
        self.totals = Totals()
        self._before = _Side([_timeless(r) if r in changed else r for r in olds], scopes)
        self._after = _Side([_timeless(r) if r in added else r for r in news], scopes)
        self._names = {rule.name for rule in (*changed, *added)}
        self._probe = compile_rules(0, [_boundless(rule) for rule in (*changed, *added)])
        self._always = self._before.remembers or self._after.remembers
        self._margins, self._clientele, self._since = margins, clientele, since

    def see(self, sale: PastSale) -> None:
        """The next sale in order of time."""
        if self._since is None or sale.at >= self._since:
            self._weigh(sale)
        self._clientele.note(sale)

    def _weigh(self, sale: PastSale) -> None:
        facts = self._clientele.facts(sale)
        revenue = sum(line.total for line in sale.lines)
        margin = self._margins.of_lines(sale.lines)
        totals = self.totals
        totals.sales += 1
        totals.revenue += revenue
        totals.margin += margin
        totals.first_at = totals.first_at or sale.at
        totals.last_at = sale.at
        if self._always or self._may_reach(sale, facts):
            before, after = self._before.gives(sale, facts), self._after.gives(sale, facts)
            if self._names & (before.held | after.held):
                totals.reached += 1
                totals.reached_revenue += revenue
                totals.reached_margin += margin
                totals.members.add(sale.member)
                totals.points += after.points - before.points
            if before.costs != after.costs or self._names & (before.held | after.held):
                self._keep(sale.at, before.costs, after.costs)

    def _may_reach(self, sale: PastSale, facts: Facts) -> bool:
        verdicts = price(self._probe, sale.lines, facts).verdicts
        return any(verdict.standing is Standing.MATCHED for verdict in verdicts)

    def _keep(self, at: datetime, before: Counter[str], after: Counter[str]) -> None:
        totals = self.totals
        for key, amount in before.items():
            totals.before[key] += amount
        for key, amount in after.items():
            totals.after[key] += amount
        day, month = _day_and_month(int(at.timestamp()) // _HALF_HOUR)
        totals.months[month] += after.total() - before.total()
        abroad = sum(after[kind] - before[kind] for kind in _ABROAD)
        if abroad:
            totals.days[day] += abroad


_HALF_HOUR: Final = 1_800


@lru_cache(maxsize=4096)  # every day of the mall begins at a full half hour of UTC
def _day_and_month(half_hours: int) -> tuple[int, tuple[int, int]]:
    moment = datetime.fromtimestamp(half_hours * _HALF_HOUR, TEHRAN)
    day = local_date(moment)
    year, month, _ = Jalali.of(day)
    return day.toordinal(), (year, month)


def _timeless(rule: Rule) -> Rule:
    """As if it had held for everyone all through the past: a trial asks what would be, not when it
    begins, who is held out of it to measure it, or who would have known its code."""
    return replace(
        rule, starts_at=None, ends_at=None, early_access=None, coupon=None, holdout_bps=None
    )


def _boundless(rule: Rule) -> Rule:
    """Holds wherever the rule could hold, whatever others and earlier sales leave of it."""
    return replace(
        _timeless(rule), exclusive=False, exclusive_group=None, per_member_uses=None, once=None
    )
