"""Two rule sets over the same past sales: those in force, and those with the offer. Pure.

Only rules that differ can make a difference, and rules that remember: caps, budgets and one-time
offers are what an earlier sale leaves for a later one. So each sale is first asked the conditions
of these alone, without its lines; where none can hold, both sets give the same, and nothing more is
reckoned. The others are reckoned by the engine itself, and each set keeps its own count.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple

from merchants.backtests.asking import UNKNOWABLE, Asker
from merchants.backtests.assuming import assume
from merchants.backtests.sales import Clientele, PastSale, month_of
from timcheh.rules import (
    ANYONE,
    NOTHING_USED,
    POINT,
    Accrual,
    BasketLine,
    CompiledRuleSet,
    Entitlement,
    Facts,
    Rule,
    Standing,
    Usage,
    Visitor,
    accrue,
    compile_rules,
    deadline,
    newly_entitled,
    price,
)
from timcheh.rules.compile import CompiledRule
from timcheh.rules.gates import BIRTHDAY
from timcheh.rules.model import DiscountAmount, DiscountPercent

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

    def __init__(
        self, rules: Iterable[Rule], scopes: Mapping[str, Terms], tried: Collection[str]
    ) -> None:
        """`tried` names the rules that the trial is about."""
        self.ruleset: CompiledRuleSet = compile_rules(0, rules)
        self._tried = tried
        self._scopes = scopes
        self._prices = {name: terms.issue_price for name, terms in scopes.items()}
        self._counted = frozenset(rule.name for rule in self.ruleset.rules if rule.counted)
        self._total: Counter[str] = Counter()
        self._today: Counter[str] = Counter()
        self._day = 0
        self._members: dict[Hashable, Counter[str]] = {}
        self._times: dict[Hashable, Counter[str]] = {}
        self._entitled: dict[Hashable, dict[str, Entitlement]] = {}

    def gives(self, sale: PastSale, lines: Sequence[BasketLine], facts: Facts) -> "Given":
        """What a sale costs the issuer, by who pays, at the face of what is granted."""
        visitor = Visitor(entitlements=self._entitled.get(sale.member, _NO_ENTITLEMENTS))
        pricing = price(self.ruleset, lines, facts, self._usage(sale), visitor)
        spent = min(sale.spent_value, pricing.net)
        accrual = accrue(pricing, pricing.paid_after(spent), point_prices=self._prices)
        if self._counted:
            self._count(sale.member, accrual)
        if self.ruleset.once:
            self._entitle(sale, accrual, visitor)
        costs = {DISCOUNT: pricing.discount}
        others = {DISCOUNT: pricing.discount}
        points = others_points = 0
        for grant in accrual.grants:
            name, amount = grant.scope, grant.amount
            terms = self._scopes[f"own:{grant.unit}" if name == "own" else name]
            cost = amount * terms.issue_price if grant.unit == POINT else amount
            costs[terms.kind] = costs.get(terms.kind, 0) + cost
            points += amount if grant.unit == POINT else 0
            if grant.rule not in self._tried:
                others[terms.kind] = others.get(terms.kind, 0) + cost
                others_points += amount if grant.unit == POINT else 0
        reached = any(
            v.standing is Standing.MATCHED and v.compiled.name in self._tried
            for v in pricing.verdicts
        )
        return Given(costs, points, reached, others, others_points)

    def _usage(self, sale: PastSale) -> Usage:
        if not self._counted:
            return NOTHING_USED
        if sale.day != self._day:
            self._day = sale.day
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
                held = Entitlement(sale.at, deadline(sale.at, once.within_days))
            elif held is None or name not in gave:
                continue
            if name in gave:
                held = replace(held, used_at=sale.at)
            self._entitled.setdefault(sale.member, {})[name] = held


class Given(NamedTuple):
    """What one sale was given: rial by who pays, points, and whether a rule that is tried held;
    the same of the other rules alone."""

    costs: dict[str, int]
    points: int
    reached: bool
    others: dict[str, int]
    others_points: int

    @property
    def without_tried(self) -> "Given":
        """The same without the rules that are tried, where they only add to the others."""
        return Given(self.others, self.others_points, False, self.others, self.others_points)


_NOTHING: Final[Counter[str]] = Counter()
_NO_ENTITLEMENTS: Final[Mapping[str, Entitlement]] = MappingProxyType({})
_ABROAD: Final = frozenset({"partners", "network"})


class Moment(NamedTuple):
    """A sale that is to be reckoned, with what its rules ask for: as it was just before it."""

    sale: PastSale
    facts: Facts


class Trial:
    """Sees past sales in order of time and keeps `totals`. Takes room by the customer and the day.

    `weigh` each sale; what it answers `reckon` with the sale's lines, in the same order.
    """

    def __init__(
        self,
        before: Iterable[Rule],
        after: Iterable[Rule],
        scopes: Mapping[str, Terms],
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
        names = {rule.name for rule in (*changed, *added)}
        before = [_as_tried(r) if r in changed else r for r in olds]
        after = [_as_tried(r) if r in added else r for r in news]
        self._after = _Side(after, scopes, names)
        only_adds = not changed and all(map(_only_adds, added))
        self._before = None if only_adds else _Side(before, scopes, names)
        remembering = [r for r in news if r in olds and (r.counted or r.once)]
        probe = [_as_tried(rule) for rule in (*changed, *added, *remembering)]
        self._probe = compile_rules(0, probe).ordered
        self._asker = Asker(_asked_by(probe), clientele)
        self._teller = Asker(_asked_by([*before, *after]), clientele)
        self._clientele, self._since = clientele, since

    def weigh(self, sale: PastSale) -> Moment | None:
        """The next sale; answers what is to be reckoned, if it can make a difference."""
        moment = None
        if self._since is None or sale.at >= self._since:
            totals = self.totals
            totals.sales += 1
            totals.revenue += sale.total
            totals.margin += sale.margin
            totals.first_at = totals.first_at or sale.at
            totals.last_at = sale.at
            if self._matters(sale):
                moment = Moment(sale, Facts(self._teller.values(sale), sale.at))
        self._clientele.note(sale)
        return moment

    def reckon(self, moment: Moment, lines: Sequence[BasketLine]) -> None:
        """What both sides give for a sale, by the engine itself."""
        sale, facts = moment
        after = self._after.gives(sale, lines, facts)
        if self._before is None:
            before = after.without_tried
        else:
            before = self._before.gives(sale, lines, facts)
        reached = before.reached or after.reached
        if reached:
            totals = self.totals
            totals.reached += 1
            totals.reached_revenue += sale.total
            totals.reached_margin += sale.margin
            totals.members.add(sale.member)
            totals.points += after.points - before.points
        if reached or before.costs != after.costs:
            self._keep(sale.day, before.costs, after.costs)

    def _matters(self, sale: PastSale) -> bool:
        facts = Facts(self._asker.values(sale), sale.at)
        return any(_may_hold(compiled, facts) for compiled in self._probe)

    def _keep(self, day: int, before: Mapping[str, int], after: Mapping[str, int]) -> None:
        totals = self.totals
        for key, amount in before.items():
            totals.before[key] += amount
        for key, amount in after.items():
            totals.after[key] += amount
        totals.months[month_of(day)] += sum(after.values()) - sum(before.values())
        abroad = sum(after.get(kind, 0) - before.get(kind, 0) for kind in _ABROAD)
        if abroad:
            totals.days[day] += abroad


def _only_adds(rule: Rule) -> bool:
    """Whether the others give just what they would give without it."""
    return not (
        rule.exclusive
        or rule.exclusive_group
        or any(isinstance(effect, DiscountPercent | DiscountAmount) for effect in rule.then)
    )


def _as_tried(rule: Rule) -> Rule:
    """As if it had held for everyone all through the past: a trial asks what would be, not when it
    begins, who is held out of it to measure it, who would have known its code or activated it. What
    can't be known of the past is taken to hold, so that an offer never looks cheaper than it is."""
    once = rule.once
    if once is not None and once.when is not None:
        once = replace(once, when=assume(once.when, True, _is_knowable))
    return replace(
        rule,
        when=None if rule.when is None else assume(rule.when, True, _is_knowable),
        once=once,
        starts_at=None,
        ends_at=None,
        early_access=None,
        coupon=None,
        holdout_bps=None,
        needs_activation=False,
    )


def _is_knowable(fact: str) -> bool:
    return fact not in UNKNOWABLE


def _may_hold(compiled: CompiledRule, facts: Facts) -> bool:
    """Whether a rule can hold here or begin for someone, whatever others and the past leave."""
    if any(gate(facts, ANYONE) is not None for gate in compiled.gates):
        return False
    if compiled.condition is None or compiled.condition.test(facts.values):
        return True
    if compiled.rule.once is None:
        return False
    return compiled.entitling is None or compiled.entitling.test(facts.values)


def _asked_by(rules: Iterable[Rule]) -> frozenset[str]:
    """The facts that rules' conditions and gates look at."""
    asked: set[str] = set()
    for rule in rules:
        asked |= rule.facts
        if rule.every_nth is not None:
            asked.add("customer.purchases")
        if rule.occasion is not None and rule.occasion.name == BIRTHDAY:
            asked.add("member.birthday_in_days")
        if rule.early_access is not None:
            asked |= {"customer.groups", "customer.tier"}
    return frozenset(asked)
