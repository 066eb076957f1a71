"""Quotes asked for in one batch: each tells of its own shop, member, branch, person and day.

Every column is compared with what one finds by looking through whole tables.
"""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from merchants.purchases.quote import QuoteIn
from tests.merchants.purchases.rush import Rush, rush_hour
from tests.merchants.purchases.surroundings import SKUS, Surroundings, surround
from timcheh.calendar import local_date
from timcheh.db import Database
from timcheh.ids import NIL, new_id

pytestmark = [pytest.mark.feature("sale.spend_credit"), pytest.mark.feature("segment.behaviour")]

NOWRUZ = datetime(2026, 3, 20, 19, 0, tzinfo=UTC)  # 29 Esfand, ninety minutes before midnight
TABLES = (
    "merchants.branch", "merchants.customer", "merchants.customer_profile", "merchants.rfm_scale",
    "merchants.rule_usage", "merchants.entitlement", "merchants.nearness",
    "merchants.offer_activation", "merchants.product",
    "merchants.price_list", "merchants.price_list_group", "merchants.price_list_item",
    "merchants.colleague", "merchants.colleague_terms", "merchants.credit_cap",
    "merchants.credit_use", "merchants.concession_limit", "merchants.concession_use",
    "merchants.merchant_account", "kernel.staff_role", "kernel.staff", "ledger.lot", "ledger.hold",
    "ledger.acceptor",
)  # fmt: skip
PERSON = (
    "gender", "marital_status", "province", "city", "district", "neighbourhood", "guild", "job",
)  # fmt: skip
FLAGS = ("lots", "network", "usage", "entitlements", "activations", "history", "holdings",
         "nearness")  # fmt: skip


