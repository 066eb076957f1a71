"""The builder says what the condition says, and takes nothing that a rule may not say."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchants.conditions import Builder, read_builder
from merchants.conditions.builder import MOST_ROWS, Block, Row
from tests.hypotheses import sized
from tests.timcheh.rules.strategies import conditions, purchases
from tests.timcheh.rules.test_against_naive import basket_of, facts_of
from timcheh.errors import Invalid
from timcheh.money import MoneyUnit
from timcheh.rules import parse_condition, write_condition
from timcheh.rules.compile import compile_condition

pytestmark = pytest.mark.feature("segment.builder")


def typed(builder: Builder) -> dict[str, str]:
    """The form's fields, as the browser would send them."""
    prefix = builder.prefix
    fields = {f"{prefix}-join": str(builder.join), f"{prefix}-kept": builder.kept}
    for b, block in enumerate(builder.blocks):
        fields[f"{prefix}-{b}-join"] = block.join
        for r, row in enumerate(block.rows):
            name = f"{prefix}-{b}-{r}"
            fields |= {f"{name}-fact": row.fact, f"{name}-op": row.op, f"{name}-value": row.value}
            fields |= {f"{name}-pick-{n}": pick for n, pick in enumerate(row.picks)}
    return fields


@sized(ci=150, nightly=5000)
@given(written=conditions, unit=st.sampled_from(MoneyUnit), purchase=purchases)
def test_a_condition_survives_the_form(
    written: dict[str, Any], unit: MoneyUnit, purchase: dict[str, Any]
) -> None:
    condition = parse_condition(written)
    builder = Builder.of(condition, unit)
    back = read_builder(typed(builder)).condition(unit)
    facts = facts_of(purchase, basket_of(purchase["lines"])).values
    holds = back is None or compile_condition(back).test(facts)
    assert holds == compile_condition(condition).test(facts)
    if builder.kept:
        assert back == condition


def test_what_an_owner_builds_is_the_condition_of_a_rule() -> None:
    fields = {
        "when-0-join": "all",
        "when-0-0-fact": "customer.purchases",
        "when-0-0-op": ">",
        "when-0-0-value": "۴",
        "when-0-1-fact": "customer.average_basket",
        "when-0-1-op": ">=",
        "when-0-1-value": "۶۰۰٬۰۰۰",
        "when-0-2-fact": "time.weekday",
        "when-0-2-op": "any_of",
        "when-0-2-pick-5": "thursday",
        "when-0-2-pick-6": "friday",
        "when-0-3-fact": "customer.groups",
        "when-0-3-op": "none_of",
        "when-0-3-value": "همکاران، كارمندان",
    }
    condition = read_builder(fields).condition(MoneyUnit.TOMAN)
    assert condition is not None
    assert write_condition(condition) == {
        "all": [
            {"fact": "customer.purchases", "op": ">", "value": 4},
            {"fact": "customer.average_basket", "op": ">=", "value": 6_000_000},
            {"fact": "time.weekday", "op": "in", "value": ["thursday", "friday"]},
            {
                "not": {
                    "fact": "customer.groups",
                    "op": "in",
                    "value": ["همکاران", "کارمندان"],
                }
            },
        ]
    }
    assert read_builder(typed(Builder.of(condition))).condition() == condition


def test_an_empty_builder_is_always() -> None:
    assert Builder().condition() is None
    assert read_builder({}).condition() is None


def test_every_faulty_row_is_named() -> None:
    rows = (Row("customer.purchases", ">=", "x"), Row(), Row("customer.groups", "any_of", " ، "))
    with pytest.raises(Invalid) as refused:
        Builder(blocks=(Block("all", rows),)).condition()
    assert [(fault.pointer, fault.code) for fault in refused.value.errors] == [
        ("/when-0-0/value", "not_a_number"),
        ("/when-0-2/value", "required"),
    ]


@pytest.mark.parametrize("act", ["row:9", "drop:3:0", "drop:0", "row:x", "row:-1", "", "nothing"])
def test_acts_of_nobody_change_nothing(act: str) -> None:
    assert Builder().acted(act) == Builder()


def test_rows_come_and_go_within_bounds() -> None:
    builder = Builder()
    for _ in range(MOST_ROWS + 5):
        builder = builder.acted("row:0")
    assert len(builder.blocks[0].rows) == MOST_ROWS
    assert builder.acted("block") == builder
    two = Builder().acted("block")
    assert len(two.blocks) == 2
    assert two.acted("drop:1:0") == Builder()
    assert Builder().acted("drop:0:0") == Builder()


@sized(ci=100, nightly=3000)
@given(
    fields=st.dictionaries(
        st.from_regex(r"when-[0-2]-[0-2]-(fact|op|value|pick-\d)|when-(kept|join)", fullmatch=True),
        st.one_of(st.text(max_size=20), st.sampled_from(["customer.spend", "basket.skus", ">="])),
        max_size=12,
    )
)
def test_nothing_typed_breaks_it(fields: dict[str, str]) -> None:
    with suppress(Invalid):
        read_builder(fields).condition()
