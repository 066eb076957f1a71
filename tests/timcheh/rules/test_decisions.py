"""Decisions by example: the contract's sentences, one by one."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from timcheh.rules import (
    NOTHING_USED,
    Accrual,
    BasketLine,
    CustomerFacts,
    Facts,
    Outcome,
    Pricing,
    Usage,
    accrue,
    build_facts,
    compile_rules,
    parse_rules,
    price,
)

NOW = datetime(2026, 1, 5, 11, 0, tzinfo=UTC)  # Monday 14:30 in Tehran
POOL = "019b0000-0000-7000-8000-0000000000ff"


def basket(*amounts: int, group: str | None = None) -> list[BasketLine]:
    return [BasketLine.of(i, 1000, amount, group=group) for i, amount in enumerate(amounts)]


def decide(
    lines: list[BasketLine],
    *rules: dict[str, Any],
    facts: Facts | None = None,
    usage: Usage = NOTHING_USED,
    spent: int = 0,
    **more: Any,
) -> tuple[Pricing, Accrual]:
    ruleset = compile_rules(1, parse_rules(list(rules)))
    pricing = price(ruleset, lines, facts or build_facts(lines, NOW), usage)
    return pricing, accrue(pricing, pricing.paid_after(spent), **more)


def rule(name: str, *then: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "then": list(then), **more}


def off(bps: int, **more: Any) -> dict[str, Any]:
    return {"effect": "discount_percent", "bps": bps, **more}


def amount_off(amount: int) -> dict[str, Any]:
    return {"effect": "discount_amount", "amount": amount}


def credit(bps: int, scope: str = "own", **more: Any) -> dict[str, Any]:
    return {"effect": "credit_percent", "bps": bps, "scope": scope, **more}


def fixed_credit(amount: int, **more: Any) -> dict[str, Any]:
    return {"effect": "credit_amount", "amount": amount, "scope": "own", **more}


def points(amount: int, count: int = 1, scope: str = POOL) -> dict[str, Any]:
    return {"effect": "points_per", "amount": amount, "points": count, "scope": scope}


def outcomes(accrual: Accrual) -> dict[str, str]:
    return {reason.rule: str(reason.outcome) for reason in accrual.reasons()}


@pytest.mark.feature("earn.percent")
def test_the_worked_example() -> None:
    _, at_a = decide(basket(2_000_000), rule("ten", credit(1000, "partners")))
    assert [(g.amount, g.scope) for g in at_a.grants] == [(200_000, "partners")]
    pricing, at_b = decide(basket(600_000), rule("five", credit(500)), spent=150_000)
    assert pricing.net == 600_000
    assert [(g.amount, g.scope) for g in at_b.grants] == [(22_500, "own")]


def test_line_totals_round_down() -> None:
    assert BasketLine.of(0, 1_333, 10_001).total == 13_331
    with pytest.raises(ValueError):
        BasketLine.of(0, -1, 5)


def test_discounts_are_of_undiscounted_totals_and_add_up() -> None:
    pricing, _ = decide(
        basket(100_000, 50_001), rule("a", off(1000)), rule("b", off(2000, group="x"))
    )
    assert pricing.discount_per_line == (10_000, 5_000)
    pricing, _ = decide(basket(100_000), rule("a", off(1000)), rule("b", off(2000)))
    assert pricing.discount == 30_000


def test_a_line_never_goes_below_zero() -> None:
    pricing, accrual = decide(
        basket(1000, 3000),
        rule("second", amount_off(2000)),
        rule("first", off(8000), priority=1),
    )
    assert pricing.discount_per_line == (1000, 3000)
    # The first takes 800 and 2400; of the second's 500 and 1500, 200 and 600 are left to take.
    assert accrual.used == {"first": 3200, "second": 800}
    assert outcomes(accrual) == {"first": "applied", "second": "applied"}


def test_a_discount_larger_than_the_basket_is_cut_before_sharing() -> None:
    pricing, _ = decide(basket(1, 2, 3), rule("a", amount_off(10**9)))
    assert pricing.discount_per_line == (1, 2, 3)


@pytest.mark.feature("earn.product_group")
def test_groups_and_skus_narrow_an_effect() -> None:
    lines = [
        BasketLine.of(0, 1000, 100_000, sku="t1", group="چاي"),  # Arabic yeh is no difference
        BasketLine.of(1, 1000, 50_000, sku="t2", group="چای"),
        BasketLine.of(2, 1000, 30_000, sku="c1", group="قهوه"),
    ]
    pricing, _ = decide(lines, rule("tea", off(1000, group="چای")))
    assert pricing.discount_per_line == (10_000, 5_000, 0)
    pricing, _ = decide(lines, rule("both", off(1000, group="چای", sku="t2")))
    assert pricing.discount_per_line == (0, 5_000, 0)
    _, accrual = decide(lines, rule("coffee", credit(500, sku="c1")))
    assert accrual.grants[0].shares == (0, 0, 1_500)


def test_earnings_are_of_what_is_paid() -> None:
    pricing, accrual = decide(
        basket(100_000, 200_000),
        rule("off", off(1000)),
        rule("back", credit(1000), points(100_000)),
        spent=60_000,
    )
    assert pricing.net == 270_000
    assert pricing.paid_after(60_000) == [70_000, 140_000]
    assert [(g.unit, g.amount, g.shares) for g in accrual.grants] == [
        ("rial", 21_000, (7_000, 14_000)),
        ("point", 2, (1, 1)),
    ]


def test_fixed_credit_needs_a_basket_and_falls_on_lines_even_if_nothing_was_paid() -> None:
    _, accrual = decide([], rule("a", fixed_credit(5_000)))
    assert accrual.grants == ()
    assert outcomes(accrual) == {"a": "applied"}
    _, accrual = decide(basket(10_000, 30_000), rule("a", fixed_credit(5_000)), spent=40_000)
    assert accrual.grants[0].shares == (1_250, 3_750)
    _, accrual = decide(basket(0, 0), rule("a", fixed_credit(5)))
    assert accrual.grants[0].shares == (3, 2)


def test_points_are_for_each_full_amount() -> None:
    _, accrual = decide(basket(99_999), rule("a", points(10_000, 3)))
    assert accrual.grants[0].amount == 27


def test_exclusive_stops_what_comes_after_it_only_if_it_matched() -> None:
    never = {"fact": "basket.total", "op": ">", "value": 10**9}
    rules = (
        rule("low", off(100)),
        rule("high", off(100), priority=9),
        rule("middle", off(100), priority=5, exclusive=True),
    )
    pricing, accrual = decide(basket(10_000), *rules)
    assert pricing.discount == 200
    assert outcomes(accrual) == {"high": "applied", "middle": "applied", "low": "not_applied"}
    assert accrual.reasons()[2].because.to_json() == {
        "code": "stopped",
        "params": {"rule": "middle"},
    }
    pricing, _ = decide(basket(10_000), *rules[:2], {**rules[2], "when": never})
    assert pricing.discount == 200


def test_conditions_see_the_undiscounted_basket() -> None:
    big = {"fact": "basket.total", "op": ">=", "value": 100_000}
    pricing, _ = decide(
        basket(100_000), rule("half", off(5000), priority=1), rule("more", off(1000), when=big)
    )
    assert pricing.discount == 60_000


def test_windows_begin_inclusive_and_end_exclusive() -> None:
    def at(moment: datetime) -> str:
        return moment.isoformat()

    second = timedelta(seconds=1)
    _, accrual = decide(
        basket(10_000),
        rule("starts now", off(100), starts_at=at(NOW)),
        rule("starts later", off(100), starts_at=at(NOW + second)),
        rule("ends now", off(100), ends_at=at(NOW)),
        rule("ends later", off(100), ends_at=at(NOW + second)),
    )
    found = {r.rule: (str(r.outcome), r.because.code) for r in accrual.reasons()}
    assert found == {
        "starts now": ("applied", "applied"),
        "starts later": ("not_applied", "not_started"),
        "ends now": ("not_applied", "ended"),
        "ends later": ("applied", "applied"),
    }


@pytest.mark.feature("offer.caps")
def test_a_cap_bounds_discount_credit_and_points_together() -> None:
    generous = rule("a", off(1000), credit(1000), points(1_000), per_member_cap=18_000)
    pricing, accrual = decide(basket(100_000), generous, point_prices={POOL: 100})
    assert pricing.discount == 10_000
    assert [(g.unit, g.amount) for g in accrual.grants] == [("rial", 8_000)]
    assert accrual.used == {"a": 18_000}
    (reason,) = accrual.reasons()
    assert reason.outcome is Outcome.CAPPED
    assert reason.because.params == {
        "limit": "per_member_cap",
        "cap": 18_000,
        "used": 0,
        "wanted": 10_000 + 9_000 + 9_000,
        "given": 18_000,
        "lines": [10_000],
    }


def test_points_are_capped_in_whole_points() -> None:
    _, accrual = decide(
        basket(100_000),
        rule("a", points(1_000), budget=1_050),
        point_prices={POOL: 100},
        usage=Usage(total={"a": 100}),
    )
    assert [(g.unit, g.amount) for g in accrual.grants] == [("point", 9)]
    assert accrual.used == {"a": 900}


def test_the_tighter_of_cap_and_budget_counts() -> None:
    both = rule("a", credit(1000), per_member_cap=9_000, budget=50_000)
    usage = Usage(member={"a": 2_000}, total={"a": 49_000})
    _, accrual = decide(basket(100_000), both, usage=usage)
    assert accrual.used == {"a": 1_000}
    assert accrual.reasons()[0].because.params["limit"] == "budget"
    overdrawn = Usage(member={"a": 10_000})
    _, accrual = decide(basket(100_000), both, usage=overdrawn)
    assert (accrual.used, outcomes(accrual)) == ({}, {"a": "capped"})


def test_an_exhausted_exclusive_rule_still_stops_the_rest() -> None:
    first = rule("a", off(1000), budget=1, priority=1, exclusive=True)
    pricing, accrual = decide(
        basket(100_000), first, rule("b", off(1000)), usage=Usage(total={"a": 1})
    )
    assert pricing.discount == 0
    assert outcomes(accrual) == {"a": "capped", "b": "not_applied"}


def test_a_debt_is_paid_out_of_credit_first() -> None:
    _, accrual = decide(
        basket(60_000, 40_000),
        rule("a", credit(1000), points(10_000), priority=1),
        rule("b", fixed_credit(5_000)),
        debt=12_000,
    )
    assert accrual.debt_paid == 12_000
    assert [(g.rule, g.unit, g.amount, g.debt_paid, g.shares) for g in accrual.grants] == [
        ("a", "rial", 0, 10_000, (0, 0)),
        ("a", "point", 10, 0, (6, 4)),
        ("b", "rial", 3_000, 2_000, (1_800, 1_200)),
    ]
    assert accrual.used == {"a": 10_000, "b": 5_000}


def test_missing_facts_compare_false_and_never_raise() -> None:
    def when(fact: str, op: str, value: object) -> dict[str, Any]:
        return {"fact": fact, "op": op, "value": value}

    unknown = [
        when("member.birthday_in_days", "<=", 400),
        when("customer.days_since_last", "!=", 3),
        when("customer.average_basket", "<", 10),
        when("customer.tier", "!=", "gold"),
        when("customer.tier", "in", ["gold"]),
    ]
    rules = [rule(f"r{i}", off(1), when=each) for i, each in enumerate(unknown)]
    rules.append(rule("not", off(1), when={"not": unknown[0]}))
    _, accrual = decide(basket(1_000_000), *rules)
    assert outcomes(accrual) == {**{f"r{i}": "not_applied" for i in range(5)}, "not": "applied"}


@pytest.mark.feature("earn.weekday")
def test_the_facts_of_a_purchase() -> None:
    lines = [
        BasketLine.of(0, 2500, 10_000, sku="a", group="g"),
        BasketLine.of(1, 500, 3, sku="b"),
    ]
    last = datetime(2026, 1, 4, 20, 29, tzinfo=UTC)  # 23:59 of the day before in Tehran
    customer = CustomerFacts(4, 1_000_003, last, ["وی‌آی‌پي"], "gold")
    facts = build_facts(
        lines,
        NOW,
        customer=customer,
        birthday=datetime(1990, 1, 6).date(),
        customer_of=["x"],
    )
    assert facts.now == NOW
    assert dict(facts.values) == {
        "basket.total": 25_001,
        "basket.items": 3,
        "basket.groups": {"g"},
        "basket.skus": {"a", "b"},
        "customer.purchases": 4,
        "customer.spend": 1_000_003,
        "customer.average_basket": 250_000,
        "customer.days_since_last": 1,
        "customer.groups": {"وی‌آی‌پی"},
        "customer.tier": "gold",
        "customer.is_new": False,
        "customer.visits": 0,
        "customer.tags": frozenset(),
        "customer.product_groups": frozenset(),
        "customer.seasons": frozenset(),
        "member.birthday_in_days": 1,
        "time.weekday": "monday",
        "time.hour": 14,
        "partner.is_customer_of": {"x"},
    }


def test_paid_lines_must_be_the_baskets() -> None:
    pricing, _ = decide(basket(1, 2))
    for paid in ([1], [1, -1]):
        with pytest.raises(ValueError):
            accrue(pricing, paid)


def test_in_asks_a_set_for_any_and_contains_for_one() -> None:
    lines = [BasketLine.of(0, 1000, 1000, group="tea"), BasketLine.of(1, 1000, 1000, group="milk")]
    asked = {
        "any": {"fact": "basket.groups", "op": "in", "value": ["tea", "coffee"]},
        "none": {"fact": "basket.groups", "op": "in", "value": ["coffee", "sugar"]},
        "one": {"fact": "basket.groups", "op": "contains", "value": "milk"},
    }
    _, accrual = decide(lines, *(rule(name, off(1), when=when) for name, when in asked.items()))
    assert outcomes(accrual) == {"any": "applied", "none": "not_applied", "one": "applied"}


@pytest.mark.parametrize(("purchases", "new"), [(0, True), (1, False)])
def test_a_customer_is_new_until_the_first_purchase(purchases: int, new: bool) -> None:
    facts = build_facts([], NOW, customer=CustomerFacts(purchases, 0, NOW))
    assert facts.values["customer.is_new"] is new


@pytest.mark.feature("offer.conditions")
@pytest.mark.parametrize(
    ("op", "holding"),
    [("==", "at"), ("!=", "below above"), (">", "above"), (">=", "at above"), ("<", "below"),
     ("<=", "below at")],
)  # fmt: skip
def test_an_operator_below_at_and_above_its_number(op: str, holding: str) -> None:
    when = {"fact": "basket.total", "op": op, "value": 1_000}
    found = {
        name
        for name, total in {"below": 999, "at": 1_000, "above": 1_001}.items()
        if outcomes(decide(basket(total), rule("r", off(1), when=when))[1]) == {"r": "applied"}
    }
    assert found == set(holding.split())


@pytest.mark.feature("offer.conditions")
@pytest.mark.parametrize(
    ("op", "value", "holds"),
    [("==", 2.5, True), ("==", 2, False), (">", 2.499, True), (">=", 2.501, False),
     ("<", 2.501, True), ("<", 2.5, False), ("in", [1, 2.5], True), ("in", [2, 3], False)],
)  # fmt: skip
def test_quantities_are_compared_with_their_decimals(op: str, value: object, holds: bool) -> None:
    lines = [BasketLine.of(0, 2_500, 1_000)]
    when = {"fact": "basket.items", "op": op, "value": value}
    _, accrual = decide(lines, rule("r", off(1), when=when))
    assert outcomes(accrual) == {"r": "applied" if holds else "not_applied"}


@pytest.mark.feature("offer.conditions")
def test_all_needs_each_any_needs_one_and_not_turns_them_round() -> None:
    yes = {"fact": "basket.total", "op": ">", "value": 1}
    nay = {"fact": "basket.total", "op": "<", "value": 1}
    asked = {
        "all": ({"all": [yes, nay]}, False), "all hold": ({"all": [yes, yes]}, True),
        "any": ({"any": [nay, yes]}, True), "none": ({"any": [nay, nay]}, False),
        "not any": ({"not": {"any": [nay, nay]}}, True),
        "not all": ({"not": {"all": [yes, yes]}}, False),
    }  # fmt: skip
    _, accrual = decide(
        basket(10_000), *(rule(name, off(1), when=when) for name, (when, _) in asked.items())
    )
    assert outcomes(accrual) == {
        name: "applied" if holds else "not_applied" for name, (_, holds) in asked.items()
    }


@pytest.mark.feature("offer.compose")
def test_effects_of_one_rule_add_up_kind_by_kind() -> None:
    _, accrual = decide(
        basket(100_000),
        rule("a", points(10_000), points(50_000, 3), credit(100), fixed_credit(7)),
    )
    assert accrual.reasons()[0].because.params == {"credit": 1_007, "points": 16}


@pytest.mark.feature("offer.caps")
def test_a_budget_that_is_used_up_gives_nothing_though_the_cap_leaves_a_rial() -> None:
    both = rule("a", credit(1000), per_member_cap=1, budget=50)
    _, accrual = decide(basket(100_000), both, usage=Usage(total={"a": 50}))
    (reason,) = accrual.reasons()
    assert (accrual.used, reason.because.params["limit"]) == ({}, "budget")


@pytest.mark.feature("earn.weekday")
@pytest.mark.parametrize(
    ("hours", "expected"),
    [(3.5, ("tuesday", 0, 1, 0)), (9, ("tuesday", 6, 0, 0)), (-8, ("monday", 13, 0, 1))],
)
def test_a_purchase_is_dated_in_the_malls_zone(
    hours: float, expected: tuple[str, int, int, int]
) -> None:
    """At the evening of the 5th in Greenwich it's the night of the 6th in Tehran."""
    facts = build_facts(
        [],
        datetime(2026, 1, 5, 21, 0, tzinfo=UTC),
        customer=CustomerFacts(1, 0, datetime(2026, 1, 5, 20, 0, tzinfo=UTC)),
        birthday=date(1990, 1, 6),
        zone=timezone(timedelta(hours=hours)),
    )
    names = "time.weekday", "time.hour", "customer.days_since_last", "member.birthday_in_days"
    assert tuple(facts.values[name] for name in names) == expected


