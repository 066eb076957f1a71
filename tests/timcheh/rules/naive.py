"""The rules of the public contract, written again, slowly and straight from its text.

It reads rule JSON itself, computes with fractions and shares nothing with the engine, so that
the two agreeing means something.
"""

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any


@dataclass
class Line:
    sku: str | None
    group: str | None
    quantity: Fraction
    unit_price: int

    @property
    def total(self) -> int:
        return int(self.quantity * self.unit_price)


@dataclass
class Decision:
    discounts: list[int] = field(default_factory=list)
    grants: list[dict[str, Any]] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    debt_paid: int = 0


def share(amount: int, weights: list[int]) -> list[int]:
    """Largest remainders; ties to the earliest."""
    if amount == 0:
        return [0 for _ in weights]
    if sum(weights) == 0:
        weights = [1 for _ in weights]
    exact = [Fraction(amount * weight, sum(weights)) for weight in weights]
    parts = [int(value) for value in exact]
    while sum(parts) < amount:
        best = max(range(len(parts)), key=lambda i: (exact[i] - parts[i], -i))
        parts[best] += 1
        exact[best] = Fraction(parts[best])  # it has had its turn
    return parts


def holds(condition: dict[str, Any] | None, facts: dict[str, Any]) -> bool:
    if condition is None:
        return True
    if "all" in condition:
        return all(holds(each, facts) for each in condition["all"])
    if "any" in condition:
        return any(holds(each, facts) for each in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], facts)
    if condition["fact"] not in facts:
        return False
    actual, value = facts[condition["fact"]], condition["value"]
    match condition["op"]:
        case "==":
            return bool(actual == value)
        case "!=":
            return bool(actual != value)
        case ">":
            return bool(actual > value)
        case ">=":
            return bool(actual >= value)
        case "<":
            return bool(actual < value)
        case "<=":
            return bool(actual <= value)
        case "contains":
            return value in actual
        case _:  # in
            if isinstance(actual, set):
                return any(each in actual for each in value)
            return actual in value


def fits(effect: dict[str, Any], line: Line) -> bool:
    return effect.get("group") in (None, line.group) and effect.get("sku") in (None, line.sku)


def in_window(rule: dict[str, Any], now: datetime) -> bool:
    starts, ends = rule.get("starts_at"), rule.get("ends_at")
    if starts is not None and now < datetime.fromisoformat(starts):
        return False
    return ends is None or now < datetime.fromisoformat(ends)


def decide(
    rules: list[dict[str, Any]],
    lines: list[Line],
    facts: dict[str, Any],
    now: datetime,
    spend_value: Fraction,
    member_used: dict[str, int],
    total_used: dict[str, int],
    point_prices: dict[str, int],
    debt: int,
) -> Decision:
    """`spend_value` is the part (0…1) of what is to pay that is then paid with value."""
    decision = Decision()
    totals = [line.total for line in lines]
    off = [0 for _ in lines]
    matched: list[dict[str, Any]] = []
    stopped = False
    for rule in sorted(rules, key=lambda rule: -rule.get("priority", 0)):
        if stopped or not in_window(rule, now) or not holds(rule.get("when"), facts):
            decision.outcomes[rule["name"]] = "not_applied"
            continue
        decision.outcomes[rule["name"]] = "applied"
        matched.append(rule)
        stopped = bool(rule.get("exclusive"))

    def left(rule: dict[str, Any]) -> int | None:
        name = rule["name"]
        bounds = []
        if rule.get("per_member_cap") is not None:
            bounds.append(rule["per_member_cap"] - member_used.get(name, 0))
        if rule.get("budget") is not None:
            bounds.append(rule["budget"] - total_used.get(name, 0))
        if not bounds:
            return None
        return max(0, min(bounds) - decision.used.get(name, 0))

    def allow(rule: dict[str, Any], amount: int, price: int = 1) -> int:
        room = left(rule)
        if room is None or price == 0 or amount * price <= room:
            return amount
        decision.outcomes[rule["name"]] = "capped"
        return room // price

    def use(rule: dict[str, Any], value: int) -> None:
        decision.used[rule["name"]] = decision.used.get(rule["name"], 0) + value

    for rule in matched:
        for effect in rule["then"]:
            if effect["effect"] == "discount_percent":
                base = [t if fits(effect, x) else 0 for x, t in zip(lines, totals, strict=True)]
                amount = int(Fraction(sum(base) * effect["bps"], 10_000))
            elif effect["effect"] == "discount_amount":
                base = totals
                amount = min(effect["amount"], sum(totals))
            else:
                continue
            amount = allow(rule, amount)
            for index, part in enumerate(share(amount, base)):
                taken = min(part, totals[index] - off[index])
                off[index] += taken
                use(rule, taken)
    decision.discounts = off

    net = [t - o for t, o in zip(totals, off, strict=True)]
    spent = int(sum(net) * spend_value)
    paid = [n - s for n, s in zip(net, share(spent, net), strict=True)]

    for rule in matched:
        for effect in rule["then"]:
            kind = effect["effect"]
            scope = effect.get("scope")
            if kind == "credit_percent":
                base = [p if fits(effect, x) else 0 for x, p in zip(lines, paid, strict=True)]
                amount = allow(rule, int(Fraction(sum(base) * effect["bps"], 10_000)))
                use(rule, amount)
            elif kind == "credit_amount" and lines:
                base = paid if sum(paid) else totals
                amount = allow(rule, effect["amount"])
                use(rule, amount)
            elif kind == "points_per":
                base = paid
                price = point_prices.get(scope, 0)
                amount = allow(rule, sum(paid) // effect["amount"] * effect["points"], price)
                use(rule, amount * price)
            else:
                continue
            if amount == 0:
                continue
            shares = share(amount, base)
            to_debt = 0
            if kind != "points_per":
                to_debt = min(amount, debt - decision.debt_paid)
                decision.debt_paid += to_debt
                if to_debt:
                    shares = share(amount - to_debt, shares)
            decision.grants.append(
                {
                    "rule": rule["name"],
                    "unit": "point" if kind == "points_per" else "rial",
                    "amount": amount - to_debt,
                    "debt_paid": to_debt,
                    "scope": scope,
                    "expires_in_days": effect.get("expires_in_days"),
                    "shares": shares,
                }
            )
    return decision
