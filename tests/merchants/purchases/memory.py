"""A counter without a database: the product's pure decisions over rows kept in dicts."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from merchants.programme.book import ScopeTerms, compile_programme
from merchants.programme.queries import ProgrammeRow
from merchants.purchases.command import PurchaseCommand
from merchants.purchases.decision import Decision, decide
from merchants.purchases.desk import HOLD_FOR
from merchants.purchases.quote import KnownMember, Quote
from merchants.purchases.returning import debt_back
from merchants.purchases.spending import SpendableLot
from merchants.purchases.unwinding import EarnBack, LineBack, Policy, SpendBack, Unwound, unwind
from tests.api.notebook import Json, stamp
from tests.merchants.purchases.counters import LotSeen, Terms
from timcheh.ids import new_id
from timcheh.ledger.contracts import LotState
from timcheh.rules import CustomerFacts, Usage


@dataclass
class Kept:
    """A lot's row."""

    id: UUID
    scope: ScopeTerms
    issuer: UUID
    holder: UUID
    granted: int
    left: int
    ends: datetime | None
    made: datetime
    holds: dict[UUID, tuple[int, datetime]] = field(default_factory=dict)
    expired: int = 0
    taken: int = 0

    def held(self, at: datetime) -> int:
        return sum(amount for amount, until in self.holds.values() if until > at)

    def state(self, at: datetime) -> LotState:
        return LotState(
            self.id, self.granted, self.left, self.held(at), self.expired, self.taken, self.ends
        )

    def lapse(self, at: datetime) -> None:
        self.expired += self.left - self.held(at)
        self.left = self.held(at)


@dataclass
class Sale:
    """A purchase's rows."""

    decision: Decision
    returned: dict[int, int]
    restored: dict[int, int]
    settled: dict[int, int]
    absorbed: dict[int, int]


@dataclass
class Keeper:
    """A shop's rows."""

    policy: Policy
    scopes: dict[str, ScopeTerms]
    programme: Any = None
    active: bool = True


