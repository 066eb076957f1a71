"""The engine against an independent model, and the properties that hold of every decision."""

import json
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypotheses import sized
from tests.timcheh.rules.naive import Decision, Line, decide
from tests.timcheh.rules.strategies import NOW, POOL, lines, purchases, rule_lists
from timcheh.rules import (
    Accrual,
    BasketLine,
    Because,
    CustomerFacts,
    Facts,
    Outcome,
    Pricing,
    Usage,
    accrue,
    build_facts,
    compile_rules,
    explain,
    parse_rules,
    price,
    rules_to_json,
)
from timcheh.text.locale import Locale

pytestmark = [pytest.mark.feature("offer.compose"), pytest.mark.feature("offer.conditions")]


def basket_of(written: list[dict[str, Any]]) -> list[BasketLine]:
    return [
        BasketLine.of(
            index,
            line["quantity_milli"],
            line["unit_price"],
            sku=line["sku"],
            group=line["group"],
        )
        for index, line in enumerate(written)
    ]


def facts_of(purchase: dict[str, Any], basket: list[BasketLine]) -> Facts:
    last_at = NOW - timedelta(days=purchase["days_ago"]) if purchase["purchases"] else None
    birthday_in = purchase["birthday_in"]
    customer = CustomerFacts(
        purchase["purchases"],
        purchase["spend"],
        last_at,
        purchase["groups"],
        purchase["tier"],
    )
    birthday = None if birthday_in is None else NOW.date() + timedelta(days=birthday_in)
    return build_facts(
        basket,
        NOW,
        customer=customer,
        birthday=birthday,
        customer_of=purchase["customer_of"],
    )


def run_engine(rules: list[dict[str, Any]], purchase: dict[str, Any]) -> tuple[Pricing, Accrual]:
    basket = basket_of(purchase["lines"])
    usage = Usage(purchase["member_used"], purchase["total_used"])
    ruleset = compile_rules(7, parse_rules(rules))
    pricing = price(ruleset, basket, facts_of(purchase, basket), usage)
    spent = int(pricing.net * purchase["spend_part"])
    accrual = accrue(
        pricing,
        pricing.paid_after(spent),
        point_prices={POOL: purchase["point_price"]},
        debt=purchase["debt"],
    )
    return pricing, accrual


