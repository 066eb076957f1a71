"""Random valid rule sets, as JSON, and purchases for them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from timcheh.calendar import WEEKDAYS
from timcheh.rules.facts import FACTS, Fact, FactType

NOW = datetime(2026, 1, 5, 11, 0, tzinfo=UTC)
GROUPS = ("tea", "چای", "coffee")
SKUS = ("a1", "b2", "c3")
TIERS = ("gold", "نقره‌ای")
SHOPS = ("019b0000-0000-7000-8000-000000000001", "019b0000-0000-7000-8000-000000000002")
POOL = "019b0000-0000-7000-8000-0000000000ff"

_SMALL = {
    "basket.total": st.integers(0, 3_000_000),
    "basket.items": st.one_of(st.integers(0, 12), st.integers(0, 12_000).map(lambda n: n / 1000)),
    "time.hour": st.integers(0, 24),
    "time.weekday": st.sampled_from(WEEKDAYS),
    "basket.groups": st.sampled_from(GROUPS),
    "basket.skus": st.sampled_from(SKUS),
    "customer.groups": st.sampled_from(GROUPS),
    "customer.tier": st.sampled_from(TIERS),
    "customer.is_new": st.booleans(),
    "partner.is_customer_of": st.sampled_from(SHOPS),
}


def _values(fact: Fact) -> st.SearchStrategy[Any]:
    if fact.name in _SMALL:
        return _SMALL[fact.name]
    if fact.choices:
        return st.sampled_from(fact.choices)
    if fact.type in (FactType.TEXT, FactType.TEXT_SET):
        return st.sampled_from(GROUPS)
    assert fact.type is FactType.INTEGER
    return st.one_of(st.integers(0, 40), st.integers(0, 5_000_000))


@st.composite
def comparisons(draw: st.DrawFn, names: tuple[str, ...] = tuple(FACTS)) -> dict[str, Any]:
    fact = FACTS[draw(st.sampled_from(sorted(names)))]
    op = draw(st.sampled_from(fact.operators))
    values = _values(fact)
    value = draw(st.lists(values, min_size=1, max_size=4) if op == "in" else values)
    return {"fact": fact.name, "op": op, "value": value}


def conditions_over(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Conditions that ask for some facts only."""
    return st.recursive(
        comparisons(names),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda parts: {"all": parts}),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
            inner.map(lambda part: {"not": part}),
        ),
        max_leaves=6,
    )


conditions = conditions_over(tuple(FACTS))

_bps = st.integers(0, 10_000)
_filters = st.fixed_dictionaries(
    {},
    optional={"group": st.sampled_from(GROUPS), "sku": st.sampled_from(SKUS)},
)
_expiry = st.fixed_dictionaries({}, optional={"expires_in_days": st.integers(1, 400)})
_scopes = st.sampled_from(("own", "partners", "network", SHOPS[0]))

effects = st.one_of(
    st.builds(lambda bps, f: {"effect": "discount_percent", "bps": bps, **f}, _bps, _filters),
    st.integers(1, 900_000).map(lambda amount: {"effect": "discount_amount", "amount": amount}),
    st.builds(
        lambda bps, scope, f, e: {
            "effect": "credit_percent",
            "bps": bps,
            "scope": scope,
            **f,
            **e,
        },
        _bps,
        _scopes,
        _filters,
        _expiry,
    ),
    st.builds(
        lambda amount, scope, e: {
            "effect": "credit_amount",
            "amount": amount,
            "scope": scope,
            **e,
        },
        st.integers(1, 300_000),
        _scopes,
        _expiry,
    ),
    st.builds(
        lambda amount, points, scope: {
            "effect": "points_per",
            "amount": amount,
            "points": points,
            "scope": scope,
        },
        st.integers(1, 200_000),
        st.integers(1, 5),
        st.sampled_from(("own", POOL)),
    ),
)


@st.composite
def rule_lists(draw: st.DrawFn, max_size: int = 6) -> list[dict[str, Any]]:
    rules = []
    for index in range(draw(st.integers(0, max_size))):
        rule: dict[str, Any] = {
            "name": f"rule {index}",
            "then": draw(st.lists(effects, min_size=1, max_size=3)),
        }
        rule |= draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "when": conditions,
                    "priority": st.integers(-3, 3),
                    "exclusive": st.booleans(),
                    "per_member_cap": st.integers(1, 300_000),
                    "budget": st.integers(1, 300_000),
                },
            )
        )
        offset = draw(st.sampled_from((None, -2, 1)))
        if offset is not None:
            rule["starts_at"] = (NOW + timedelta(days=offset)).isoformat()
        offset = draw(st.sampled_from((None, -1, 2)))
        if offset is not None:
            rule["ends_at"] = (NOW + timedelta(days=offset)).isoformat()
        rules.append(rule)
    return [rule for rule in rules if rule.get("starts_at", "") < rule.get("ends_at", "9999")]


lines = st.lists(
    st.fixed_dictionaries(
        {
            "sku": st.sampled_from((None, *SKUS)),
            "group": st.sampled_from((None, *GROUPS)),
            "quantity_milli": st.integers(0, 5000),
            "unit_price": st.integers(0, 700_000),
        }
    ),
    max_size=6,
)

used_values = st.dictionaries(
    st.integers(0, 5).map(lambda index: f"rule {index}"), st.integers(0, 200_000), max_size=4
)

purchases = st.fixed_dictionaries(
    {
        "lines": lines,
        "purchases": st.integers(0, 40),
        "spend": st.integers(0, 5_000_000),
        "days_ago": st.integers(0, 60),
        "groups": st.lists(st.sampled_from(GROUPS), max_size=2),
        "tier": st.sampled_from((None, *TIERS)),
        "birthday_in": st.sampled_from((None, 0, 5, 200)),
        "customer_of": st.lists(st.sampled_from(SHOPS), max_size=2),
        "spend_part": st.fractions(0, 1, max_denominator=7),
        "member_used": used_values,
        "total_used": used_values,
        "point_price": st.sampled_from((0, 1, 500)),
        "debt": st.sampled_from((0, 0, 1000, 10**9)),
    }
)