class Memory:
    """The rows that PostgreSQL would keep, and nothing of its limits."""

    grace_days = 30

    def __init__(self) -> None:
        self.mall = new_id()
        self.shops: dict[UUID, Keeper] = {}
        self.accepted: dict[UUID, dict[UUID, Terms]] = {}
        self.scopes: dict[str, ScopeTerms] = {}
        self.kept: dict[UUID, Kept] = {}
        self.sales: dict[str, Sale] = {}
        self.owed: dict[tuple[UUID, UUID], int] = {}
        self.visits: dict[tuple[UUID, UUID], int] = {}
        self.clock = count()

    def _scope(self, kind: str, unit: str, name: str, issue: int = 0, redeem: int = 0) -> UUID:
        scope = ScopeTerms(new_id(), kind, unit, issue, redeem, None)
        self.scopes[name or f"pool:{scope.id}"] = scope
        self.accepted[scope.id] = {}
        return scope.id

    async def open(self, at: datetime) -> None:
        self._scope("network", "rial", "network")
        self._scope("wallet", "wallet", "wallet")

    async def shop(self, policy: Policy, limit: int) -> str:
        id = new_id()
        own = self._scope("own", "rial", f"own:{id}")
        partners = self._scope("partners", "rial", f"partners:{id}")
        self._scope("own_points", "point", f"own_points:{id}")
        for scope in (own, partners, self.scopes["network"].id, self.scopes["wallet"].id):
            self.accepted[scope][id] = Terms(0, None)
        self.shops[id] = Keeper(policy, {
            "own:rial": self.scopes[f"own:{id}"],
            "own:point": self.scopes[f"own_points:{id}"],
            "partners": self.scopes[f"partners:{id}"],
            "network": self.scopes["network"],
        })  # fmt: skip
        return str(id)

    async def accept(self, scope: str, shop: str, terms: Terms) -> None:
        found = self.scopes[scope]
        self.accepted[found.id][UUID(shop)] = terms
        if found.kind == "pool":
            self.shops[UUID(shop)].scopes[str(found.id)] = found

    async def pool(self, issue: int, redeem: int) -> str:
        return str(self._scope("pool", "point", "", issue, redeem))

    async def member(self) -> str:
        """Enrolled by the first shop with a basket of nothing."""
        id = new_id()
        self.visits[next(iter(self.shops)), id] = 1
        return str(id)

    async def rules(self, shop: str, version: int, rules: list[Json]) -> None:
        keeper = self.shops[UUID(shop)]
        scopes: Any = {
            name: (s.id, s.kind, s.unit, s.issue_price, s.redeem_price, s.lot_months)
            for name, s in keeper.scopes.items()
        }
        keeper.programme = compile_programme(ProgrammeRow(version, rules, scopes))

    async def suspend(self, shop: str, suspended: bool) -> None:
        self.shops[UUID(shop)].active = not suspended

    # Selling

    def _spendable(self, shop: UUID, member: UUID, at: datetime) -> list[SpendableLot]:
        return [
            SpendableLot(
                x.id, x.scope.unit, False, x.issuer, x.scope.id, x.scope.kind,
                x.left - x.held(at), x.ends, x.made,
                x.scope.redeem_price if x.scope.unit == "point" else 1,
                terms.fee_bps, terms.max_share_bps, len(self.accepted[x.scope.id]),
            )
            for x in self.kept.values()
            if x.holder == member and x.left and (x.ends is None or x.ends > at)
            if (terms := self.accepted[x.scope.id].get(shop))
            and (x.scope.unit != "point" or x.scope.redeem_price)
        ]  # fmt: skip

    async def buy(self, command: PurchaseCommand, at: datetime) -> Decision:
        shop, member = command.till.merchant_id, command.member.id
        assert member is not None
        keeper, key = self.shops[shop], (shop, member)
        facts = CustomerFacts(purchases=self.visits.get(key, 0))
        known = KnownMember(member, "", "", False, None, True, self.owed.get(key, 0), facts, ())
        quote = Quote(
            None, keeper.active, True, keeper.programme.version, None, known, Usage(), {}, {},
            tuple(self._spendable(shop, member, at)),
        )  # fmt: skip
        decision = decide(command, quote, keeper.programme, None, at, HOLD_FOR)
        for spend in decision.spends:
            lot = self.kept[spend.draw.lot.id]
            if command.manual:
                assert decision.expires_at is not None
                lot.holds[decision.id] = (spend.draw.amount, decision.expires_at)
            else:
                lot.left -= spend.draw.amount
        if not command.manual:
            self._confirm(decision, key, at)
        self.sales[str(decision.id)] = Sale(decision, {}, {}, {}, {})
        return decision

    def _confirm(self, decision: Decision, key: tuple[UUID, UUID], at: datetime) -> None:
        for earn in decision.earns:
            self._grant(earn.lot_id, earn.scope, *key, earn.grant.amount, earn.expires_at, at)
        self.visits[key] = self.visits.get(key, 0) + 1
        self.owed[key] = self.owed.get(key, 0) - decision.accrual.debt_paid

    def _grant(
        self,
        id: UUID,
        scope: ScopeTerms,
        issuer: UUID,
        holder: UUID,
        amount: int,
        ends: Any,
        at: Any,
    ) -> None:
        made = at.replace(microsecond=next(self.clock))
        self.kept[id] = Kept(id, scope, issuer, holder, amount, amount, ends, made)

    async def cancel(self, shop: str, purchase: str, at: datetime) -> None:
        for lot in self.kept.values():
            lot.holds.pop(UUID(purchase), None)

    # Coming back

    async def give_back(
        self, shop: str, purchase: str, back: dict[int, int], at: datetime
    ) -> Unwound:
        sale, keeper = self.sales[purchase], self.shops[UUID(shop)]
        decision = sale.decision
        rows = [
            SimpleNamespace(
                paid=x.paid, quantity_milli=x.line.quantity_milli,
                returned_milli=sale.returned.get(i, 0),
            )
            for i, x in enumerate(decision.lines)
        ]  # fmt: skip
        lines = [
            LineBack(i, rows[i].quantity_milli, rows[i].returned_milli, now, rows[i].paid,
                     decision.lines[i].line.total - decision.lines[i].discount)
            for i, now in sorted(back.items())
        ]  # fmt: skip
        spends = [
            SpendBack(n, s.draw.lot.id, s.draw.amount, s.draw.value, s.draw.fee,
                      sale.restored.get(n, 0), s.shares)
            for n, s in enumerate(decision.spends)
        ]  # fmt: skip
        earns = [
            EarnBack(n, e.lot_id, e.scope.unit, e.grant.amount, sale.settled.get(n, 0),
                     sale.absorbed.get(n, 0),
                     e.scope.redeem_price if e.scope.unit == "point" else 1, e.grant.shares)
            for n, e in enumerate(decision.earns)
        ]  # fmt: skip
        debt: Any = SimpleNamespace(debt_paid=decision.accrual.debt_paid)
        done = unwind(
            lines, spends, earns, {e.lot_id: self.kept[e.lot_id].state(at) for e in earns},
            keeper.policy, debt_back(debt, rows, lines),  # type: ignore[arg-type]
        )  # fmt: skip
        self._note(sale, lines, done, at)
        key = (UUID(shop), decision.member.id)
        self.owed[key] = self.owed.get(key, 0) + done.carried
        whole = {i: x.line.quantity_milli for i, x in enumerate(decision.lines)}
        self.visits[key] -= sale.returned == whole
        return done

    def _note(self, sale: Sale, lines: list[LineBack], done: Unwound, at: datetime) -> None:
        for line in lines:
            sale.returned[line.line] = line.before + line.now
        for r in done.restored:
            lot = self.kept[r.lot_id]
            if lot.ends is not None and lot.ends <= at:
                lot.lapse(at)
                lot.ends = at + timedelta(days=self.grace_days)
            lot.left += r.amount
            sale.restored[r.n] = sale.restored.get(r.n, 0) + r.amount
        for t in done.taken:
            lot = self.kept[t.lot_id]
            lot.left, lot.taken = lot.left - t.taken, lot.taken + t.taken
            sale.settled[t.n] = sale.settled.get(t.n, 0) + t.settled
            sale.absorbed[t.n] = sale.absorbed.get(t.n, 0) + t.absorbed

    # The rest

    async def gift(
        self, shop: str, member: str, amount: int, scope: str, ends: datetime, at: datetime
    ) -> str:
        id = new_id()
        self._grant(id, self.scopes[scope], UUID(shop), UUID(member), amount, ends, at)
        return str(id)

    async def top_up(self, member: str, amount: int, at: datetime) -> str:
        id = new_id()
        self._grant(id, self.scopes["wallet"], self.mall, UUID(member), amount, None, at)
        return str(id)

    async def sweep(self, at: datetime) -> None:
        for lot in self.kept.values():
            if lot.ends is not None and lot.ends <= at and not lot.held(at):
                lot.lapse(at)

    async def seen(self, at: datetime) -> tuple[dict[str, LotSeen], dict[tuple[str, str], int]]:
        return {
            str(x.id): LotSeen(x.left, x.held(at), x.expired, stamp(x.ends))
            for x in self.kept.values()
        }, {(str(s), str(m)): debt for (s, m), debt in self.owed.items() if debt}

    async def prove(self, positions: dict[str, tuple[int, int]], fund: dict[str, int]) -> None:
        """Nobody keeps accounts here."""