class Tables:
    """Whole tables of a mall, looked through row by row."""

    def __init__(self, rows: dict[str, list[Any]], at: datetime) -> None:
        self.rows, self.at = rows, at

    def all(self, name: str, **where: Any) -> list[Any]:
        return [r for r in self.rows[name] if all(r[key] == value for key, value in where.items())]

    def one(self, name: str, **where: Any) -> Any:
        found = self.all(name, **where)
        assert len(found) < 2
        return found[0] if found else None

    # What a quote tells of `i`

    def branch_state(self, i: QuoteIn) -> str | None:
        if i.branch_id is None:
            return "open"
        row = self.one("branch", merchant_id=i.merchant_id, id=i.branch_id)
        return None if row is None else ("closed" if row["closed_at"] else "open")

    def usage(self, i: QuoteIn) -> Any:
        return [
            [r["rule"], r["member_id"] == i.member_id, r["used"], r["times"],
             r["day"].isoformat(), r["day_used"]]
            for r in self.all("rule_usage", merchant_id=i.merchant_id)
            if r["member_id"] in (i.member_id, NIL)
        ]  # fmt: skip

    def entitlements(self, i: QuoteIn) -> Any:
        found = self.all("entitlement", merchant_id=i.merchant_id, member_id=i.member_id)
        return [[r["rule"], r["opened_at"], r["expires_at"], r["used_at"]] for r in found]

    def activated(self, i: QuoteIn) -> list[str]:
        found = self.all("offer_activation", merchant_id=i.merchant_id, member_id=i.member_id)
        return [r["rule"] for r in found if r["ended_at"] is None]

    def history(self, i: QuoteIn) -> Any:
        mine = {"merchant_id": i.merchant_id, "member_id": i.member_id}
        customer, scale = (
            self.one("customer", **mine),
            self.one("rfm_scale", merchant_id=i.merchant_id),
        )
        if customer is None:
            return None
        profile = self.one("customer_profile", **mine) or dict.fromkeys([*PERSON, "wedding_date"])
        kept = ("first_at", "visits", "last_basket", "bought", "months", "tags", "tier_progress",
                "source")  # fmt: skip
        return {name: customer[name] for name in kept} | {
            "scale": [scale["recency"], scale["frequency"], scale["monetary"]],
            "wedding": profile["wedding_date"],
            "person": {name: profile[name] for name in PERSON},
        }

    def holdings(self, i: QuoteIn) -> Any:
        found = {"rial": 0, "point": 0, "wallet": 0}
        for lot in self.all("lot", holder_id=i.member_id):
            begun, ends = lot["available_from"] <= self.at, lot["expires_at"]
            accepted = any(
                a["valid_from"] <= self.at and (a["valid_until"] or self.at) >= self.at
                for a in self.all("acceptor", scope_id=lot["scope_id"], branch_id=NIL)
                if a["merchant_id"] == i.merchant_id
            )
            if begun and (ends is None or ends > self.at) and accepted:
                held = self.all("hold", lot_id=lot["id"])
                found[lot["unit"]] += lot["remaining"] - sum(
                    h["amount"] for h in held if h["expires_at"] > self.at
                )
        return {"credit": found["rial"], "points": found["point"]}

    def nearness(self, i: QuoteIn) -> Any:
        row = self.one("nearness", merchant_id=i.merchant_id, member_id=i.member_id)
        return row and [row["metres"], row["seen_at"]]

    def products(self, i: QuoteIn) -> Any:
        """SKU, price, whether it is sold, and by which list."""
        here = {"merchant_id": i.merchant_id}
        customer = self.one("customer", **here, member_id=i.member_id)
        groups = customer["groups"] if customer else []
        lists = [
            self.one("price_list", **here, id=given["list_id"])
            for group in groups for given in self.all("price_list_group", **here, group=group)
        ]  # fmt: skip
        for good in (self.one("product", **here, sku=sku) for sku in set(i.skus)):
            if good is not None:
                prices = [
                    (own["price"] if own else good["price"], each["name"])
                    for each in lists if each["active"]
                    for own in [self.one("price_list_item", **here, list_id=each["id"],
                                         sku=good["sku"])]
                ]  # fmt: skip
                price, name = min(prices, default=(good["price"], None))
                yield [good["sku"], price, good["active"], name]

    def colleagues(self, i: QuoteIn) -> Any:
        here = {"merchant_id": i.merchant_id}
        for id in set(i.colleagues):
            if self.one("colleague", **here, id=id, active=True):
                terms = self.all("colleague_terms", **here, colleague_id=id)
                for t in terms or [dict.fromkeys(("group", "bps", "amount"))]:
                    yield [id, t["group"], t["bps"], t["amount"]]

    def caps(self, i: QuoteIn) -> Any:
        here = {"merchant_id": i.merchant_id}
        customer = self.one("customer", **here, member_id=i.member_id)
        if self.one("merchant_account", **here)["credit_caps"]:
            for cap in self.all("credit_cap", **here):
                if cap["group"] in [*(customer["groups"] if customer else []), ""]:
                    yield [cap["group"], cap["per_invoice"], cap["per_day"]]

    def credit_today(self, i: QuoteIn) -> int | None:
        if not self.one("merchant_account", merchant_id=i.merchant_id)["credit_caps"]:
            return None
        day = local_date(self.at)
        row = self.one(
            "credit_use", merchant_id=i.merchant_id, member_id=i.member_id, day=day
        )  # fmt: skip
        return row and int(row["used"])

    def concession(self, i: QuoteIn) -> Any:
        by, here = i.concession_by, {"merchant_id": i.merchant_id}
        known = self.one("staff", id=by)
        roles = [r["role"] for r in self.all("staff_role", staff_id=by, **here)
                 if r["branch_id"] in (None, i.branch_id)] if known else ["program"]  # fmt: skip
        limits = [r for r in self.all("concession_limit", **here)
                  if r["staff_id"] == by or r["role"] in roles]  # fmt: skip
        used = self.one("concession_use", **here, by_id=by, day=local_date(self.at))
        return {
            "owner": "owner" in roles,
            "limits": [[r["role"] == "", r["line_bps"], r["per_invoice"], r["per_day"]]
                       for r in limits] or None,
            "used": used["used"] if used else 0,
        }  # fmt: skip


