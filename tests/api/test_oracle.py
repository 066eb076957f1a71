"""Random trade in a small mall over HTTP, compared to the rial with the oracle's notebook."""

import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from tests.api.conftest import Api, Json, MallApi, new_mobile
from tests.api.notebook import (
    NEVER,
    Earned,
    Lot,
    Pool,
    Purchase,
    Shop,
    Sold,
    attempt,
    stamp,
)
from tests.api.oracle import Oracle
from timcheh.db import Database, Scope
from timcheh.ledger import postings

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
SEEDS = range(300) if NIGHTLY else range(4)
STEPS = 300 if NIGHTLY else 100
OPENED = datetime(2026, 9, 1, 6, 30, tzinfo=UTC)
FAR = 4_000  # days: nothing expires while the test runs


class Trade:
    """One mall in the product and in the oracle, driven by the same dice."""

    def __init__(self, mall: MallApi, database: Database, seed: int) -> None:
        self.mall, self.database = mall, database
        self.dice = Random(seed)
        self.oracle = Oracle()
        self.shops: dict[str, Api] = {}
        self.members: dict[str, str] = {}  # mobile → id
        self.purchases: dict[str, Purchase] = {}
        self.minute = 0
        self.fired: Counter[str] = Counter()

    async def furnish(self) -> None:
        """Three shops that accept some of each other's credit, a pool of two, three members."""
        for policy in ("deduct", "carry", "write_off"):
            limit = self.dice.choice([30_000, 400_000, 10**9])
            shop = await self.mall.shop(credit_limit=limit)
            await shop.patch("/profile", {"return_policy": policy})
            self.shops[shop.id] = shop
            self.oracle.shops[shop.id] = Shop(shop.id, limit, policy)
        ids = list(self.shops)
        for issuer, acceptor in ((0, 1), (1, 0), (0, 2), (2, 1)):
            terms = self.terms()
            await self.mall.partners(self.shops[ids[issuer]], self.shops[ids[acceptor]], **terms)
            self.oracle.shops[ids[issuer]].partners[ids[acceptor]] = terms
        await self.open_pool(ids[:2])
        for shop in self.shops.values():
            await self.change_rules(shop)
        for _ in range(3):
            mobile = new_mobile()
            made = await self.shops[ids[0]].buy(mobile, 0)
            self.members[mobile] = made["member"]["id"]
            self.oracle.visits[ids[0], made["member"]["id"]] += 1
            for earned in made["earned"]:  # a gift of a rule that asks for nothing
                raise AssertionError(earned)

    def terms(self) -> dict[str, int]:
        return {
            "fee_bps": self.dice.choice([0, 150, 333]),
            "max_share_bps": self.dice.choice([2_500, 3_333, 10_000]),
        }

    async def open_pool(self, shops: list[str]) -> None:
        prices = self.dice.choice([(120, 100), (7, 7)])
        body = {"name": "امتیاز", "issue_price": prices[0], "redeem_price": prices[1]}
        pool = await self.mall.post("/pools", body)
        self.pool = Pool(pool["scope_id"], *prices, {})
        self.oracle.pools[self.pool.scope] = self.pool
        for shop in shops:
            terms = self.terms()
            await self.mall.post(
                f"/pools/{pool['id']}/participants", {"merchant_id": shop, **terms}
            )
            self.pool.shops[shop] = terms

    # What can happen

    async def change_rules(self, shop: Api) -> None:
        rules = [self.rule(n, shop.id) for n in range(self.dice.randint(1, 4))]
        await shop.put("/rules", {"rules": [self.with_ids(rule) for rule in rules]})
        self.oracle.shops[shop.id].rules = rules

    def rule(self, number: int, shop: str) -> Json:
        """Each rule's lots live differently long, so that nothing is a draw in the order."""
        dice = self.dice
        scopes = ["own", "own", "partners", "partners", "network"]
        scope, days = dice.choice(scopes), dice.choice([None, FAR + 10 * number])
        group = dice.choice([None, None, "tea"])
        pools = [f"pool:{self.pool.scope}"] if shop in self.pool.shops else []
        effect: Json = dice.choice(
            [
                {"effect": "discount_percent", "bps": dice.choice([333, 1_000]), "group": group},
                {"effect": "discount_amount", "amount": dice.choice([700, 9_999])},
                {"effect": "credit_percent", "bps": dice.choice([333, 1_000, 2_500]),
                 "scope": scope, "group": group, "expires_in_days": days},
                {"effect": "credit_percent", "bps": 500, "scope": scope, "expires_in_days": days},
                {"effect": "credit_amount", "amount": 1_501, "scope": scope,
                 "expires_in_days": days},
                {"effect": "points_per", "amount": 1_000, "points": 3,
                 "scope": dice.choice(["own", *pools])},
            ]
        )  # fmt: skip
        rule: Json = {
            "name": f"rule-{number}",
            "priority": 10 - number,
            "exclusive": dice.random() < 0.15,
            "then": [{k: v for k, v in effect.items() if v is not None}],
        }
        fact, value = dice.choice([("basket.total", 20_000), ("customer.purchases", 2)])
        if dice.random() < 0.3 or effect["effect"] == "credit_amount":
            rule["when"] = {"fact": fact, "op": ">=", "value": value}
        return rule

    def with_ids(self, rule: Json) -> Json:
        """The oracle names a pool's scope with a prefix."""
        then = [
            effect | ({"scope": effect["scope"].removeprefix("pool:")} if "scope" in effect else {})
            for effect in rule["then"]
        ]
        return rule | {"then": then}

    def ask(self) -> Json:
        """What a till may want to spend."""
        amounts = {"credit": 900, "points": 20, "wallet": 2_000}
        return {
            unit: self.dice.choice(["max", "max", "max", self.dice.randint(1, amounts[unit])])
            for unit in self.dice.sample(list(amounts), self.dice.randint(0, 3))
        }

    async def buy(self, *, manual: bool = False) -> None:
        dice = self.dice
        shop = dice.choice(list(self.shops.values()))
        mobile, member = dice.choice(list(self.members.items()))
        if manual and self.oracle.debts[shop.id, member]:
            return  # what a debt will be when it is confirmed is another test's question
        lines = [
            Sold(dice.choice([1_000, 2_000, 3_000, 1_250]), dice.randint(1, 30_000),
                 dice.choice([None, "tea"]))
            for _ in range(dice.randint(1, 3))
        ]  # fmt: skip
        self.minute += 1
        at = OPENED + timedelta(minutes=self.minute)
        asked = self.ask()
        body = {
            "member": {"mobile": mobile},
            "lines": [
                {"quantity": x.quantity / 1_000, "unit_price": x.price, "group": x.group}
                for x in lines
            ],
            "spend": asked,
            "capture": "manual" if manual else "automatic",
            "occurred_at": at.isoformat(),
        }
        answer = await shop.call("POST", "/purchases", body)

        def ends(days: int | None) -> str:
            return stamp(at + timedelta(days=days)) if days else NEVER

        def decide() -> Purchase:
            purchase = self.oracle.decide(shop.id, member, lines, asked, ends)
            if manual:
                self.oracle.authorise(purchase)
            else:
                self.oracle.confirm(purchase)
            return purchase

        expected = attempt(decide)
        if isinstance(expected, str):
            assert answer.json().get("code") == expected
            self.fired[expected] += 1
            return
        assert answer.status_code == 201, answer.text
        self.compare(answer.json(), expected)
        self.purchases[answer.json()["id"]] = expected
        self.fired["authorised" if manual else "bought"] += 1
        self.fired["spent"] += bool(expected.spent)
        self.fired["spent from several"] += len(expected.spent) > 1
        self.fired["debt paid"] += bool(expected.debt_paid)

    def compare(self, found: Json, expected: Purchase) -> None:
        """The answer to a purchase, every figure of it."""
        assert found["state"] == expected.state
        assert found["total"] == sum(line.total for line in expected.lines)
        assert found["discount"] == sum(line.discount for line in expected.lines)
        assert found["spent_value"] == sum(draw.value for draw in expected.spent)
        assert found["to_pay"] == expected.to_pay
        assert [(s["lot_id"], s["issuer_id"], s["unit"], s["amount"], s["value"], s["fee"])
                for s in found["spent"]] == [
            (d.lot.id, d.lot.issuer, d.lot.unit, d.amount, d.value, d.fee) for d in expected.spent
        ]  # fmt: skip
        assert [(e["rule"], e["unit"], e["amount"], stamp(e["expires_at"]))
                for e in found["earned"]] == [
            (e.rule, e.unit, e.amount, e.ends) for e in expected.earned
        ]  # fmt: skip
        assert found["debt_paid"] == expected.debt_paid
        for earned, lot in zip(expected.earned, found["earned"], strict=True):
            earned.lot_id = lot["lot_id"]
            if earned.lot is not None:
                earned.lot.id = lot["lot_id"]

    async def close(self) -> None:
        """Confirms or cancels an open purchase."""
        open_ = [id for id, each in self.purchases.items() if each.state == "authorized"]
        if not open_:
            return
        id = self.dice.choice(open_)
        purchase, action = self.purchases[id], self.dice.choice(["confirm", "confirm", "cancel"])
        answer = await self.shops[purchase.shop].call("POST", f"/purchases/{id}/{action}", {})
        self.oracle.cancel(purchase)  # frees what was held, either way
        if action == "confirm":
            refused = attempt(lambda: self.oracle.confirm(purchase))
            if refused:
                assert answer.json().get("code") == refused
                purchase.state = "authorized"
                self.oracle.authorise(purchase)
                self.fired[f"confirm: {refused}"] += 1
                return
            for earned in purchase.earned:
                assert earned.lot is not None
                earned.lot.id = earned.lot_id
        assert answer.json()["state"] == purchase.state, answer.text
        self.fired[action] += 1

    async def give_back(self) -> None:
        dice = self.dice
        confirmed = [
            id for id, each in self.purchases.items()
            if each.state == "confirmed" and any(x.back < x.quantity for x in each.lines)
        ]  # fmt: skip
        if not confirmed:
            return
        id = dice.choice(confirmed)
        purchase = self.purchases[id]
        back = {}
        for index, line in enumerate(purchase.lines):
            rest = line.quantity - line.back
            if rest and dice.random() < 0.7:
                back[index] = dice.choice([rest, rest, max(1, rest // 3)])
        if not back:
            return
        body = {"lines": [{"line": i, "quantity": n / 1_000} for i, n in back.items()]}
        found = await self.shops[purchase.shop].post(f"/purchases/{id}/returns", body)
        expected = self.oracle.give_back(purchase, back)
        assert {key: found[key] for key in expected} == expected
        self.fired["returned"] += 1
        self.fired["deducted"] += bool(expected["deducted"])

    async def gift(self) -> None:
        shop = self.dice.choice(list(self.shops.values()))
        mobile, member = self.dice.choice(list(self.members.items()))
        scope, amount = (
            self.dice.choice(["own", "partners", "network"]),
            self.dice.randint(1, 9_000),
        )
        ends = stamp(OPENED + timedelta(days=FAR + 500, minutes=self.minute))
        self.minute += 1
        body = {"member": {"mobile": mobile}, "amount": amount, "scope": scope, "reason": "gift"}
        answer = await shop.call("POST", "/credits", body | {"expires_at": ends})
        name = scope if scope == "network" else f"{scope}:{shop.id}"
        granted = Earned("gift", "rial", name, amount, ends, [])
        made = Purchase(shop.id, member, [], [], [granted], 0)
        refused = attempt(lambda: self.oracle.confirm(made))
        if refused:
            assert answer.json().get("code") == refused
            self.fired[f"gift: {refused}"] += 1
            return
        self.oracle.visits[shop.id, member] -= 1  # a gift is no visit
        assert answer.status_code == 201, answer.text
        assert granted.lot is not None
        granted.lot.id = answer.json()["id"]
        self.fired["gift"] += 1

    async def top_up(self) -> None:
        member, amount = self.dice.choice(list(self.members.values())), self.dice.randint(1, 9_000)
        async with self.database.unit_of_work(Scope.mall(self.mall.info["id"])) as uow:
            driver = await uow.driver()
            wallet = await driver.fetchval("SELECT id FROM ledger.scope WHERE kind = 'wallet'")
            head = postings.transfer(uow, "top_up")
            lot_id = await postings.top_up(uow, head, wallet, UUID(member), amount)
        oracle = self.oracle
        oracle.lots.append(
            Lot(str(lot_id), "wallet", "wallet", self.mall.id, member, amount, NEVER,
                len(oracle.lots))
        )  # fmt: skip
        oracle.fund["gateway"] -= amount
        oracle.fund["wallet"] += amount
        self.fired["top_up"] += 1

    async def change_terms(self) -> None:
        shop = self.dice.choice(list(self.oracle.shops.values()))
        if self.dice.random() < 0.5:
            shop.limit = self.dice.choice([0, 30_000, 10**9])
            await self.mall.patch(f"/merchants/{shop.id}", {"credit_limit": shop.limit})
        else:
            amount = self.dice.randint(1, 5_000)
            await self.mall.post(f"/merchants/{shop.id}/deposits", {"amount": amount})
            shop.deposit += amount
            self.oracle.fund["cash"] -= amount
        self.fired["terms"] += 1

    async def step(self) -> None:
        deeds: list[tuple[int, Any]] = [
            (10, self.buy), (4, lambda: self.buy(manual=True)), (4, self.close),
            (5, self.give_back), (1, self.gift), (2, self.top_up), (1, self.change_terms),
            (1, lambda: self.change_rules(self.dice.choice(list(self.shops.values())))),
        ]  # fmt: skip
        weights = [weight for weight, _ in deeds]
        await self.dice.choices([deed for _, deed in deeds], weights)[0]()

    async def agree(self) -> None:
        """Every lot, every position, the fund."""
        for member in self.members.values():
            lots = await self.mall.lots(member)
            found = {x["id"]: (x["unit"], x["issuer_id"], x["available"], x["held"]) for x in lots}
            assert {x["id"]: stamp(x["expires_at"]) for x in lots} == {
                x.id: x.ends for x in self.oracle.lots if x.member == member and x.left
            }
            assert found == {
                x.id: (x.unit, x.issuer, x.left - x.held, x.held)
                for x in self.oracle.lots
                if x.member == member and x.left
            }
        stand = await self.mall.positions()
        assert stand.pop("fund") == self.oracle.fund
        assert {id: (x["outstanding"], x["clearing"], x["deposit"], x["credit_limit"])
                for id, x in stand.items()} == {
            id: (
                -sum(x.left for x in self.oracle.lots if x.issuer == id and x.unit == "rial"),
                self.oracle.clearing[id],
                shop.deposit,
                shop.limit,
            )
            for id, shop in self.oracle.shops.items()
        }  # fmt: skip


@pytest.mark.feature("earn.percent")
@pytest.mark.feature("sale.spend_credit")
@pytest.mark.feature("sale.refund")
@pytest.mark.feature("net.credit_at")
@pytest.mark.feature("net.pooled_points")
@pytest.mark.feature("fund.limits")
@pytest.mark.parametrize("seed", SEEDS)
async def test_random_trade_agrees_with_the_oracle(
    mall_api: MallApi, database: Database, seed: int
) -> None:
    trade = Trade(mall_api, database, seed)
    await trade.furnish()
    for number in range(STEPS):
        await trade.step()
        if number % 5 == 0:
            await trade.agree()
    await trade.agree()
    await mall_api.prove()
    print(sorted(trade.fired.items()))
    assert trade.fired["bought"] > STEPS / 10
    assert trade.fired["returned"] > 0
