"""Whether an offer pays on one basket, and from which basket on."""

from typing import Any

import pytest

from merchants.backtests.arithmetic import Verdict, judge
from merchants.backtests.trial import Terms
from timcheh.rules import Rule, parse_rules

TOMAN = 10
SCOPES = {
    "own:rial": Terms("own", 0),
    "own:point": Terms("own_points", 0),
    "partners": Terms("partners", 0),
    "pool-1": Terms("pool", 1_000),
}
Json = dict[str, Any]


def credit(name: str, bps: int, over: int | None = None, **more: Any) -> Json:
    """A rule that gives a share as credit, on baskets of so many toman or more."""
    rule: Json = {"name": name, "then": [{"effect": "credit_percent", "bps": bps, "scope": "own"}]}
    if over is not None:
        rule["when"] = {"fact": "basket.total", "op": ">=", "value": over * TOMAN}
    return rule | more


def verdict(
    before: list[Json], offers: list[Json], margin_bps: int = 3_000, usual: int = 200_000
) -> Verdict | None:
    olds, news = parse_rules(before), parse_rules(before + offers)
    return judge(olds, news, SCOPES, margin_bps, usual * TOMAN)


def found(result: Verdict | None) -> Verdict:
    assert result is not None
    return result


TEN = credit("۱۰٪", 1_000)
TWENTY = credit("۲۰٪ بالای ۶۰۰", 2_000, over=600_000, priority=10, exclusive=True)


@pytest.mark.feature("offer.margin")
@pytest.mark.feature("offer.basket")
def test_the_shoe_shop_of_the_seed() -> None:
    """30 % margin, 10 % credit, 20 % over 600,000: 40,000 on a pair, 60,000 on 600,000."""
    result = found(verdict([TEN], [TWENTY]))
    assert (result.usual.margin, result.usual.kept) == (60_000 * TOMAN, 40_000 * TOMAN)
    assert result.offered.amount == result.starts_at == 600_000 * TOMAN
    assert (result.offered.margin, result.offered.rewards) == (180_000 * TOMAN, 120_000 * TOMAN)
    assert result.offered.kept == 60_000 * TOMAN
    assert result.pays_from == 600_000 * TOMAN
    assert result.asks_more
    assert not result.loses
    # Whoever buys for 600,000 anyway leaves 120,000 without the offer.
    assert result.unoffered.kept == 120_000 * TOMAN


@pytest.mark.feature("offer.margin")
@pytest.mark.parametrize("above", [150_000, 300_000, 399_000])
def test_an_offer_that_begins_too_low_pays_from_a_larger_basket_on(above: int) -> None:
    low = credit("۲۰٪", 2_000, over=above, priority=10, exclusive=True)
    result = found(verdict([TEN], [low]))
    # 30 % - 20 % of 400,000 is what 30 % - 10 % of 200,000 is.
    assert result.pays_from == 400_000 * TOMAN


@pytest.mark.feature("offer.margin")
@pytest.mark.parametrize(("margin_bps", "pays"), [(1_500, False), (2_000, False), (2_001, True)])
def test_nothing_pays_that_gives_away_the_margin(margin_bps: int, pays: bool) -> None:
    result = found(verdict([], [credit("۲۰٪", 2_000, over=600_000)], margin_bps))
    assert result.loses == (margin_bps < 2_000)
    # 0.01 % is kept of larger baskets: it takes 2,000 times the usual one to leave as much.
    assert result.pays_from is None
    if pays:
        assert result.offered.kept > 0


@pytest.mark.feature("offer.margin")
def test_a_fixed_gift_pays_once_the_basket_is_large_enough() -> None:
    gift = {
        "name": "هدیه",
        "when": {"fact": "basket.total", "op": ">", "value": 250_000 * TOMAN},
        "then": [{"effect": "credit_amount", "amount": 50_000 * TOMAN, "scope": "partners"}],
    }
    result = found(verdict([], [gift]))
    assert result.starts_at == 250_000 * TOMAN + 1
    # 0.3 x b - 50,000 >= 60,000: from 366,666.7 toman on.
    assert result.pays_from == 367_000 * TOMAN


@pytest.mark.feature("offer.margin")
def test_what_is_asked_of_the_customer_is_taken_to_hold_for_the_offer_only() -> None:
    away = {"fact": "customer.days_since_last", "op": ">=", "value": 90}
    often = {"not": {"fact": "customer.purchases", "op": "<=", "value": 4}}
    offer = credit("بازگشت", 3_500) | {"when": {"all": [away, often]}}
    other = credit("تولد", 5_000) | {"when": {"fact": "customer.is_new", "op": "==", "value": True}}
    result = found(verdict([TEN, other], [offer], margin_bps=5_000))
    assert result.usual.rewards == 20_000 * TOMAN
    assert result.offered.rewards == 90_000 * TOMAN
    assert not result.asks_more


@pytest.mark.feature("offer.margin")
def test_points_cost_what_the_pool_takes_for_them() -> None:
    effect = {"effect": "points_per", "amount": 100_000, "points": 2, "scope": _POOL}
    olds: tuple[Rule, ...] = ()
    scopes = SCOPES | {_POOL: Terms("pool", 1_000)}
    rules = parse_rules([{"name": "امتیاز", "then": [effect]}])
    result = found(judge(olds, rules, scopes, 3_000, 2_000_000))
    assert result.offered.rewards == 20 * 2 * 1_000
    own = parse_rules([{"name": "امتیاز", "then": [effect | {"scope": "own"}]}])
    assert judge(olds, own, scopes, 3_000, 2_000_000) is None  # costs nothing as it is given


def test_an_offer_of_a_group_is_judged_on_that_group() -> None:
    offer = {
        "name": "رنگ",
        "when": {"fact": "basket.groups", "op": "contains", "value": "رنگ"},
        "then": [{"effect": "discount_percent", "bps": 2_000, "group": "رنگ"}],
    }
    result = found(verdict([TEN], [offer]))
    # 20 % off, and 10 % credit of what is left.
    assert result.offered.rewards == (40_000 + 16_000) * TOMAN


_POOL = "01890000-0000-7000-8000-000000000001"
