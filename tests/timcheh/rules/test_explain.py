"""The sentences: Persian first."""

from datetime import UTC, datetime
from typing import Any

import pytest

from timcheh.money import MoneyUnit
from timcheh.rules import (
    FACTS,
    BasketLine,
    Because,
    CustomerFacts,
    Usage,
    accrue,
    build_facts,
    compile_rules,
    explain,
    parse_rules,
    price,
)
from timcheh.rules.explain import near_miss
from timcheh.text.catalogue import has_text
from timcheh.text.locale import Locale

pytestmark = pytest.mark.feature("offer.dry_run")

NOW = datetime(2026, 1, 5, 11, 0, tzinfo=UTC)
SHOP = "019b0000-0000-7000-8000-000000000001"


def ground(rule: dict[str, Any], usage: Usage | None = None) -> Because:
    lines = [BasketLine.of(0, 1000, 450_000, group="چای")]
    facts = build_facts(lines, NOW, customer=CustomerFacts(2, 900_000, NOW, (), "نقره‌ای"))
    whole = {"name": "r", "then": [{"effect": "discount_percent", "bps": 1000}], **rule}
    ruleset = compile_rules(1, parse_rules([whole]))
    pricing = price(ruleset, lines, facts, usage or Usage())
    return accrue(pricing, pricing.paid_after(0)).reasons()[0].because


def fact(name: str, op: str, value: object) -> dict[str, Any]:
    return {"when": {"fact": name, "op": op, "value": value}}


@pytest.mark.parametrize(
    ("rule", "persian"),
    [
        (
            fact("basket.total", ">=", 600_000),
            "جمع خرید ۴۵۰٬۰۰۰ ریال است و باید دست‌کم ۶۰۰٬۰۰۰ ریال باشد.",
        ),
        (
            {"when": {"not": {"fact": "basket.total", "op": ">", "value": 400_000}}},
            "جمع خرید ۴۵۰٬۰۰۰ ریال است و باید حداکثر ۴۰۰٬۰۰۰ ریال باشد.",
        ),
        (
            fact("time.weekday", "in", ["wednesday", "thursday", "friday"]),
            "روز هفته دوشنبه است و باید چهارشنبه، پنجشنبه یا جمعه باشد.",
        ),
        (
            fact("customer.tier", "==", "طلایی"),
            "سطح مشتری «نقره‌ای» است و باید «طلایی» باشد.",
        ),
        (
            fact("basket.groups", "contains", "قهوه"),
            "در فاکتور کالایی از گروه «قهوه» نیست.",
        ),
        (
            fact("customer.days_since_last", ">", 90),
            "فاصله از خرید پیشین ۰ روز است و باید بیش از ۹۰ روز باشد.",
        ),
        (
            fact("customer.is_new", "==", True),
            "این پیشنهاد برای نخستین خرید است و مشتری پیش از این خرید کرده است.",
        ),
        (
            fact("member.birthday_in_days", "<=", 3),
            "تاریخ تولد عضو ثبت نشده است؛ آن را در پروندهٔ عضو ثبت کنید.",
        ),
        (
            {"when": {"not": {"all": []}}},
            "شرط این الگو هیچ‌گاه برقرار نمی‌شود؛ آن را بازبینی کنید.",
        ),
        ({}, "۴۵٬۰۰۰ ریال تخفیف داده شد."),
        (
            {"ends_at": "2026-01-01T00:00:00Z"},
            "زمان این الگو در ۱۱ دی ۱۴۰۴، ۰۳:۳۰ به پایان رسید.",
        ),
    ],
)
def test_persian_sentences(rule: dict[str, Any], persian: str) -> None:
    assert explain(ground(rule)) == persian


def test_several_grounds() -> None:
    total = {"fact": "basket.total", "op": ">=", "value": 600_000}
    coffee = {"fact": "basket.groups", "op": "contains", "value": "قهوه"}
    tea = {"fact": "basket.groups", "op": "contains", "value": "چای"}
    every = ground({"when": {"all": [total, coffee, tea]}})
    assert every.distance == 2
    assert explain(every) == (
        "جمع خرید ۴۵۰٬۰۰۰ ریال است و باید دست‌کم ۶۰۰٬۰۰۰ ریال باشد."
        " در فاکتور کالایی از گروه «قهوه» نیست."
    )
    some = ground({"when": {"any": [total, coffee]}})
    assert some.distance == 1
    assert explain(some) == (
        "دست‌کم یکی از این‌ها باید تغییر کند: جمع خرید ۴۵۰٬۰۰۰ ریال است و باید دست‌کم"
        " ۶۰۰٬۰۰۰ ریال باشد؛ یا در فاکتور کالایی از گروه «قهوه» نیست."
    )
    neither = ground({"when": {"not": {"any": [tea, {"not": coffee}]}}})
    assert neither.code == "all_of"
    both = ground({"when": {"not": {"all": [tea, {"not": coffee}]}}})
    assert both.code == "any_of"