def plain(value: Any) -> Any:
    """JSON or a Python value, so that both can be compared: lists in order, moments as numbers."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return sorted((plain(each) for each in value), key=repr)
    if isinstance(value, str) and value[4:5] == value[7:8] == "-" and "T" in value:
        return datetime.fromisoformat(value).timestamp()
    if isinstance(value, datetime):
        return value.timestamp()
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


@pytest.fixture(scope="module")
async def surrounded(database: Database) -> AsyncIterator[tuple[Rush, Surroundings]]:
    """A mall with a history over midnight and the year's end, and something held just now."""
    async with rush_hour(database, 5, NOWRUZ) as rush:
        await rush.play(14)
        around = await surround(rush)
        await rush.gifts()
        for minutes in (1, 1, 3, 1):  # what is held first is not held any more
            await rush.rush()
            rush.at += timedelta(minutes=minutes)
        await rush.owner.executemany(
            "INSERT INTO merchants.credit_use (mall_id, merchant_id, member_id, day, used)"
            " VALUES ($1, $2, $3, $4, 7) ON CONFLICT DO NOTHING",
            [(rush.mall, shop, member, local_date(rush.at) - timedelta(days=1))
             for shop in rush.shops for member in rush.members],
        )  # fmt: skip
        yield rush, around


def question(number: int, shop: str, member: str, wants: bool, around: Surroundings) -> QuoteIn:
    """Everything, or nothing but who it is; branch and person in turn."""
    branch = [None, *around.branches, new_id()][number % 4]
    return QuoteIn(
        number, UUID(shop), branch, None, None, UUID(member), None, UUID(shop), None,
        *(wants for _ in FLAGS), [*SKUS, SKUS[0]] if wants else [], wants,
        [*around.colleagues, around.colleagues[0]] if wants else [],
        None, NOWRUZ,
    )  # fmt: skip


async def test_each_quote_of_a_batch_tells_of_its_own(
    surrounded: tuple[Rush, Surroundings],
) -> None:
    rush, around = surrounded
    asked = []
    by = [around.person, *rush.keys]
    for wants, shop, member, who in product((True, False), rush.shops, rush.members, by):
        one = question(len(asked), shop, member, wants, around)
        asked.append(one._replace(concession_by=who if wants else None, at=rush.at))
    asked = [*asked, *(each._replace(item=len(asked) + each.item, branch_id=branch)
                       for each in asked[:36] for branch in around.branches[:1])]  # fmt: skip
    found: dict[int, Any] = {}
    for row in await rush.app.fetch("SELECT * FROM merchants.quote_many($1, $2)", rush.mall, asked):
        found.setdefault(row["item"], row)
    rows = {
        name.partition(".")[2]: await rush.owner.fetch(
            f"SELECT * FROM {name} WHERE mall_id = $1", rush.mall
        )
        for name in TABLES
    }
    tables = Tables(rows, rush.at)
    assert {hold["expires_at"] > rush.at for hold in rows["hold"]} == {True, False}
    told = ("usage", "entitlements", "history", "holdings", "nearness", "products", "colleagues",
            "caps", "concession")  # fmt: skip
    seen: dict[str, set[str]] = {}
    for i in asked:
        row = found[i.item]
        customer = tables.one("customer", merchant_id=i.merchant_id, member_id=i.member_id)
        assert row["branch_state"] == tables.branch_state(i)
        assert (row["member_id"], row["is_customer"]) == (i.member_id, customer is not None)
        for name in ("purchases", "spend", "last_at", "debt", "groups", "tier"):
            assert row[name] == (customer[name] if customer else None)
        shops = [r["merchant_id"] for r in tables.all("customer", member_id=i.member_id)]
        assert plain(row["customer_of"]) == (plain(shops) if i.wants_network else None)
        assert plain(row["activated"]) == (tables.activated(i) if i.wants_activations else None)
        seen.setdefault("activated", set()).add(repr(row["activated"]))
        assert row["credit_today"] == (tables.credit_today(i) if i.wants_lots else None)
        for name in told:
            expected = None
            if i.wants_lots:
                expected = getattr(tables, name)(i)
                expected = expected if isinstance(expected, dict) else list(expected or []) or None
            answer = None if row[name] is None else json.loads(row[name])
            if name == "products" and answer:
                answer = [[x["sku"], x["price"], x["active"], x["list"]] for x in answer]
            assert plain(answer) == plain(expected), (name, i)
            seen.setdefault(name, set()).add(repr(plain(expected)))
        seen.setdefault("credit_today", set()).add(repr(row["credit_today"]))
    # What is the same for everyone would prove nothing.
    assert {name: len(values) for name, values in seen.items() if len(values) < 3} == {}
