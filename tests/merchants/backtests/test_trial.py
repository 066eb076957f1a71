"""Rule sets over past sales: against one that reckons every sale with everything."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchants.backtests.forecast import Assumptions, forecast, peak
from merchants.backtests.sales import Clientele, Known, PastSale
from merchants.backtests.trial import DISCOUNT, Terms, Trial
from timcheh.calendar import local_date
from timcheh.ids import new_id
from timcheh.rules import BasketLine, Usage, accrue, compile_rules, parse_rules, price

pytestmark = pytest.mark.feature("offer.backtest")

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
SCOPES = {
    "own:rial": Terms("own", 0),
    "own:point": Terms("own_points", 0),
    "partners": Terms("partners", 0),
}
Json = dict[str, Any]


def sale(number: int, member: str, amount: int, spent: int = 0) -> PastSale:
    at = START + timedelta(days=number)
    margin = amount * 3 // 10
    return PastSale(
        new_id(), member, at, local_date(at).toordinal(), amount, 1000, 0, spent, margin
    )


def lines_of(sold: PastSale) -> tuple[BasketLine, ...]:
    return (BasketLine.of(0, 1000, sold.total),)


def run(before: list[Json], after: list[Json], sales: list[PastSale], **more: Any) -> Trial:
    clientele = Clientele(more.pop("known", {}))
    trial = Trial(parse_rules(before), parse_rules(after), SCOPES, clientele, **more)
    for each in sales:
        moment = trial.weigh(each)
        if moment is not None:
            trial.reckon(moment, lines_of(each))
    return trial


def percent(name: str, bps: int, scope: str = "own", **more: Any) -> Json:
    return {"name": name, "then": [{"effect": "credit_percent", "bps": bps, "scope": scope}]} | more


def when(fact: str, op: str, value: Any) -> Json:
    return {"fact": fact, "op": op, "value": value}


def test_facts_are_those_of_each_moment() -> None:
    """The fifth purchase of a customer who had been away is reached, no other."""
    offer = percent("بازگشت", 3_500, "partners")
    offer["when"] = {
        "all": [when("customer.purchases", ">", 3), when("customer.days_since_last", ">=", 90)]
    }
    days = [0, 10, 20, 30, 130, 140]
    sales = [sale(day, "مریم", 1_000_000) for day in days]
    sales += [sale(135, "رضا", 9_000_000)]
    totals = run([], [offer], sorted(sales, key=lambda s: s.at)).totals
    assert (totals.sales, totals.reached, totals.members) == (7, 1, {"مریم"})
    assert totals.after == Counter({"partners": 350_000})
    assert totals.revenue == 15_000_000
    assert totals.reached_margin == 300_000


def test_sales_before_the_period_only_make_customers_known() -> None:
    offer = percent("وفادار", 1_000) | {"when": when("customer.purchases", ">=", 2)}
    sales = [sale(day, "مریم", 1_000_000) for day in (0, 1, 2, 3)]
    totals = run([], [offer], sales, since=START + timedelta(days=3)).totals
    assert (totals.sales, totals.reached) == (1, 1)


def test_an_exclusive_offer_takes_the_place_of_what_is_given_anyway() -> None:
    offer = percent("۲۰٪", 2_000, priority=5, exclusive=True)
    offer["when"] = when("basket.total", ">=", 6_000_000)
    ten = percent("۱۰٪", 1_000)
    sales = [sale(0, "a", 2_000_000), sale(1, "b", 6_000_000)]
    totals = run([ten], [offer, ten], sales).totals
    assert totals.before["own"] == 600_000
    assert totals.after["own"] == 1_200_000
    found = forecast(totals, Assumptions(redemption={"own": 5_000}))
    assert found.cost == 300_000
    # 1,800,000 is kept of the reached sale; half of 1,200,000 comes to be spent.
    assert [each.margin for each in found.scenarios] == [-300_000, -180_000, 0]
    assert found.break_even_bps == 2_500
    assert found.uptake_bps == 5_000


def test_an_offer_that_costs_all_that_is_kept_never_pays() -> None:
    gift = {"name": "نصف", "then": [{"effect": "discount_percent", "bps": 5_000}]}
    found = forecast(run([], [gift], [sale(0, "a", 1_000_000)]).totals, Assumptions())
    assert found.break_even_bps is None
    assert found.scenarios[-1].margin == -500_000 - 50_000


def test_a_budget_ends_in_the_past_as_it_would_have() -> None:
    offer = percent("محدود", 1_000, budget=250_000)
    sales = [sale(day, f"m{day}", 1_000_000) for day in range(5)]
    totals = run([], [offer], sales).totals
    assert totals.after["own"] == 250_000
    assert totals.reached == 5


def test_an_offer_is_tried_all_through_the_past_whenever_it_is_to_begin() -> None:
    offer = percent("تابستان", 1_000, starts_at="2030-01-01T00:00:00Z")
    assert run([], [offer], [sale(0, "a", 1_000_000)]).totals.after["own"] == 100_000


def test_bounds_by_day_and_by_number_end_as_they_would_have() -> None:
    sales = [sale(day, member, 1_000_000) for day, member in ((0, "a"), (0, "b"), (1, "a"))]
    daily = run([], [percent("روزانه", 1_000, daily_budget=150_000)], sales).totals
    assert daily.after["own"] == 250_000
    twice = run([], [percent("یک بار", 1_000, per_member_uses=1)], sales).totals
    assert (twice.after["own"], twice.reached) == (200_000, 2)


def test_a_one_time_offer_is_given_once_and_within_its_days() -> None:
    away = {"within_days": 7, "when": when("customer.purchases", ">=", 2)}
    offer = percent("یک‌باره", 1_000, once=away)
    offer["when"] = when("basket.total", ">=", 2_000_000)
    days = {0: 1, 1: 1, 2: 1, 4: 2, 5: 2, 30: 2}  # entitled on day 2, used on day 4
    sales = [sale(day, "a", amount * 1_000_000) for day, amount in days.items()]
    totals = run([], [offer], sales).totals
    assert (totals.reached, totals.after["own"]) == (1, 200_000)
    late = [sale(day, "a", 1_000_000 * (1 + (day > 2))) for day in (0, 1, 2, 12)]
    assert run([], [offer], late).totals.reached == 0


def test_everyone_is_taken_to_know_the_code_to_have_activated_it_and_nobody_is_held_out() -> None:
    offer = percent("کد", 1_000, coupon="NOWRUZ", holdout_bps=5_000, needs_activation=True)
    sales = [sale(0, f"m{n}", 1_000_000) for n in range(20)]
    assert run([], [offer], sales).totals.reached == 20


def test_what_was_spent_earns_nothing() -> None:
    totals = run([], [percent("۱۰٪", 1_000)], [sale(0, "a", 1_000_000, spent=400_000)]).totals
    assert totals.after["own"] == 60_000


def test_partners_are_asked_as_they_were() -> None:
    shop = "01890000-0000-7000-8000-000000000001"
    offer = percent("همسایه", 1_000) | {"when": when("partner.is_customer_of", "contains", shop)}
    known = {"a": Known(customer_of=((START + timedelta(days=1), shop),))}
    sales = [sale(day, "a", 1_000_000) for day in (0, 1, 2)]
    assert run([], [offer], sales, known=known).totals.reached == 1


@pytest.mark.parametrize(("lives", "most"), [(None, 60), (10, 60), (2, 50), (1, 30)])
def test_the_most_that_is_out_at_once(lives: int | None, most: int) -> None:
    assert peak({1: 10, 2: 20, 3: 30}, lives) == most


_CONDITIONS = st.one_of(
    st.builds(
        when,
        st.just("basket.total"),
        st.sampled_from([">", ">=", "<"]),
        st.integers(0, 4_000_000),
    ),
    st.builds(
        when, st.just("customer.purchases"), st.sampled_from([">", "==", "<"]), st.integers(0, 4)
    ),
    st.builds(
        when, st.just("customer.days_since_last"), st.sampled_from([">=", "<"]), st.integers(0, 9)
    ),
)
_EFFECTS = st.one_of(
    st.builds(
        lambda bps, scope: {"effect": "credit_percent", "bps": bps, "scope": scope},
        st.integers(0, 5_000),
        st.sampled_from(["own", "partners"]),
    ),
    st.builds(lambda bps: {"effect": "discount_percent", "bps": bps}, st.integers(0, 9_000)),
    st.builds(
        lambda n: {"effect": "points_per", "amount": 100_000, "points": n, "scope": "own"},
        st.integers(1, 5),
    ),
)


@st.composite
def rule_sets(draw: st.DrawFn) -> tuple[list[Json], list[Json]]:
    """Rules, and what is left, changed and added of them."""

    def rule(name: str) -> Json:
        made: Json = {"name": name, "then": draw(st.lists(_EFFECTS, min_size=1, max_size=2))}
        if draw(st.booleans()):
            made["when"] = draw(_CONDITIONS)
        if draw(st.integers(0, 3)) == 0:
            made["exclusive"] = True
        if draw(st.integers(0, 4)) == 0:
            made["per_member_cap"] = draw(st.integers(1, 500_000))
        return made | {"priority": draw(st.integers(0, 3))}

    olds = [rule(f"r{n}") for n in range(draw(st.integers(0, 3)))]
    kept = [each for each in olds if draw(st.booleans())]
    return olds, kept + [rule(f"n{n}") for n in range(draw(st.integers(0, 2)))]


_SALES = st.lists(
    st.tuples(
        st.integers(0, 5), st.sampled_from("abc"), st.integers(1, 5_000_000), st.integers(0, 99_999)
    ),
    max_size=12,
)


@given(rule_sets(), _SALES)
def test_skipping_what_cannot_differ_changes_nothing(
    sets: tuple[list[Json], list[Json]], bought: list[tuple[int, str, int, int]]
) -> None:
    day, sales = 0, []
    for gap, member, amount, spent in bought:
        day += gap
        sales.append(sale(day, member, amount, spent=spent))
    totals = run(*sets, sales).totals
    before, after = (_naive(rules, sales) for rules in sets)
    assert totals.after.total() - totals.before.total() == after.total() - before.total()
    for kind in (DISCOUNT, "own", "partners"):
        assert totals.after[kind] - totals.before[kind] == after[kind] - before[kind]
    assert sum(totals.months.values()) == after.total() - before.total()


def _naive(rules: list[Json], sales: list[PastSale]) -> Counter[str]:
    """Every sale with the whole set, and nothing left out."""
    ruleset = compile_rules(1, parse_rules(rules))
    capped = {rule["name"] for rule in rules if "per_member_cap" in rule}
    clientele = Clientele({})
    used: dict[Any, Counter[str]] = {}
    given_in_all: Counter[str] = Counter()
    for each in sales:
        member = used.setdefault(each.member, Counter())
        lines = lines_of(each)
        facts = clientele.told(each).facts(lines)
        pricing = price(ruleset, lines, facts, Usage(member=member))
        paid = pricing.paid_after(min(each.spent_value, pricing.net))
        accrual = accrue(pricing, paid)
        for name, value in accrual.used.items():
            if name in capped:
                member[name] += value
        given_in_all[DISCOUNT] += pricing.discount
        for grant in accrual.grants:
            if grant.unit == "rial":
                given_in_all[grant.scope] += grant.amount
        clientele.note(each)
    return given_in_all