def run_naive(rules: list[dict[str, Any]], purchase: dict[str, Any]) -> Decision:
    written = purchase["lines"]
    facts: dict[str, Any] = {
        "basket.total": sum(x["quantity_milli"] * x["unit_price"] // 1000 for x in written),
        "basket.items": Fraction(sum(x["quantity_milli"] for x in written), 1000),
        "basket.groups": {x["group"] for x in written} - {None},
        "basket.skus": {x["sku"] for x in written} - {None},
        "customer.purchases": purchase["purchases"],
        "customer.spend": purchase["spend"],
        "customer.groups": set(purchase["groups"]),
        "customer.is_new": purchase["purchases"] == 0,
        "customer.visits": 0,
        "customer.tags": set(),
        "customer.product_groups": set(),
        "customer.seasons": set(),
        "time.weekday": "monday",
        "time.hour": 14,
        "partner.is_customer_of": set(purchase["customer_of"]),
    }
    if purchase["purchases"]:
        facts["customer.average_basket"] = purchase["spend"] // purchase["purchases"]
        facts["customer.days_since_last"] = purchase["days_ago"]
    if purchase["tier"] is not None:
        facts["customer.tier"] = purchase["tier"]
    if purchase["birthday_in"] is not None:
        facts["member.birthday_in_days"] = purchase["birthday_in"]
    return decide(
        [with_exact_numbers(rule) for rule in rules],
        [
            Line(x["sku"], x["group"], Fraction(x["quantity_milli"], 1000), x["unit_price"])
            for x in written
        ],
        facts,
        NOW,
        purchase["spend_part"],
        purchase["member_used"],
        purchase["total_used"],
        {POOL: purchase["point_price"]},
        purchase["debt"],
    )


def with_exact_numbers(rule: dict[str, Any]) -> dict[str, Any]:
    """JSON's 2.3 means 2.3, not its nearest binary fraction."""
    exact: dict[str, Any] = json.loads(json.dumps(rule), parse_float=Fraction)
    return exact


@sized(400, 20000)
@given(rules=rule_lists(), purchase=purchases)
def test_engine_equals_the_model(rules: list[dict[str, Any]], purchase: dict[str, Any]) -> None:
    pricing, accrual = run_engine(rules, purchase)
    expected = run_naive(rules, purchase)
    assert list(pricing.discount_per_line) == expected.discounts
    assert [
        {
            "rule": grant.rule,
            "unit": grant.unit,
            "amount": grant.amount,
            "debt_paid": grant.debt_paid,
            "scope": grant.scope,
            "expires_in_days": grant.expires_in_days,
            "shares": list(grant.shares),
        }
        for grant in accrual.grants
    ] == expected.grants
    assert accrual.debt_paid == expected.debt_paid
    assert accrual.used == {rule: value for rule, value in expected.used.items() if value}
    assert {reason.rule: str(reason.outcome) for reason in accrual.reasons()} == expected.outcomes


@sized(200, 10000)
@given(rules=rule_lists(), purchase=purchases)
def test_everything_adds_up(rules: list[dict[str, Any]], purchase: dict[str, Any]) -> None:
    pricing, accrual = run_engine(rules, purchase)
    assert pricing.total == sum(line.total for line in pricing.basket)
    assert pricing.discount == sum(pricing.discount_per_line)
    assert sum(pricing.net_per_line) == pricing.net
    for line, discount in zip(pricing.basket, pricing.discount_per_line, strict=True):
        assert 0 <= discount <= line.total
    for verdict in pricing.verdicts:
        for each in verdict.discounts:
            assert sum(each.shares) == each.amount <= each.wanted
    for grant in accrual.grants:
        assert sum(grant.shares) == grant.amount >= 0
        assert all(part >= 0 for part in grant.shares)
    for rule in rules:
        name = rule["name"]
        value = accrual.used.get(name, 0)
        if rule.get("per_member_cap"):
            used = purchase["member_used"].get(name, 0)
            assert value <= max(0, rule["per_member_cap"] - used)
        if rule.get("budget"):
            assert value <= max(0, rule["budget"] - purchase["total_used"].get(name, 0))
    assert accrual.debt_paid <= purchase["debt"]


@sized(200, 10000)
@given(rules=rule_lists(), purchase=purchases)
def test_every_reason_has_words(rules: list[dict[str, Any]], purchase: dict[str, Any]) -> None:
    _, accrual = run_engine(rules, purchase)
    reasons = accrual.reasons()
    assert sorted(each.rule for each in reasons) == sorted(rule["name"] for rule in rules)
    for reason in reasons:
        assert reason.version == 7
        for locale in Locale:
            text = explain(reason.because, locale)
            assert text.endswith(".")
            assert "because-" not in text
            assert "fact-" not in text
        stored = json.loads(json.dumps(reason.because.to_json()))
        again = Because.from_json(stored)
        assert again.to_json() == reason.because.to_json()
        assert (reason.because.distance > 0) <= (reason.outcome is Outcome.NOT_APPLIED)


@sized(200, 10000)
@given(rules=rule_lists())
def test_json_round_trip(rules: list[dict[str, Any]]) -> None:
    read = parse_rules(rules)
    written = json.loads(json.dumps(rules_to_json(read)))
    assert parse_rules(written) == read
    assert rules_to_json(parse_rules(written)) == written


@sized(100, 5000)
@given(rules=rule_lists(), purchase=purchases, data=st.data())
def test_list_order_is_nothing_when_priorities_differ(
    rules: list[dict[str, Any]], purchase: dict[str, Any], data: st.DataObject
) -> None:
    ranked = [{**rule, "priority": index} for index, rule in enumerate(rules)]
    shuffled = data.draw(st.permutations(ranked))
    pricing, accrual = run_engine(ranked, purchase)
    other_pricing, other = run_engine(list(shuffled), purchase)
    assert other_pricing.discount_per_line == pricing.discount_per_line
    assert (other.grants, other.used) == (accrual.grants, accrual.used)


@sized(100, 5000)
@given(written=lines, bps=st.lists(st.integers(0, 3000), max_size=3), data=st.data())
def test_percentages_add_up_in_any_order(
    written: list[dict[str, Any]], bps: list[int], data: st.DataObject
) -> None:
    """Percentages are of undiscounted totals, so below the whole their order is nothing."""
    rules = [
        {"name": f"r{i}", "priority": i, "then": [{"effect": "discount_percent", "bps": each}]}
        for i, each in enumerate(bps)
    ]
    order = data.draw(st.permutations(range(len(rules))))
    reordered = [{**rule, "priority": order[i]} for i, rule in enumerate(rules)]
    basket = basket_of(written)
    facts = build_facts(basket, NOW)
    first = price(compile_rules(1, parse_rules(rules)), basket, facts)
    second = price(compile_rules(1, parse_rules(reordered)), basket, facts)
    assert first.discount_per_line == second.discount_per_line
