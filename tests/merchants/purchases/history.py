"""A random history of a small mall: what is bought, spent, earned, expired and brought back.

Every event happens at a counter of the product and in the oracle's notebook, which must tell the
same figures to the rial after each.
"""

from collections import Counter as Tally
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from merchants.purchases.decision import Decision
from merchants.purchases.unwinding import Unwound
from tests.api.notebook import (
    NEVER,
    Earned,
    Json,
    Lot,
    Pool,
    Purchase,
    Refused,
    Shop,
    Sold,
    attempt,
    stamp,
)
from tests.api.oracle import Oracle
from tests.merchants.purchases.counters import Counter, LotSeen, Terms, command_of
from timcheh.errors import TimchehError

OPENED = datetime(2026, 3, 21, 8, 30, tzinfo=UTC)
NO_LIMIT = 10**15
POLICIES = ("deduct", "carry", "write_off")


class History:
    """One mall's story, decided by a seed."""

    def __init__(self, counter: Counter, seed: int, limits: tuple[int, ...] = (NO_LIMIT,)) -> None:
        self.counter, self.dice, self.limits = counter, Random(seed), limits
        self.oracle = Oracle()
        self.at = OPENED
        self.members: list[str] = []
        self.purchases: dict[str, Purchase] = {}
        self.suspended: set[str] = set()
        self.versions: Tally[str] = Tally()
        self.done: Tally[str] = Tally()

    @property
    def shops(self) -> list[Shop]:
        return list(self.oracle.shops.values())

    async def play(self, events: int) -> None:
        await self.furnish()
        for number in range(events):
            self.pass_time(timedelta(minutes=1))
            await self.event()
            await self.agree(accounts=number % 8 == 0)
        await self.agree(accounts=True)

    # The mall

    async def furnish(self) -> None:
        """Three shops that accept some of each other's credit, two pools, two members."""
        await self.counter.open(self.at)
        for policy in self.dice.sample(POLICIES, 3):
            limit = self.dice.choice(self.limits)
            id = await self.counter.shop(policy, limit)
            self.oracle.shops[id] = Shop(id, limit, policy)
        for issuer in self.shops:
            for acceptor in self.shops:
                if issuer is not acceptor and self.dice.random() < 0.7:
                    terms = self.terms()
                    issuer.partners[acceptor.id] = vars(terms)
                    await self.counter.accept(f"partners:{issuer.id}", acceptor.id, terms)
        for prices in ((120, 100), (7, 7)):
            await self.open_pool(*prices)
        for _ in range(2):
            member = await self.counter.member()
            self.members.append(member)
            self.oracle.visits[self.shops[0].id, member] += 1
        for shop in self.shops:
            await self.change_rules(shop)

    def terms(self) -> Terms:
        return Terms(
            self.dice.choice([0, 150, 333]), self.dice.choice([2_500, 3_333, 10_000, None])
        )

    async def open_pool(self, issue: int, redeem: int) -> None:
        scope = await self.counter.pool(issue, redeem)
        pool = self.oracle.pools[scope] = Pool(scope, issue, redeem, {})
        for shop in self.dice.sample(self.shops, 2):
            terms = self.terms()
            pool.shops[shop.id] = vars(terms)
            await self.counter.accept(f"pool:{scope}", shop.id, terms)

    async def change_rules(self, shop: Shop) -> None:
        """Lots of several rules may end together: then the narrower scope pays first."""
        rules = [self.rule(number, shop.id) for number in range(self.dice.randint(1, 3))]
        shop.rules = rules
        self.versions[shop.id] += 1
        published = [
            rule | {"then": [e | {"scope": e["scope"].removeprefix("pool:")} if "scope" in e else e
                             for e in rule["then"]]}
            for rule in rules
        ]  # fmt: skip
        await self.counter.rules(shop.id, self.versions[shop.id], published)

    def rule(self, number: int, shop: str) -> Json:
        dice = self.dice
        scope, days = dice.choice(["own", "partners", "network"]), dice.choice([1, 2, 9, 30])
        pools = [f"pool:{p.scope}" for p in self.oracle.pools.values() if shop in p.shops]
        earns: Json = {"scope": scope, "expires_in_days": days}
        effect = dice.choice(
            [
                {"effect": "discount_percent", "bps": dice.choice([333, 1_000])},
                {"effect": "discount_amount", "amount": dice.choice([700, 9_999])},
                {"effect": "credit_percent", "bps": dice.choice([333, 2_500]), **earns},
                {"effect": "credit_percent", "bps": 1_000, "group": "tea", **earns},
                {"effect": "credit_amount", "amount": 1_501, **earns},
                *({"effect": "points_per", "amount": 1_000, "points": 3, "scope": pool}
                  for pool in ["own", *pools]),
            ]
        )  # fmt: skip
        rule: Json = {"name": f"rule-{number}", "priority": 10 - number, "then": [effect]}
        if effect["effect"] == "credit_amount":
            rule["when"] = {"fact": "customer.purchases", "op": ">=", "value": 1}
        return rule

    # What can happen

    async def event(self) -> None:
        deeds: list[tuple[int, Any]] = [
            (8, self.buy), (2, self.authorise), (1, self.cancel), (7, self.give_back),
            (2, self.gift), (2, self.top_up), (4, self.days_go_by), (4, self.sweep),
            (1, self.suspend), (1, lambda: self.change_rules(self.dice.choice(self.shops))),
        ]  # fmt: skip
        weights = [weight for weight, _ in deeds]
        await self.dice.choices([deed for _, deed in deeds], weights)[0]()

    def pass_time(self, by: timedelta) -> None:
        self.at += by
        self.oracle.now = stamp(self.at)
        self.oracle.time_out(list(self.purchases.values()))

    async def days_go_by(self) -> None:
        self.pass_time(timedelta(days=self.dice.choice([1, 3, 8, 31])))

    async def sweep(self) -> None:
        self.oracle.expire()
        await self.counter.sweep(self.at)
        self.done["expired"] = sum(bool(lot.expired) for lot in self.oracle.lots)

    async def buy(self, *, manual: bool = False) -> None:
        dice, shop, member = self.dice, self.dice.choice(self.shops), self.dice.choice(self.members)
        if manual and self.oracle.debts[shop.id, member]:
            return  # an authorisation pays a debt at once: another test's question
        lines = [
            Sold(dice.choice([1_000, 2_000, 3_000, 1_250]), dice.randint(1, 30_000),
                 dice.choice([None, "tea"]))
            for _ in range(dice.randint(1, 3))
        ]  # fmt: skip
        asked = {
            unit: dice.choice(["max", "max", "max", dice.randint(1, 900)])
            for unit in dice.sample(["credit", "points", "wallet"], dice.randint(0, 3))
        }
        command = command_of(None, UUID(shop.id), UUID(member), lines, asked, manual=manual)
        found, refusal = await self.attempt(self.counter.buy(command, self.at))
        expected = attempt(lambda: self.sell(shop, member, lines, asked, manual))
        assert refusal == (expected if isinstance(expected, str) else None)
        if isinstance(expected, str):
            self.done[expected] += 1
            return
        self.compare(found, expected)
        self.purchases[str(found.id)] = expected
        self.done["authorised" if manual else "bought"] += 1
        self.done["several lots paid"] += len(expected.spent) > 1
        self.done["several issuers paid"] += len({x.lot.issuer for x in expected.spent}) > 1

    def sell(
        self, shop: Shop, member: str, lines: list[Sold], asked: Json, manual: bool
    ) -> Purchase:
        """The purchase in the notebook. Raises Refused."""
        if shop.id in self.suspended:
            raise Refused("merchant_suspended")

        def ends(days: int | None) -> str:
            return stamp(self.at + timedelta(days=days)) if days else NEVER

        purchase = self.oracle.decide(shop.id, member, lines, asked, ends)
        if manual:
            purchase.until = stamp(self.at + timedelta(minutes=2))
            self.oracle.authorise(purchase)
        else:
            self.oracle.confirm(purchase)
        return purchase

    async def authorise(self) -> None:
        await self.buy(manual=True)

    async def attempt(self, work: Any) -> tuple[Any, str | None]:
        try:
            return await work, None
        except TimchehError as error:
            return None, error.code

    def compare(self, found: Decision, expected: Purchase) -> None:
        """Every figure of the decision."""
        assert (found.pricing.total, found.pricing.discount, found.to_pay) == (
            sum(line.total for line in expected.lines),
            sum(line.discount for line in expected.lines),
            expected.to_pay,
        )
        assert [(x.discount, x.spent_value, x.paid) for x in found.lines] == [
            (x.discount, x.spent, x.paid) for x in expected.lines
        ]
        assert [(str(s.draw.lot.id), s.draw.amount, s.draw.value, s.draw.fee, s.shares)
                for s in found.spends] == [
            (x.lot.id, x.amount, x.value, x.fee, x.shares) for x in expected.spent
        ]  # fmt: skip
        assert [(e.grant.rule, e.scope.unit, e.grant.amount, stamp(e.expires_at))
                for e in found.earns] == [
            (e.rule, e.unit, e.amount, e.ends) for e in expected.earned
        ]  # fmt: skip
        assert found.accrual.debt_paid == expected.debt_paid
        for earned, made in zip(expected.earned, found.earns, strict=True):
            if earned.lot is not None:
                earned.lot.id = str(made.lot_id)

    async def cancel(self) -> None:
        open_ = [id for id, each in self.purchases.items() if each.state == "authorized"]
        if open_:
            id = self.dice.choice(open_)
            await self.counter.cancel(self.purchases[id].shop, id, self.at)
            self.oracle.cancel(self.purchases[id])
            self.done["cancelled"] += 1

    async def give_back(self) -> None:
        dice = self.dice
        left = [
            id for id, each in self.purchases.items()
            if each.state == "confirmed" and any(x.back < x.quantity for x in each.lines)
        ]  # fmt: skip
        if not left:
            return
        id = dice.choice(left)
        purchase, back = self.purchases[id], {}
        for index, line in enumerate(purchase.lines):
            rest = line.quantity - line.back
            if rest and dice.random() < 0.7:
                back[index] = dice.choice([rest, max(1, rest // 3), dice.randint(1, rest)])
        if not back:
            return
        found = await self.counter.give_back(purchase.shop, id, back, self.at)
        grace = stamp(self.at + timedelta(days=self.counter.grace_days))
        self.compare_return(found, self.oracle.give_back(purchase, back, grace))

    def compare_return(self, found: Unwound, expected: Json) -> None:
        """Every figure of a return."""
        assert {
            "refund": found.refund,
            "deducted": found.deducted,
            "carried": found.carried,
            "written_off": found.written_off,
            "restored": [{"lot_id": str(x.lot_id), "amount": x.amount} for x in found.restored],
            "taken_back": [{"unit": x.unit, "amount": x.taken} for x in found.taken if x.taken],
        } == expected
        self.done["returned"] += 1
        for name in ("deducted", "carried", "written_off", "restored", "taken_back"):
            self.done[name] += bool(expected[name])
        self.done["had expired"] += any(x.absorbed for x in found.taken)

    async def gift(self) -> None:
        shop, member = self.dice.choice(self.shops), self.dice.choice(self.members)
        scope, amount = (
            self.dice.choice(["own", "partners", "network"]),
            self.dice.randint(1, 9_000),
        )
        name = scope if scope == "network" else f"{scope}:{shop.id}"
        ends = self.at + timedelta(days=self.dice.choice([2, 9, 40]), seconds=1)
        found, refusal = await self.attempt(
            self.counter.gift(shop.id, member, amount, name, ends, self.at)
        )
        granted = Earned("gift", "rial", name, amount, stamp(ends), [])
        made = Purchase(shop.id, member, [], [], [granted], 0)
        assert refusal == attempt(lambda: self.oracle.confirm(made))
        if refusal:
            self.done[f"gift: {refusal}"] += 1
            return
        self.oracle.visits[shop.id, member] -= 1  # a gift is no visit
        assert granted.lot is not None
        granted.lot.id = found
        self.done["gift"] += 1

    async def top_up(self) -> None:
        member, amount, oracle = (
            self.dice.choice(self.members),
            self.dice.randint(1, 9_000),
            self.oracle,
        )
        id = await self.counter.top_up(member, amount, self.at)
        oracle.lots.append(
            Lot(id, "wallet", "wallet", "", member, amount, NEVER, len(oracle.lots))
        )  # fmt: skip
        oracle.fund["gateway"] -= amount
        oracle.fund["wallet"] += amount

    async def suspend(self) -> None:
        """A shop sells no more, or again; what it granted and sold is honoured."""
        shop = self.dice.choice(self.shops).id
        self.suspended ^= {shop}
        await self.counter.suspend(shop, shop in self.suspended)

    # What must be the same

    async def agree(self, *, accounts: bool) -> None:
        """Every lot and debt, and now and then every account."""
        oracle = self.oracle
        lots, debts = await self.counter.seen(self.at)
        assert lots == {x.id: LotSeen(x.left, x.held, x.expired, x.ends) for x in oracle.lots}
        assert debts == {key: n for key, n in oracle.debts.items() if n}
        if accounts:
            outstanding: Tally[str] = Tally()
            for lot in oracle.lots:
                outstanding[lot.issuer] -= lot.left if lot.unit == "rial" else 0
            await self.counter.prove(
                {s.id: (outstanding[s.id], oracle.clearing[s.id]) for s in self.shops}, oracle.fund
            )