def test_numbers_come_with_their_gap() -> None:
    because = ground(fact("basket.total", ">=", 600_000))
    assert because.to_json() == {
        "code": "fact",
        "params": {
            "fact": "basket.total",
            "op": ">=",
            "needed": 600_000,
            "actual": 450_000,
            "gap": 150_000,
        },
    }
    assert near_miss(because) == "با ۱۵٬۰۰۰ تومان بیشتر در همین فاکتور، این پیشنهاد برقرار می‌شود."
    assert near_miss(ground(fact("customer.spend", ">=", 10**7))) is None
    assert near_miss(ground(fact("basket.items", ">", 3))) is None  # 2 more are not more than 3
    more = ground(fact("basket.items", ">=", 3))
    assert near_miss(more, Locale.EN) == "With 2 more in this basket the offer applies."
    assert near_miss(Because("fact_unknown", more.params)) is None
    assert near_miss(ground(fact("basket.total", "<", 10))) is None


def test_what_was_given_is_named_kind_by_kind() -> None:
    gifts = [
        {"effect": "discount_amount", "amount": 50_000},
        {"effect": "credit_percent", "bps": 500, "scope": "own"},
        {"effect": "points_per", "amount": 100_000, "points": 2, "scope": "own"},
    ]
    assert ground({"then": gifts}).params == {"discount": 50_000, "credit": 20_000, "points": 8}


def test_one_ground_of_several_stands_alone() -> None:
    total = {"fact": "basket.total", "op": ">=", "value": 600_000}
    for whole in ({"all": [total]}, {"any": [total]}):
        assert ground({"when": whole}).code == "fact"


def test_a_reason_is_written_with_its_rule_version_and_outcome() -> None:
    lines = [BasketLine.of(0, 1000, 450_000)]
    rule = {"name": "r", "then": [{"effect": "discount_percent", "bps": 1000}], "budget": 50_000}
    pricing = price(
        compile_rules(7, parse_rules([rule])), lines, build_facts(lines, NOW), Usage(total={"r": 1})
    )
    (reason,) = accrue(pricing, pricing.paid_after(0)).reasons()
    assert reason.to_json() == {
        "rule": "r",
        "version": 7,
        "outcome": "applied",
        "because": {"code": "applied", "params": {"discount": 45_000}},
    }


def test_amounts_follow_the_malls_unit_and_shops_have_names() -> None:
    because = ground(fact("basket.total", ">=", 600_000))
    assert "۶۰٬۰۰۰ تومان" in explain(because, unit=MoneyUnit.TOMAN)
    because = ground(fact("partner.is_customer_of", "in", [SHOP]))
    assert explain(because, names={SHOP: "لاله"}) == "عضو هنوز از «لاله» خرید نکرده است."
    assert explain(because) == "عضو هنوز از فروشگاهی دیگر خرید نکرده است."


def test_a_fact_that_is_not_known_is_named_where_it_has_no_sentence_of_its_own() -> None:
    unknown = Because("fact_unknown", {"fact": "customer.spend"})
    label = FACTS["customer.spend"].label
    assert explain(unknown) == f"{label(Locale.FA)} دانسته نیست."
    assert explain(unknown, Locale.EN) == f"Not known: {label(Locale.EN)}."


def test_a_cap_is_explained_with_its_numbers() -> None:
    because = ground({"budget": 50_000}, Usage(total={"r": 20_000}))
    assert explain(because) == (
        "بودجهٔ این الگو ۵۰٬۰۰۰ ریال است و پیش از این ۲۰٬۰۰۰ ریال آن مصرف شده بود؛"
        " از ۴۵٬۰۰۰ ریال، ۳۰٬۰۰۰ ریال داده شد."
    )


def test_english_sentences() -> None:
    because = ground(fact("basket.total", ">=", 600_000))
    assert explain(because, Locale.EN) == (
        "It needs the basket's total to be at least 600,000 rial; it is 450,000 rial."
    )
    assert explain(ground({}), Locale.EN) == "Given: 45,000 rial of discount."


@pytest.mark.parametrize("locale", list(Locale))
def test_every_fact_has_a_label(locale: Locale) -> None:
    for each in FACTS.values():
        assert has_text(locale, f"fact-{each.name.replace('.', '-')}")
