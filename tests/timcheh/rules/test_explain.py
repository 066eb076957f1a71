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


def ground(rule: dict[str, Any], usage: Usage | None = None, *, newcomer: bool = False) -> Because:
    lines = [BasketLine.of(0, 1000, 450_000, group="چای")]
    customer = CustomerFacts(2, 900_000, NOW, ("vip",), "نقره‌ای")
    facts = build_facts(lines, NOW, customer=None if newcomer else customer)
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
            "روز خرید دوشنبه است؛ این پیشنهاد برای چهارشنبه، پنجشنبه یا جمعه است.",
        ),
        (
            fact("customer.tier", "==", "طلایی"),
            "سطح مشتری «نقره‌ای» است؛ این پیشنهاد برای سطح «طلایی» است.",
        ),
        (
            fact("basket.groups", "contains", "قهوه"),
            "در فاکتور کالایی از گروه «قهوه» نیست.",
        ),
        (
            fact("customer.days_since_last", ">", 90),
            "از خرید پیشین ۰ روز گذشته است؛ وقتی بیش از ۹۰ روز بگذرد برقرار می‌شود.",
        ),
        (
            fact("customer.is_new", "==", True),
            "این پیشنهاد برای نخستین خرید است و مشتری پیش از این خرید کرده است.",
        ),
        (
            fact("member.birthday_in_days", "<=", 3),
            "تاریخ تولد عضو ثبت نشده است؛ آن را در پرونده عضو ثبت کنید.",
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
    assert ground({"then": gifts}).params == {
        "discount": 50_000,
        "lines": [50_000],
        "credit": 20_000,
        "points": 8,
    }


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
        "because": {"code": "applied", "params": {"discount": 45_000, "lines": [45_000]}},
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
        "بودجه این الگو ۵۰٬۰۰۰ ریال است و پیش از این ۲۰٬۰۰۰ ریال آن مصرف شده بود؛"
        " از ۴۵٬۰۰۰ ریال، ۳۰٬۰۰۰ ریال داده شد."
    )


def no(condition: dict[str, Any]) -> dict[str, Any]:
    return {"when": {"not": condition["when"]}}


@pytest.mark.parametrize(
    ("rule", "english"),
    [
        (fact("basket.total", "==", 1), "It needs the basket's total to be 1 rial; it is #."),
        (
            fact("basket.total", "!=", 450_000),
            "It needs the basket's total to be other than 450,000 rial; it is #.",
        ),
        (
            fact("basket.total", ">", 450_000),
            "It needs the basket's total to be more than 450,000 rial; it is #.",
        ),
        (
            fact("basket.total", ">=", 600_000),
            "It needs the basket's total to be at least 600,000 rial; it is #.",
        ),
        (
            fact("basket.total", "<", 450_000),
            "It needs the basket's total to be less than 450,000 rial; it is #.",
        ),
        (
            fact("basket.total", "<=", 1),
            "It needs the basket's total to be at most 1 rial; it is #.",
        ),
        (
            fact("basket.total", "in", [1, 2, 3]),
            "It needs the basket's total to be 1 rial, 2 rial or 3 rial; it is #.",
        ),
        (
            no(fact("basket.total", "in", [450_000, 1])),
            "It needs the basket's total to be none of 450,000 rial or 1 rial; it is #.",
        ),
        (
            fact("basket.items", ">=", 2.5),
            "It needs the number of items to be at least 2.5; it is 1.",
        ),
        (
            fact("customer.purchases", ">", 1_000),
            "Purchases before this one: 2; the offer holds after more than 1,000.",
        ),
        (
            fact("customer.days_since_last", ">=", 1),
            "The last purchase was 0 days ago; the offer holds when it is 1 day.",
        ),
        (
            fact("time.weekday", "in", ["thursday", "friday"]),
            "The day of the purchase is Monday; the offer is for Thursday or Friday.",
        ),
        (
            fact("basket.groups", "in", ["a", "b", "c"]),
            "The basket has nothing of the group “a”, “b” or “c”.",
        ),
        (fact("basket.skus", "contains", "x"), "The product “x” is not in the basket."),
        (fact("customer.groups", "contains", "x"), "The customer is not in the group “x”."),
        (
            no(fact("customer.groups", "contains", "vip")),
            "The customer is in the group “vip”, which this offer excludes.",
        ),
        (
            no(fact("customer.groups", "in", ["vip", "x"])),
            "The customer is in the group “vip” or “x”, which this offer excludes.",
        ),
        (
            fact("customer.is_new", "!=", False),
            "This offer is for a first purchase, and the customer has bought before.",
        ),
        (
            no(fact("customer.is_new", "==", False)),
            "This offer is for a first purchase, and the customer has bought before.",
        ),
        (
            fact("partner.is_customer_of", "contains", SHOP),
            "The member has not bought from another shop yet.",
        ),
        ({}, "Given: 45,000 rial of discount."),
    ],
)
def test_english_sentences(rule: dict[str, Any], english: str) -> None:
    assert explain(ground(rule), Locale.EN) == english.replace("#", "450,000 rial")


def test_an_offer_for_customers_tells_a_newcomer_when_it_begins() -> None:
    for when in (fact("customer.is_new", "==", False), no(fact("customer.is_new", "==", True))):
        assert explain(ground(when, newcomer=True), Locale.EN) == (
            "This is the customer's first purchase; the offer applies from the second one on."
        )


def test_gifts_of_each_kind_are_listed_in_their_own_unit() -> None:
    three = Because("applied", {"discount": 50_000, "credit": 20_000, "points": 1_008})
    assert explain(three, Locale.EN) == (
        "Given: 50,000 rial of discount, 20,000 rial of credit and 1,008 points."
    )
    assert explain(three, Locale.EN, MoneyUnit.TOMAN) == (
        "Given: 5,000 toman of discount, 2,000 toman of credit and 1,008 points."
    )
    two = Because("applied", {"discount": 50_000, "credit": 20_000})
    assert explain(two, Locale.EN) == "Given: 50,000 rial of discount and 20,000 rial of credit."


def test_a_rule_that_is_not_heard_says_why() -> None:
    stopped = Because("stopped", {"rule": "big"})
    assert explain(stopped, Locale.EN) == ("The rule “big” applied and stops the ones after it.")
    later = ground({"starts_at": "2026-02-01T00:00:00Z"})
    assert later.to_json() == {"code": "not_started", "params": {"at": "2026-02-01T00:00:00Z"}}
    assert explain(later, Locale.EN).startswith("This rule starts at ")
    assert explain(Because("applied_without_value"), Locale.EN) == (
        "The conditions hold, but nothing in this purchase earns a reward."
    )
    capped = ground({"per_member_cap": 50_000}, Usage({"r": 20_000}))
    assert explain(capped, Locale.EN) == (
        "This rule gives a member at most 50,000 rial, of which 20,000 rial was given before;"
        " 30,000 rial of 45,000 rial was given."
    )


def test_names_and_the_unit_are_the_readers() -> None:
    because = ground(fact("partner.is_customer_of", "in", [SHOP]))
    assert explain(because, Locale.EN, names={SHOP: "Laleh"}) == (
        "The member has not bought from “Laleh” yet."
    )
    total = ground(fact("basket.total", "<", 10))
    assert "45,000 toman" in explain(total, Locale.EN, MoneyUnit.TOMAN)


@pytest.mark.parametrize("locale", list(Locale))
def test_every_fact_has_a_label(locale: Locale) -> None:
    for each in FACTS.values():
        assert has_text(locale, f"fact-{each.name.replace('.', '-')}")
