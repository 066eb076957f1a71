"""The published schema and the reader agree on what a rule is."""

import copy
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings

from tests.timcheh.rules.strategies import rule_lists
from tests.timcheh.rules.test_schema import GOOD, REFUSED, changed
from timcheh.errors import Invalid
from timcheh.rules import parse_rules
from timcheh.rules.json_schema import rule_components, rule_list

DOCUMENT = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **rule_list(),
    "components": {"schemas": rule_components()},
}
VALIDATOR = jsonschema_rs.Draft202012Validator(DOCUMENT, validate_formats=True)

# What a schema can't say: the rest of the refusals it must share.
BEYOND_A_SCHEMA = {"ends_before_start", "too_deep", "duplicate", "invalid"}


@settings(max_examples=200, deadline=None)
@given(rules=rule_lists())
def test_what_is_read_fits_the_schema(rules: list[dict[str, Any]]) -> None:
    parse_rules(rules)
    assert VALIDATOR.is_valid(rules)


@pytest.mark.parametrize(("path", "value", "where", "code"), REFUSED)
def test_what_is_refused_does_not_fit(path: str, value: object, where: str, code: str) -> None:
    rules = changed(path, value)
    with pytest.raises(Invalid):
        parse_rules(rules)
    if code not in BEYOND_A_SCHEMA and value != "0001-01-01T00:00:00+12:00":
        assert not VALIDATOR.is_valid(rules)


def test_examples() -> None:
    assert VALIDATOR.is_valid([GOOD])
    stop = {"name": "stop", "then": [], "exclusive": True}
    assert VALIDATOR.is_valid([stop])
    assert not VALIDATOR.is_valid([{**stop, "exclusive": False}])
    noisy = copy.deepcopy(GOOD) | {"budget": None, "when": None}
    assert VALIDATOR.is_valid([noisy])
    assert parse_rules([noisy])