@pytest.mark.feature("offer.conditions")
@pytest.mark.parametrize(
    ("fact", "op", "value"),
    [("basket.groups", "contains", "چاي"), ("basket.groups", "in", ["x", "چاي"]),
     ("basket.skus", "contains", "T١"), ("customer.groups", "in", ["وي‌آي‌پي"]),
     ("customer.tier", "==", "طلايي"), ("customer.tier", "in", ["طلايي"])],
)  # fmt: skip
def test_a_condition_finds_what_another_keyboard_wrote(fact: str, op: str, value: object) -> None:
    lines = [BasketLine.of(0, 1000, 100_000, sku="T۱", group="چای")]
    customer = CustomerFacts(1, 1, NOW, ["وی‌آی‌پی"], "طلایی")
    facts = build_facts(lines, NOW, customer=customer)
    when = {"fact": fact, "op": op, "value": value}
    _, accrual = decide(lines, rule("r", off(1), when=when), facts=facts)
    assert outcomes(accrual) == {"r": "applied"}


@pytest.mark.parametrize(("purchases", "average"), [(0, None), (1, 900), (2, 450), (7, 128)])
def test_the_average_basket_is_known_from_the_first_purchase_on(
    purchases: int, average: int | None
) -> None:
    facts = build_facts([], NOW, customer=CustomerFacts(purchases, 900, NOW))
    assert facts.values.get("customer.average_basket") == average
