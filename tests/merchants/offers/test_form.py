"""The form of an offer: what it shows of a rule is what it makes of it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from merchants.conditions import Builder
from merchants.offers.errors import OfferChanged
from merchants.offers.form import WHEN, WHO, read_offer, values_of
from merchants.offers.merging import changes, merged
from merchants.offers.starters import STARTERS, campaign, coming_occasions, starter
from tests.timcheh.rules.strategies import conditions, effects
from tests.web_support.preview import PACKAGES
from timcheh.errors import Invalid
from timcheh.money import MoneyUnit
from timcheh.rules import parse_rules, rules_to_json
from timcheh.rules.model import AllOf
from timcheh.text import catalogue
from timcheh.text.locale import Locale

TOMAN = MoneyUnit.TOMAN


def typed(rule: dict[str, Any], unit: MoneyUnit = TOMAN) -> dict[str, str]:
    """What a browser sends of the form of a rule that nobody touched."""
    (parsed,) = parse_rules([rule])
    fields = values_of(rule, unit)
    who = parsed.once.when if parsed.once else None
    for prefix, condition in ((WHEN, parsed.when), (WHO, who)):
        fields |= fields_of(Builder.of(condition, unit, prefix))
    return {name: value for name, value in fields.items() if value}


def fields_of(builder: Builder) -> dict[str, str]:
    prefix = builder.prefix
    if builder.kept:
        return {f"{prefix}-kept": builder.kept}
    fields = {f"{prefix}-join": builder.join}
    for b, block in enumerate(builder.blocks):
        fields[f"{prefix}-{b}-join"] = block.join
        for r, row in enumerate(block.rows):
            at = f"{prefix}-{b}-{r}"
            fields |= {f"{at}-fact": row.fact, f"{at}-op": row.op, f"{at}-value": row.value}
            fields |= {f"{at}-pick-{n}": pick for n, pick in enumerate(row.picks)}
    return fields


@pytest.mark.feature("offer.compose")
@pytest.mark.parametrize("name", STARTERS)
@pytest.mark.parametrize("unit", list(MoneyUnit))
def test_each_starter_is_a_whole_offer_and_survives_the_form(name: str, unit: MoneyUnit) -> None:
    rule = starter(name, Locale.FA, ("ناخن", "رنگ"))
    assert rule is not None
    assert read_offer(typed(rule, unit), {}, unit) == rules_to_json(parse_rules([rule]))[0]


@pytest.mark.feature("earn.campaign")
def test_occasions_to_come_are_suggested_with_their_dates() -> None:
    catalogue.install(PACKAGES)
    today = date(2026, 3, 1)
    coming = coming_occasions(today)
    assert ("nowruz", date(2026, 3, 21)) in coming
    assert [day for _, day in coming] == sorted(day for _, day in coming)
    assert all(0 <= (day - today).days <= 60 for _, day in coming)
    rule = campaign("nowruz", Locale.FA, today)
    assert rule is not None
    assert rule["name"] == "کمپین نوروز"
    assert (rule["starts_at"], rule["ends_at"]) == ("2026-03-13T20:30:00Z", "2026-03-21T20:30:00Z")
    assert rules_to_json(parse_rules([rule])) == [rule]
    near = campaign("nowruz", Locale.FA, date(2026, 3, 19))
    assert near is not None
    assert near["starts_at"] == "2026-03-18T20:30:00Z"
    assert campaign("yalda", Locale.FA, today) is None


FULL: dict[str, Any] = {
    "name": "همه چیز",
    "then": [
        {
            "effect": "credit_percent",
            "bps": 1050,
            "scope": "partners",
            "expires_in_days": 7,
            "group": "چای",
            "steps": [{"amount": 1_000_000, "bps": 2000}],
        },
        {"effect": "points_per", "amount": 100_000, "points": 2, "scope": "own"},
        {"effect": "discount_amount", "amount": 50_000},
    ],
    "priority": 5,
    "exclusive": True,
    "starts_at": "2026-01-04T20:30:00Z",
    "ends_at": "2026-02-03T20:30:00Z",
    "per_member_cap": 1_000,
    "budget": 20_000,
    "daily_budget": 3_000,
    "per_member_uses": 4,
    "exclusive_group": "تخفیف‌ها",
    "every_nth": 5,
    "coupon": "یلدا ۱۴۰۴",
    "holdout_bps": 1050,
    "occasion": {
        "name": "own",
        "days_before": 1,
        "days_after": 2,
        "calendar": "hijri",
        "month": 9,
        "day": 21,
    },
    "early_access": {"days": 2, "groups": ["ویژه", "طلایی"]},
}


def test_every_field_survives_the_form() -> None:
    assert read_offer(typed(FULL), FULL, TOMAN) == FULL
    shown = values_of(FULL, TOMAN)
    assert (shown["starts_on"], shown["ends_on"]) == ("۱۴۰۴/۱۰/۱۵", "۱۴۰۴/۱۱/۱۴")
    at_an_hour = FULL | {"starts_at": "2026-01-04T21:15:00Z"}  # made over the API
    assert read_offer(typed(at_an_hour), at_an_hour, TOMAN) == at_an_hour


@pytest.mark.feature("offer.conditions", "offer.compose")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(condition=conditions, effect=effects)
def test_any_condition_with_any_effect_survives_the_form(
    condition: dict[str, Any], effect: dict[str, Any]
) -> None:
    rule = {"name": "x", "when": condition, "then": [effect]}
    (before,) = parse_rules([rule])
    (after,) = parse_rules([read_offer(typed(rule, MoneyUnit.RIAL), rule, MoneyUnit.RIAL)])
    assert after.then == before.then
    # An empty `all` always holds, which a form says by no condition.
    assert (after.when is None) == (before.when == AllOf(()))


def parse_empty() -> Any:
    (rule,) = parse_rules(
        [{"name": "x", "when": {"all": []}, "then": [{"effect": "discount_amount", "amount": 1}]}]
    )
    return rule.when


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "", "required"),
        ("effect-0-percent", "صد و ده", "not_a_number"),
        ("effect-0-percent", "۱۱۰", "not_a_share"),
        ("effect-0-percent", "", "required"),
        ("effect-0-scope", "mars", "unknown_scope"),
        ("effect-0-step-0-amount", "", "required"),
        ("starts_on", "۱۴۰۴/۱۳/۰۱", "bad_date"),
        ("ends_on", "۱۴۰۴/۰۱/۰۱", "ends_before_start"),
        ("budget", "زیاد", "not_a_number"),
        ("every_nth", "1", "below_minimum"),
        ("holdout", "۱۰۰", "above_maximum"),
        ("occasion_month", "۱۳", "above_maximum"),
        ("early_days", "", "required"),
    ],
)
def test_a_fault_lies_at_the_field_that_was_typed(field: str, value: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_offer(typed(FULL) | {field: value}, FULL, TOMAN)
    assert (f"/{field}", code) in [(fault.pointer, fault.code) for fault in refused.value.errors]


def rule_of(name: str, amount: int = 1) -> dict[str, Any]:
    return {"name": name, "then": [{"effect": "discount_amount", "amount": amount}]}


@pytest.mark.feature("offer.version")
def test_a_draft_takes_its_place_among_rules_that_others_changed() -> None:
    a, b, c = rule_of("a"), rule_of("b"), rule_of("c")
    assert merged([a, b], [a], c, None) == [a, b, c]
    new = rule_of("a2", 5)
    assert merged([a, b, c], [a, b], new, "a") == [new, b, c]  # another rule came: no matter
    with pytest.raises(OfferChanged):
        merged([rule_of("a", 2), b], [a, b], new, "a")
    with pytest.raises(OfferChanged):
        merged([b], [a, b], new, "a")  # somebody took it off
    with pytest.raises(Invalid):
        merged([a, b], [a, b], rule_of("b"), None)
    with pytest.raises(Invalid):
        merged([a, b], [a, b], rule_of("b"), "a")


@pytest.mark.feature("offer.version")
def test_what_is_different_between_versions() -> None:
    before, after = (
        [rule_of("a"), rule_of("b"), rule_of("c")],
        [rule_of("b", 2), rule_of("c"), rule_of("d")],
    )
    found = changes(before, after)
    assert (found.added, found.changed, found.removed) == (("d",), ("b",), ("a",))
