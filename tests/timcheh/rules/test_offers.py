"""What bounds an offer beside its condition: window, occasion, turn, code, one use, hold-out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timcheh.calendar import day_bounds
from timcheh.calendar.occasions import FEASTS, days_from_feast, next_feast
from timcheh.errors import Invalid
from timcheh.rules import (
    NOTHING_USED,
    Accrual,
    BasketLine,
    CustomerFacts,
    Entitlement,
    Facts,
    Usage,
    Visitor,
    accrue,
    build_facts,
    compile_rules,
    coupon_key,
    explain,
    held_out,
    newly_entitled,
    parse_rules,
    price,
    rules_to_json,
)

NOW = datetime(2026, 1, 5, 11, 0, tzinfo=UTC)
LINES = [BasketLine.of(0, 1000, 500_000)]
TEN = {"effect": "discount_percent", "bps": 1000}
AWAY = {
    "all": [
        {"fact": "customer.purchases", "op": ">", "value": 4},
        {"fact": "customer.days_since_last", "op": ">", "value": 90},
    ]
}


def rule(name: str = "a", *then: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "then": list(then) or [TEN], **more}


def facts_at(now: datetime = NOW, **more: Any) -> Facts:
    return build_facts(LINES, now, **more)


def decide(
    *rules: dict[str, Any],
    facts: Facts | None = None,
    usage: Usage = NOTHING_USED,
    visitor: Visitor | None = None,
    lines: list[BasketLine] = LINES,
) -> Accrual:
    ruleset = compile_rules(1, parse_rules(list(rules)))
    pricing = price(ruleset, lines, facts or facts_at(), usage, visitor or Visitor())
    return accrue(pricing, pricing.paid_after(0))


def grounds(accrual: Accrual) -> dict[str, str]:
    return {reason.rule: reason.because.code for reason in accrual.reasons()}


def regular(purchases: int, days_away: int = 1, groups: tuple[str, ...] = ()) -> CustomerFacts:
    return CustomerFacts(purchases, 1_000_000, NOW - timedelta(days=days_away), groups)


@pytest.mark.feature("earn.amount_steps")
@pytest.mark.parametrize(
    ("total", "bps"), [(599_999, 1000), (600_000, 2000), (999_999, 2000), (1_000_000, 2500)]
)
def test_the_highest_step_that_the_basket_reaches_counts(total: int, bps: int) -> None:
    steps = [{"amount": 600_000, "bps": 2000}, {"amount": 1_000_000, "bps": 2500}]
    effect = {"effect": "credit_percent", "bps": 1000, "scope": "own", "steps": steps}
    (grant,) = decide(rule("a", effect), lines=[BasketLine.of(0, 1000, total)]).grants
    assert grant.amount == total * bps // 10_000


@pytest.mark.feature("earn.count")
def test_every_nth_purchase_tells_when_it_is_due() -> None:
    fifth = rule(every_nth=5)
    assert decide(fifth, facts=facts_at(customer=regular(4))).used == {"a": 50_000}
    missed = decide(fifth, facts=facts_at(customer=regular(2)))
    assert missed.used == {}
    assert "۲ خرید دیگر" in explain(missed.reasons()[0].because)


@pytest.mark.feature("offer.coupon")
def test_a_code_is_compared_without_case_spaces_or_kind_of_digits() -> None:
    yalda = rule(coupon="Yalda 1404")
    assert grounds(decide(yalda)) == {"a": "no_coupon"}
    for typed in ("yalda1404", "YALDA-۱۴۰۴", " yalda  ۱۴۰۴"):
        assert decide(yalda, visitor=Visitor(coupon=coupon_key(typed))).used == {"a": 50_000}
    assert decide(yalda, visitor=Visitor(coupon=coupon_key("yalda1403"))).used == {}


@pytest.mark.feature("earn.occasion")
@pytest.mark.parametrize(
    ("name", "on", "first"),
    [
        ("nowruz", date(2026, 1, 1), date(2026, 3, 21)),
        ("yalda", date(2025, 12, 1), date(2025, 12, 21)),
        ("eid_fitr", date(2026, 1, 1), date(2026, 3, 20)),
        ("eid_ghadir", date(2026, 1, 1), date(2026, 6, 4)),
        ("mothers_day", date(2026, 1, 1), date(2026, 11, 30)),
    ],
)
def test_feasts_by_both_calendars(name: str, on: date, first: date) -> None:
    assert next_feast(FEASTS[name], on) == first
    assert days_from_feast(FEASTS[name], first, 0, 0) == 0


@pytest.mark.feature("earn.occasion")
@given(
    st.sampled_from(sorted(FEASTS)),
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    st.integers(0, 5),
    st.integers(0, 5),
)
def test_an_occasion_holds_just_the_days_around_its_feast(
    name: str, on: date, before: int, after: int
) -> None:
    around = [on + timedelta(days=n) for n in range(-after, before + 1)]
    expected = any(next_feast(FEASTS[name], day) == day for day in around)
    assert (days_from_feast(FEASTS[name], on, before, after) is not None) == expected


@pytest.mark.feature("earn.occasion")
def test_a_birthday_and_an_own_occasion_have_days_around_them() -> None:
    birthday = rule(occasion={"name": "birthday", "days_before": 2, "days_after": 3})
    today = date(2026, 1, 5)
    for offset, holds in ((-4, False), (-3, True), (0, True), (2, True), (3, False)):
        born = (today + timedelta(days=offset)).replace(year=1990)
        given_value = decide(birthday, facts=facts_at(birthday=born)).used
        assert bool(given_value) == holds, offset
    assert grounds(decide(birthday)) == {"a": "not_occasion"}
    own = rule(occasion={"name": "own", "calendar": "jalali", "month": 10, "day": 15})
    assert decide(own).used == {"a": 50_000}  # 5 January 2026 is 15 Dey 1404
    later = decide(own, facts=facts_at(NOW + timedelta(days=1)))
    assert explain(later.reasons()[0].because).endswith("از ۱۵ دی ۱۴۰۵ برقرار می‌شود.")


@pytest.mark.feature("offer.vip")
def test_some_groups_may_come_before_the_start() -> None:
    opening = rule(
        starts_at="2026-01-07T00:00:00Z",
        early_access={"days": 2, "groups": ["ویژه"]},
    )
    assert decide(opening, facts=facts_at(customer=regular(9, groups=("ویژه",)))).used
    assert grounds(decide(opening, facts=facts_at(customer=regular(9)))) == {"a": "not_started"}
    too_early = facts_at(NOW - timedelta(days=1), customer=regular(9, groups=("ویژه",)))
    assert not decide(opening, facts=too_early).used


@pytest.mark.feature("offer.caps")
def test_of_an_exclusive_group_only_the_first_that_holds_applies() -> None:
    never = {"fact": "basket.total", "op": "<", "value": 1}
    done = decide(
        rule("closed", when=never, exclusive_group="g", priority=3),
        rule("best", exclusive_group="g", priority=2),
        rule("second", exclusive_group="g", priority=1),
        rule("free"),
    )
    assert done.used == {"best": 50_000, "free": 50_000}
    assert grounds(done)["second"] == "outranked"


@pytest.mark.feature("offer.caps")
def test_bounds_by_times_and_by_day() -> None:
    assert decide(rule(per_member_uses=2), usage=Usage(times={"a": 1})).used
    assert grounds(decide(rule(per_member_uses=2), usage=Usage(times={"a": 2}))) == {"a": "used_up"}
    done = decide(rule(daily_budget=60_000), usage=Usage(today={"a": 40_000}))
    assert done.used == {"a": 20_000}
    assert "بودجه هر روز" in explain(done.reasons()[0].because)


@pytest.mark.feature("offer.win_back", "offer.one_time")
def test_a_one_time_offer_begins_with_its_condition_and_ends_with_its_deadline() -> None:
    win_back = rule("back", once={"within_days": 7, "when": AWAY})
    ruleset = compile_rules(1, parse_rules([win_back]))
    away, near = facts_at(customer=regular(5, 91)), facts_at(customer=regular(5, 90))
    assert [each.name for each in newly_entitled(ruleset, away, Visitor())] == ["back"]
    assert decide(win_back, facts=away).used == {"back": 50_000}
    assert newly_entitled(ruleset, near, Visitor()) == []
    assert grounds(decide(win_back, facts=near)) == {"back": "fact"}
    # Opened before: the condition that opened it need not hold any more, but the deadline does.
    for left, used_at, ground in (
        (timedelta(seconds=1), None, "applied"),
        (timedelta(0), None, "too_late"),
        (timedelta(days=1), NOW - timedelta(days=1), "used_up"),
    ):
        held = Entitlement(NOW - timedelta(days=6), NOW + left, used_at)
        visitor = Visitor(entitlements={"back": held})
        assert grounds(decide(win_back, facts=near, visitor=visitor)) == {"back": ground}
        assert newly_entitled(ruleset, away, visitor) == []


@pytest.mark.feature("offer.lift")
def test_the_held_out_get_nothing_and_it_is_told() -> None:
    out = next(s for s in map(str, range(1000)) if held_out(s, "a", 1000))
    others = Visitor(next(s for s in map(str, range(1000)) if not held_out(s, "a", 1000)))
    tenth = rule(holdout_bps=1000, exclusive=True, priority=1)
    done = decide(tenth, rule("b"), visitor=Visitor(out))
    assert grounds(done) == {"a": "held_out", "b": "applied"}  # who is held out stops nothing
    assert decide(tenth, visitor=others).used == {"a": 50_000}
    assert decide(tenth).used == {"a": 50_000}  # nobody in particular: a dry run without a member


@pytest.mark.feature("offer.conditions", "offer.dry_run")
def test_what_is_to_be_activated_applies_to_whoever_did_and_is_asked_last_of_all() -> None:
    mine = rule(needs_activation=True, exclusive=True, priority=1, exclusive_group="g")
    did = Visitor(activated=frozenset({"a"}))
    done = decide(mine, rule("b", exclusive_group="g"))
    # Where only that lacks, it says so, and takes nobody's place.
    assert grounds(done) == {"a": "not_activated", "b": "applied"}
    assert grounds(decide(mine, rule("b"), visitor=did)) == {"a": "applied", "b": "stopped"}
    assert decide(mine, visitor=Visitor(activated=frozenset({"b"}))).used == {}
    (told,) = [r.because for r in done.reasons() if r.rule == "a"]
    assert explain(told).endswith("هنوز فعال نشده است.")
    large = {"fact": "basket.total", "op": ">", "value": 10**9}
    assert grounds(decide(mine | {"when": large})) == {"a": "fact"}
    # Whoever is held out is never asked to activate it.
    out = next(s for s in map(str, range(1000)) if held_out(s, "a", 1000))
    assert grounds(decide(mine | {"holdout_bps": 1000}, visitor=Visitor(out))) == {"a": "held_out"}
    # A one-time offer's days run whether or not it is activated.
    once = compile_rules(1, parse_rules([mine | {"once": {"within_days": 7}}]))
    assert [each.name for each in newly_entitled(once, facts_at(), Visitor())] == ["a"]


@pytest.mark.feature("offer.lift")
def test_the_share_held_out_is_what_was_asked_and_differs_by_offer() -> None:
    people = [f"{UUID(int=n)}" for n in range(4000)]
    first = {p for p in people if held_out(p, "one", 2000)}
    second = {p for p in people if held_out(p, "two", 2000)}
    assert 700 < len(first) < 900
    assert 120 < len(first & second) < 200  # a fifth of a fifth: independent draws
    assert first <= {p for p in people if held_out(p, "one", 3000)}


@pytest.mark.parametrize(
    ("more", "where", "code"),
    [
        ({"occasion": {"name": "easter"}}, "/rules/0/occasion/name", "not_a_choice"),
        (
            {"occasion": {"name": "own", "month": 1, "day": 1}},
            "/rules/0/occasion/calendar",
            "required",
        ),
        (
            {"occasion": {"name": "own", "calendar": "jalali", "month": 12, "day": 31}},
            "/rules/0/occasion/day",
            "above_maximum",
        ),
        ({"early_access": {"days": 2, "groups": ["x"]}}, "/rules/0/starts_at", "required"),
        ({"once": {"within_days": 0}}, "/rules/0/once/within_days", "below_minimum"),
        (
            {
                "once": {
                    "within_days": 1,
                    "when": {"fact": "basket.total", "op": ">", "value": 1},
                }
            },
            "/rules/0/once/when",
            "fact_not_here",
        ),
        ({"holdout_bps": 10_000}, "/rules/0/holdout_bps", "above_maximum"),
        ({"every_nth": 1}, "/rules/0/every_nth", "below_minimum"),
    ],
)
def test_a_bound_that_makes_no_sense_is_refused_where_it_stands(
    more: dict[str, Any], where: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        parse_rules([rule(**more)])
    assert (where, code) in [(e.pointer, e.code) for e in refused.value.errors]


def test_steps_must_rise() -> None:
    steps = [{"amount": 5, "bps": 1}, {"amount": 5, "bps": 2}]
    with pytest.raises(Invalid) as refused:
        parse_rules([rule("a", {**TEN, "steps": steps})])
    assert refused.value.errors[0].pointer == "/rules/0/then/0/steps/1/amount"


FULL = rule(
    "all of it",
    {**TEN, "steps": [{"amount": 10, "bps": 20}]},
    starts_at="2026-01-07T00:00:00Z",
    per_member_cap=1,
    budget=2,
    daily_budget=3,
    per_member_uses=4,
    exclusive_group="g",
    every_nth=5,
    coupon="code",
    holdout_bps=1000,
    occasion={
        "name": "own",
        "days_before": 1,
        "days_after": 2,
        "calendar": "hijri",
        "month": 1,
        "day": 30,
    },
    early_access={"days": 2, "groups": ["x"]},
    once={"within_days": 7, "when": AWAY},
    needs_activation=True,
)


def test_what_is_written_is_what_was_read() -> None:
    assert rules_to_json(parse_rules([FULL])) == [FULL]


@pytest.mark.feature("earn.weekday")
def test_a_weekday_and_its_hours() -> None:
    when = {
        "all": [
            {"fact": "time.weekday", "op": "in", "value": ["saturday", "monday"]},
            {"fact": "time.hour", "op": ">=", "value": 14},
        ]
    }
    midnight = day_bounds(date(2026, 1, 5))[0]
    for hours, holds in ((13, False), (14, True), (23, True), (24, False), (38, False)):
        given_value = decide(
            rule(when=when), facts=facts_at(midnight + timedelta(hours=hours))
        ).used
        assert bool(given_value) == holds, hours
