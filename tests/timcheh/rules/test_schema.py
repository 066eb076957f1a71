"""Rule lists from JSON: what is refused, and where it says the fault is."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from timcheh.errors import Invalid, field_message
from timcheh.rules import FACTS, parse_rules, rules_to_json
from timcheh.text.locale import Locale

GOOD: dict[str, Any] = {
    "name": "خرید بزرگ",
    "when": {
        "all": [
            {"fact": "basket.total", "op": ">=", "value": 600_000},
            {"not": {"fact": "time.weekday", "op": "in", "value": ["thursday", "friday"]}},
        ]
    },
    "then": [
        {"effect": "discount_percent", "bps": 500, "group": "چای"},
        {"effect": "credit_percent", "bps": 1000, "scope": "partners", "expires_in_days": 90},
    ],
    "priority": 10,
    "exclusive": True,
    "starts_at": "2026-01-01T00:00:00Z",
    "ends_at": "2026-03-20T20:30:00Z",
    "per_member_cap": 100_000,
    "budget": 10_000_000,
}


REFUSED: list[tuple[str, object, str, str]] = [
    ("name", ..., "/name", "required"),
    ("name", None, "/name", "required"),
    ("name", "", "/name", "too_short"),
    ("name", "x" * 101, "/name", "too_long"),
    ("name", "a\0b", "/name", "invalid"),
    ("name", "a\ud800", "/name", "invalid"),
    ("name", 3, "/name", "not_text"),
    ("nmae", "x", "/nmae", "unknown_field"),
    ("when", "always", "/when", "not_an_object"),
    ("when", {"al": []}, "/when", "not_a_condition"),
    ("when", {"any": []}, "/when/any", "too_few"),
    ("when", {"all": {}}, "/when/all", "not_a_list"),
    ("when", {"not": None}, "/when/not", "not_an_object"),
    ("when", {"all": [], "any": []}, "/when/any", "unknown_field"),
    ("when/all/0/fact", "basket.sum", "/when/all/0/fact", "unknown_fact"),
    ("when/all/0/fact", ..., "/when/all/0/fact", "required"),
    ("when/all/0/op", "=>", "/when/all/0/op", "unknown_operator"),
    ("when/all/0/op", "contains", "/when/all/0/op", "unsuitable_operator"),
    ("when/all/0/value", ..., "/when/all/0/value", "required"),
    ("when/all/0/value", "600000", "/when/all/0/value", "not_an_integer"),
    ("when/all/0/value", True, "/when/all/0/value", "not_an_integer"),
    ("when/all/0/value", 600_000.5, "/when/all/0/value", "not_an_integer"),
    ("when/all/0/value", 10**16, "/when/all/0/value", "above_maximum"),
    ("when/all/0/value", [1], "/when/all/0/value", "not_an_integer"),
    ("when/all/0/more", 1, "/when/all/0/more", "unknown_field"),
    ("when/all/1/not/value", [], "/when/all/1/not/value", "too_few"),
    ("when/all/1/not/value", "friday", "/when/all/1/not/value", "not_a_list"),
    ("when/all/1/not/value/1", "Friday", "/when/all/1/not/value/1", "not_a_choice"),
    ("when", {"fact": "customer.tier", "op": "==", "value": 3}, "/when/value", "not_text"),
    ("then", ..., "/then", "required"),
    ("then", {}, "/then", "not_a_list"),
    ("then/0", 5, "/then/0", "not_an_object"),
    ("then/0/effect", ..., "/then/0/effect", "required"),
    ("then/0/effect", "discount", "/then/0/effect", "unknown_effect"),
    ("then/0/effect", ["x"], "/then/0/effect", "unknown_effect"),
    ("then/0/bps", ..., "/then/0/bps", "required"),
    ("then/0/bps", -1, "/then/0/bps", "below_minimum"),
    ("then/1/bps", 10_001, "/then/1/bps", "above_maximum"),
    ("then/0/scope", "own", "/then/0/scope", "unknown_field"),
    ("then/1/scope", "everyone", "/then/1/scope", "unknown_scope"),
    ("then/1/scope", ..., "/then/1/scope", "required"),
    ("then/1/expires_in_days", 0, "/then/1/expires_in_days", "below_minimum"),
    ("priority", "high", "/priority", "not_an_integer"),
    ("exclusive", 1, "/exclusive", "not_a_boolean"),
    ("starts_at", "2026-01-01", "/starts_at", "bad_datetime"),
    ("starts_at", "2026-01-01T00:00:00", "/starts_at", "bad_datetime"),
    ("starts_at", "2026-13-01T00:00:00Z", "/starts_at", "bad_datetime"),
    ("starts_at", "0001-01-01T00:00:00+12:00", "/starts_at", "bad_datetime"),
    ("starts_at", "2027-01-01T00:00:00Z", "/ends_at", "ends_before_start"),
    ("per_member_cap", 0, "/per_member_cap", "below_minimum"),
    ("budget", -5, "/budget", "below_minimum"),
]


def changed(path: str, value: object) -> list[dict[str, Any]]:
    """GOOD with the value at a slash-separated path set (or, for ..., removed)."""
    rule = copy.deepcopy(GOOD)
    target: Any = rule
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    for step in steps:
        target = target[step]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return [rule]


def faults(rules: object) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        parse_rules(rules)
    for error in caught.value.errors:
        for locale in Locale:
            assert field_message(error, locale) != f"field-{error.code}"
    return [(error.pointer, error.code) for error in caught.value.errors]


def test_a_good_rule_reads_and_writes_back() -> None:
    assert rules_to_json(parse_rules([GOOD])) == [GOOD]
    assert parse_rules([]) == ()


def test_null_is_absent_and_defaults_are_left_out() -> None:
    rule = {"name": "a", "then": [{"effect": "discount_amount", "amount": 1}]}
    noisy = {**rule, "when": None, "priority": 0, "exclusive": False, "budget": None}
    assert rules_to_json(parse_rules([noisy])) == [rule]


def test_an_exclusive_rule_may_have_no_effect() -> None:
    (rule,) = parse_rules([{"name": "stop", "then": [], "exclusive": True}])
    assert rule.then == ()
    assert faults([{"name": "stop", "then": []}]) == [("/rules/0/then", "too_few")]


@pytest.mark.parametrize(("path", "value", "where", "code"), REFUSED)
def test_a_fault_names_its_place(path: str, value: object, where: str, code: str) -> None:
    assert faults(changed(path, value)) == [("/rules/0" + where, code)]


def test_effect_amounts_and_scopes() -> None:
    effects: list[dict[str, Any]] = [
        {"effect": "discount_amount", "amount": 0},
        {"effect": "credit_amount", "amount": -1, "scope": "network"},
        {"effect": "points_per", "amount": 0, "points": 0, "scope": "partners"},
        {"effect": "points_per", "amount": 1, "points": 1, "scope": "{not-a-uuid}"},
    ]
    assert faults([{"name": "a", "then": effects}]) == [
        ("/rules/0/then/0/amount", "below_minimum"),
        ("/rules/0/then/1/amount", "below_minimum"),
        ("/rules/0/then/2/amount", "below_minimum"),
        ("/rules/0/then/2/points", "below_minimum"),
        ("/rules/0/then/2/scope", "unknown_scope"),
        ("/rules/0/then/3/scope", "unknown_scope"),
    ]


def test_all_faults_come_at_once_and_point_through_escapes() -> None:
    rules = [{"name": "a", "then": [{"effect": "x"}], "a/b~": 1}, 7, {"then": []}]
    assert faults(rules) == [
        ("/rules/0/a~1b~0", "unknown_field"),
        ("/rules/0/then/0/effect", "unknown_effect"),
        ("/rules/1", "not_an_object"),
        ("/rules/2/name", "required"),
        ("/rules/2/then", "too_few"),
    ]


def test_names_are_unique_within_a_set() -> None:
    rule = {"name": "a", "then": [{"effect": "discount_amount", "amount": 1}]}
    assert faults([rule, {**rule, "name": "b"}, rule]) == [("/rules/2/name", "duplicate")]


@pytest.mark.parametrize("value", [None, {}, "x", 3])
def test_a_rule_list_is_a_list(value: object) -> None:
    assert faults(value) == [("/rules", "not_a_list")]


def test_limits_hold_before_anything_deep_is_walked() -> None:
    leaf: dict[str, Any] = {"fact": "basket.total", "op": ">", "value": 1}
    nested = leaf
    for _ in range(5000):
        nested = {"not": nested}
    assert [code for _, code in faults(changed("when", nested))] == ["too_deep"]
    wide = {"all": [leaf] * 101}
    assert faults(changed("when", wide)) == [("/rules/0/when/all", "too_many")]
    spread = {"all": [{"any": [leaf] * 60}, {"any": [leaf] * 60}]}
    assert faults(changed("when", spread)) == [("/rules/0/when/all/1/any/40", "too_many")]
    assert faults([GOOD] * 201) == [("/rules", "too_many")]
    effects = [{"effect": "discount_amount", "amount": 1}] * 21
    assert faults(changed("then", effects)) == [("/rules/0/then", "too_many")]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (2.5, None),
        (2, None),
        (2.0, None),
        (2.5004, "too_many_decimals"),
        (True, "not_a_number"),
        ("2", "not_a_number"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
        (1e300, "above_maximum"),
    ],
)
def test_quantities_have_three_decimals(value: object, code: str | None) -> None:
    condition = {"fact": "basket.items", "op": ">=", "value": value}
    if code is None:
        parse_rules(changed("when", condition))
    else:
        assert faults(changed("when", condition)) == [("/rules/0/when/value", code)]


def test_shops_are_named_by_id() -> None:
    shop = "019B0000-0000-7000-8000-000000000001"
    condition = {"fact": "partner.is_customer_of", "op": "contains", "value": shop}
    (rule,) = rules_to_json(parse_rules(changed("when", condition)))
    assert rule["when"]["value"] == shop.lower()
    condition["value"] = "gol-ara"
    assert faults(changed("when", condition)) == [("/rules/0/when/value", "bad_uuid")]


@pytest.mark.feature("offer.conditions")
def test_conditions_nest_eight_deep_and_no_deeper() -> None:
    def nested(depth: int) -> dict[str, Any]:
        leaf: dict[str, Any] = {"fact": "basket.total", "op": ">", "value": 1}
        return leaf if depth == 1 else {"not": nested(depth - 1)}

    assert parse_rules(changed("when", nested(8)))
    assert faults(changed("when", nested(9))) == [("/rules/0/when" + "/not" * 8, "too_deep")]
    for branch in ("all", "any"):
        wrapped = {branch: [nested(7)]}
        assert parse_rules(changed("when", wrapped))
        assert faults(changed("when", {branch: [wrapped]})) == [
            (f"/rules/0/when/{branch}/0/{branch}/0" + "/not" * 6, "too_deep")
        ]


LEAF = {"fact": "basket.total", "op": ">", "value": 1}
WEEK = "saturday, sunday, monday, tuesday, wednesday, thursday, friday"
EFFECTS = "discount_percent, discount_amount, credit_percent, credit_amount, points_per"


@pytest.mark.feature("offer.conditions")
@pytest.mark.parametrize(
    ("path", "value", "params"),
    [
        ("name", " ", {"minimum": 1}),
        ("name", "x" * 101, {"maximum": 100}),
        ("when/all/0/fact", "basket.sum", {"choices": ", ".join(FACTS)}),
        ("when/all/0/op", "=>", {"choices": "== != > >= < <= in contains"}),
        ("when/all/0/op", "contains", {"choices": "== != > >= < <= in"}),
        ("when/all/0/value", 10**15 + 1, {"maximum": 10**15}),
        ("when/all/0/value", -(10**15) - 1, {"minimum": -(10**15)}),
        ("when/all/1/not/value", [], {"minimum": 1}),
        ("when/all/1/not/value", ["friday"] * 501, {"maximum": 500}),
        ("when/all/1/not/value/1", "freitag", {"choices": WEEK}),
        ("when", {"any": []}, {"minimum": 1}),
        ("when", {"all": [{"all": []}] * 101}, {"maximum": 100}),
        ("when", {"all": [{"any": [LEAF] * 60}, {"any": [LEAF] * 41}]}, {"maximum": 100}),
        ("when", {"fact": "basket.items", "op": "<", "value": 1.2345}, {"maximum": 3}),
        ("when", {"fact": "basket.items", "op": "<", "value": 10**9 + 1}, {"maximum": 10**9}),
        ("then", [], {"minimum": 1}),
        ("then/0/effect", "gift", {"choices": EFFECTS}),
        ("then/0/bps", -1, {"minimum": 0}),
        ("then/1/bps", 10_001, {"maximum": 10_000}),
        ("then/1/scope", "everyone", {"choices": "own, partners, network"}),
        ("then/1/expires_in_days", 36_501, {"maximum": 36_500}),
        ("priority", 1_000_001, {"maximum": 1_000_000}),
        ("priority", -1_000_001, {"minimum": -1_000_000}),
        ("per_member_cap", 10**15 + 1, {"maximum": 10**15}),
        ("budget", 0, {"minimum": 1}),
    ],
)
def test_a_fault_tells_what_would_have_done(
    path: str, value: object, params: dict[str, object]
) -> None:
    rules = changed(path, value)
    if path == "then":
        rules[0]["exclusive"] = False
    with pytest.raises(Invalid) as caught:
        parse_rules(rules)
    (error,) = caught.value.errors
    assert error.params == params


@pytest.mark.feature("offer.conditions")
def test_times_are_read_in_any_zone_and_kept_in_utc() -> None:
    for written in ("2026-01-01T03:30:00+03:30", "2026-01-01t00:00:00z", "2026-01-01 00:00:00Z"):
        (rule,) = parse_rules(changed("starts_at", written))
        assert rule.starts_at == datetime(2026, 1, 1, tzinfo=UTC)
        assert rules_to_json((rule,))[0]["starts_at"] == "2026-01-01T00:00:00Z"
    (rule,) = parse_rules(changed("starts_at", "2026-01-01T00:00:00.25Z"))
    assert rules_to_json((rule,))[0]["starts_at"] == "2026-01-01T00:00:00.250000Z"


@pytest.mark.feature("offer.conditions")
def test_a_window_ends_after_it_begins() -> None:
    at = GOOD["starts_at"]
    assert faults(changed("ends_at", at)) == [("/rules/0/ends_at", "ends_before_start")]
    assert parse_rules(changed("ends_at", at.replace("00:00Z", "00:01Z")))
    assert parse_rules(changed("ends_at", ...))
    assert parse_rules(changed("starts_at", ...))


def test_a_fault_stands_where_the_caller_says_the_list_is() -> None:
    with pytest.raises(Invalid) as caught:
        parse_rules([{"name": "a", "then": 1}], "/draft")
    assert [error.pointer for error in caught.value.errors] == ["/draft/0/then"]


def test_one_faulty_part_of_a_condition_is_one_fault() -> None:
    good = {"fact": "basket.total", "op": ">", "value": 1}
    bad = {"fact": "basket.total", "op": ">", "value": "1"}
    for when, where in (
        ({"all": [good, bad, good]}, "/all/1/value"),
        ({"any": [bad, good]}, "/any/0/value"),
        ({"not": bad}, "/not/value"),
        ({"fact": "time.hour", "op": "in", "value": [1, "2", 3]}, "/value/1"),
    ):
        assert faults(changed("when", when)) == [("/rules/0/when" + where, "not_an_integer")]
