"""The published schema and the reader agree on what a rule is, to the last number."""

import copy
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given

from tests.hypotheses import sized
from tests.timcheh.rules.strategies import POOL, rule_lists
from tests.timcheh.rules.test_offers import FULL
from tests.timcheh.rules.test_schema import GOOD, REFUSED, changed
from timcheh.errors import Invalid
from timcheh.rules import FACTS, parse_rules
from timcheh.rules.json_schema import rule_components, rule_list

pytestmark = pytest.mark.feature("offer.conditions")

# What a schema can't say: the rest of the refusals it must share.
BEYOND_A_SCHEMA = {"ends_before_start", "too_deep", "duplicate", "invalid"}


def document() -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **rule_list(),
        "components": {"schemas": rule_components()},
    }


@pytest.fixture  # made for each test, so that each is known to depend on how it is made
def validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(document(), validate_formats=True)


def reads(rules: object) -> bool:
    try:
        parse_rules(rules)
    except Invalid:
        return False
    return True


@sized(200, 10_000)
@given(rules=rule_lists())
def test_what_is_read_fits_the_schema(
    validator: jsonschema_rs.Draft202012Validator, rules: list[dict[str, Any]]
) -> None:
    parse_rules(rules)
    assert validator.is_valid(rules)


@pytest.mark.parametrize(("path", "value", "where", "code"), REFUSED)
def test_what_is_refused_does_not_fit(
    validator: jsonschema_rs.Draft202012Validator, path: str, value: object, where: str, code: str
) -> None:
    rules = changed(path, value)
    with pytest.raises(Invalid):
        parse_rules(rules)
    if code not in BEYOND_A_SCHEMA and value != "0001-01-01T00:00:00+12:00":
        assert not validator.is_valid(rules)


def test_examples(validator: jsonschema_rs.Draft202012Validator) -> None:
    assert validator.is_valid([GOOD])
    stop = {"name": "stop", "then": [], "exclusive": True}
    assert validator.is_valid([stop])
    assert not validator.is_valid([{**stop, "exclusive": False}])
    assert not validator.is_valid([{"name": "stop", "then": []}])
    noisy = copy.deepcopy(GOOD) | {"budget": None, "when": None}
    assert validator.is_valid([noisy])
    assert parse_rules([noisy])


OFF = {"effect": "discount_amount", "amount": 1}
MONEY = 10**15


def rule(**more: object) -> list[dict[str, object]]:
    return [{"name": "a", "then": [OFF], **more}]


def then(**effect: object) -> list[dict[str, object]]:
    return rule(then=[effect])


def when(fact: str, op: str, value: object) -> list[dict[str, object]]:
    return rule(when={"fact": fact, "op": op, "value": value})


def percent_off(**more: object) -> list[dict[str, object]]:
    return then(**({"effect": "discount_percent", "bps": 1} | more))


def percent_back(**more: object) -> list[dict[str, object]]:
    return then(**({"effect": "credit_percent", "bps": 1, "scope": "own"} | more))


def money_back(**more: object) -> list[dict[str, object]]:
    return then(**({"effect": "credit_amount", "amount": 1, "scope": "own"} | more))


def points(**more: object) -> list[dict[str, object]]:
    return then(**({"effect": "points_per", "amount": 1, "points": 1, "scope": "own"} | more))


LEAF = {"fact": "basket.total", "op": ">", "value": 1}

# The outermost that is read, and the innermost that is not.
BOUNDS: list[tuple[str, object, object]] = [
    ("rules", [{**rule()[0], "name": str(n)} for n in range(200)], rule() * 201),
    ("name", rule(name="x" * 100), rule(name="x" * 101)),
    ("shortest name", rule(name="x"), rule(name=" ")),
    ("effects", rule(then=[OFF] * 20), rule(then=[OFF] * 21)),
    ("priority", rule(priority=10**6), rule(priority=10**6 + 1)),
    ("least priority", rule(priority=-(10**6)), rule(priority=-(10**6) - 1)),
    ("cap", rule(per_member_cap=MONEY), rule(per_member_cap=MONEY + 1)),
    ("least cap", rule(per_member_cap=1), rule(per_member_cap=0)),
    ("budget", rule(budget=MONEY), rule(budget=MONEY + 1)),
    ("least budget", rule(budget=1), rule(budget=0)),
    ("a start", rule(starts_at="2026-01-01T00:00:00Z"), rule(starts_at="2026-01-01")),
    ("an end", rule(ends_at="2026-01-01T00:00:00Z"), rule(ends_at="2026-01-01")),
    ("comparisons", rule(when={"all": [LEAF] * 100}), rule(when={"all": [LEAF] * 101})),
    ("any", rule(when={"any": [LEAF]}), rule(when={"any": []})),
    ("all", rule(when={"all": []}), rule(when={"all": {}})),
    ("a number of rial", when("basket.total", ">", MONEY), when("basket.total", ">", MONEY + 1)),
    ("below zero", when("basket.total", ">", -MONEY), when("basket.total", ">", -MONEY - 1)),
    ("a quantity", when("basket.items", ">", 10**9), when("basket.items", ">", 10**9 + 1)),
    ("below none", when("basket.items", ">", -(10**9)), when("basket.items", ">", -(10**9) - 1)),
    ("part of one", when("basket.items", ">", 0.5), when("basket.items", ">", "0.5")),
    ("a group", when("customer.groups", "contains", "x" * 200),
     when("customer.groups", "contains", "x" * 201)),
    ("a tier", when("customer.tier", "==", "x" * 200), when("customer.tier", "==", "x" * 201)),
    ("a day", when("time.weekday", "==", "monday"), when("time.weekday", "==", "mondays")),
    ("days", when("time.weekday", "in", ["monday"]), when("time.weekday", "in", ["monday", 1])),
    ("choices", when("time.hour", "in", [1] * 500), when("time.hour", "in", [1] * 501)),
    ("a choice", when("time.hour", "in", [1]), when("time.hour", "in", [])),
    ("a list", when("time.hour", "in", [1]), when("time.hour", "==", [1])),
    ("no list", when("time.hour", "==", 1), when("time.hour", "in", 1)),
    ("a truth", when("customer.is_new", "==", False), when("customer.is_new", "==", 0)),
    ("of a truth", when("customer.is_new", "!=", True), when("customer.is_new", "in", [True])),
    ("a shop", when("partner.is_customer_of", "in", [POOL]),
     when("partner.is_customer_of", "in", ["a"])),
    ("all off", percent_off(bps=10_000), percent_off(bps=10_001)),
    ("nothing off", percent_off(bps=0), percent_off(bps=-1)),
    ("group", percent_off(group="x" * 200), percent_off(group="x" * 201)),
    ("sku", percent_off(sku="x" * 200), percent_off(sku="x" * 201)),
    ("no group", percent_off(group=None, sku=None), percent_off(group=1)),
    ("no sku", percent_back(group=None, sku=None, expires_in_days=None), percent_back(sku="")),
    ("amount off", then(effect="discount_amount", amount=MONEY),
     then(effect="discount_amount", amount=MONEY + 1)),
    ("least off", then(effect="discount_amount", amount=1),
     then(effect="discount_amount", amount=0)),
    ("all back", percent_back(bps=10_000), percent_back(bps=10_001)),
    ("days to live", percent_back(expires_in_days=36_500), percent_back(expires_in_days=36_501)),
    ("a day to live", money_back(expires_in_days=1), money_back(expires_in_days=0)),
    ("no end", money_back(expires_in_days=None), money_back(expires_in_days="never")),
    ("money back", money_back(amount=MONEY, scope="network"), money_back(amount=MONEY + 1)),
    ("least back", money_back(amount=1, scope="partners"), money_back(amount=0)),
    ("of no group", money_back(), money_back(group="x")),
    ("a scope", money_back(scope=POOL), money_back(scope="pool")),
    ("each rial", points(amount=1), points(amount=0)),
    ("each many", points(amount=MONEY), points(amount=MONEY + 1)),
    ("a point", points(points=1), points(points=0)),
    ("many points", points(points=MONEY), points(points=MONEY + 1)),
    ("a pool", points(scope=POOL), points(scope="network")),
    ("points stay", points(), points(expires_in_days=1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("good", "bad"), [each[1:] for each in BOUNDS], ids=[each[0] for each in BOUNDS]
)
def test_the_schema_ends_where_the_reader_ends(
    validator: jsonschema_rs.Draft202012Validator, good: object, bad: object
) -> None:
    assert (reads(good), validator.is_valid(good)) == (True, True)
    assert (reads(bad), validator.is_valid(bad)) == (False, False)


NEEDED = [
    ("effect", "bps"), ("effect", "amount"), ("effect", "bps", "scope"),
    ("effect", "amount", "scope"), ("effect", "amount", "points", "scope"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "fields"),
    list(zip([percent_off(), rule(), percent_back(), money_back(), points()], NEEDED, strict=True)),
)
def test_each_effect_needs_all_of_its_fields(
    validator: jsonschema_rs.Draft202012Validator,
    rules: list[dict[str, Any]],
    fields: tuple[str, ...],
) -> None:
    assert reads(rules)
    assert validator.is_valid(rules)
    for field in fields:
        less = copy.deepcopy(rules)
        del less[0]["then"][0][field]
        assert not reads(less)
        assert not validator.is_valid(less)


@pytest.mark.parametrize("field", ["fact", "op", "value"])
@pytest.mark.parametrize("op", ["==", "in"])
def test_a_comparison_needs_all_of_its_fields(
    validator: jsonschema_rs.Draft202012Validator, op: str, field: str
) -> None:
    condition: dict[str, object] = {"fact": "time.hour", "op": op, "value": 9}
    if op == "in":
        condition["value"] = [9]
    assert validator.is_valid(rule(when=condition))
    del condition[field]
    assert not reads(rule(when=condition))
    assert not validator.is_valid(rule(when=condition))


@pytest.mark.parametrize("name", sorted(FACTS))
def test_every_operator_of_every_fact_is_in_the_schema(
    validator: jsonschema_rs.Draft202012Validator, name: str
) -> None:
    fact = FACTS[name]
    value = {
        "integer": 1, "number": 1.5, "text": "x", "choice": "friday", "boolean": True,
        "text_set": POOL,
    }[fact.type] if not fact.choices else fact.choices[0]  # fmt: skip
    for op in ("==", "!=", ">", ">=", "<", "<=", "in", "contains"):
        rules = when(name, op, [value] if op == "in" else value)
        assert reads(rules) is validator.is_valid(rules) is (op in fact.operators)


WORDS = {
    "type", "items", "minItems", "maxItems", "minLength", "maxLength", "pattern", "minimum",
    "maximum", "format", "anyOf", "properties", "required", "additionalProperties", "const",
    "enum", "description", "$ref",
}  # fmt: skip


def schemas(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema and all within it."""
    yield schema
    inner = [*schema.get("anyOf", []), *schema.get("properties", {}).values()]
    for each in [*inner, *([schema["items"]] if "items" in schema else [])]:
        yield from schemas(each)


def test_the_schema_says_nothing_that_json_schema_does_not_know() -> None:
    """A misspelt word is passed over by whoever reads the document."""
    for whole in (rule_list(), *rule_components().values()):
        for each in schemas(whole):
            assert set(each) <= WORDS
            assert each.get("description", "A.").endswith(".")


def test_what_a_schema_cannot_say_is_told_to_people() -> None:
    components = rule_components()
    assert components["Rule"]["description"].startswith("Names are unique")
    ends_at = components["Rule"]["properties"]["ends_at"]["anyOf"][0]
    assert ends_at["description"].startswith("Exclusive")
    condition = components["RuleCondition"]
    assert condition["description"] == "At most 8 deep, 100 comparisons a rule."
    (items,) = [each for each in condition["anyOf"] if "basket.items" in str(each)][:1]
    assert items["properties"]["value"]["description"] == "At most 3 decimals."


def test_every_bound_of_an_offer_fits(validator: jsonschema_rs.Draft202012Validator) -> None:
    assert validator.is_valid([FULL])
    assert validator.is_valid([FULL | {"occasion": {"name": "yalda", "days_before": 3}}])
    for field, value in (
        ("occasion", {"name": "own", "days_before": 3}),
        ("occasion", {"name": "yalda", "month": 3}),
        ("once", {"within_days": 0}),
        ("holdout_bps", 10_000),
        ("every_nth", 1),
        ("early_access", {"days": 3, "groups": []}),
    ):
        assert not validator.is_valid([FULL | {field: value}]), field
        with pytest.raises(Invalid):
            parse_rules([FULL | {field: value}])
