"""What people type, and pages of lists: pure functions."""

import pytest

from merchants.listing import Window, cut
from merchants.programme.sentences import Teller
from merchants.till.entry import read_member, renumbered
from timcheh.rules import parse_rules
from timcheh.text import catalogue
from timcheh.text.locale import Locale

PACKAGES = ("members", "merchants", "exchange", "shared_pool", "mall_portal")


@pytest.mark.parametrize("typed", ["09121234567", "۰۹۱۲ ۱۲۳ ۴۵۶۷", "+989121234567", "9121234567"])
def test_a_mobile_is_one_however_written(typed: str) -> None:
    assert read_member(typed).mobile == "09121234567"


def test_rows_are_numbered_anew() -> None:
    fields = {"member": "x", "lines-3-name": "چای", "lines-9-price": "5", "lines-4-name": " "}
    values, rows = renumbered(fields)
    assert rows == 2
    assert (values["lines-0-name"], values["lines-1-price"]) == ("چای", "5")
    assert values["member"] == "x"


def test_a_list_is_turned_both_ways_and_meets_itself() -> None:
    rows = list(range(100, 0, -1))

    def read(window: Window[int]) -> list[int]:
        if window.backwards:
            return [n for n in reversed(rows) if window.key and n > window.key][: window.fetch]
        return [n for n in rows if window.key is None or n < window.key][: window.fetch]

    first = cut(Window(limit=10), read(Window(limit=10)), int, "/list", {"q": ""})
    assert (first.rows, first.previous) == (rows[:10], "")
    onwards: Window[int] = Window(91, limit=10)
    second = cut(onwards, read(onwards), int, "/list", {"q": "چای"})
    assert second.rows == rows[10:20]
    assert "q=" in second.next
    assert "after=" in second.next
    back: Window[int] = Window(90, backwards=True, limit=10)
    again = cut(back, read(back), int, "/list", {})
    assert (again.rows, again.previous) == (rows[:10], "")
    last: Window[int] = Window(6, limit=10)
    assert cut(last, read(last), int, "/list", {}).next == ""


@pytest.mark.parametrize(
    ("when", "fa"),
    [
        ({"fact": "customer.is_new", "op": "==", "value": True}, "نخستین خرید مشتری باشد"),
        (
            {"not": {"fact": "customer.is_new", "op": "==", "value": True}},
            "مشتری پیش از این خرید کرده باشد",
        ),
        (
            {"fact": "basket.groups", "op": "in", "value": ["گل", "گلدان"]},
            "در فاکتور کالایی از گروه «گل» یا «گلدان» باشد",
        ),
        (
            {"not": {"fact": "basket.groups", "op": "contains", "value": "گل"}},
            "در فاکتور کالایی از گروه «گل» نباشد",
        ),
        (
            {
                "not": {
                    "any": [
                        {"fact": "time.hour", "op": "<", "value": 9},
                        {"fact": "basket.items", "op": ">", "value": 2.5},
                    ]
                }
            },
            "ساعت خرید دست‌کم ۹ باشد؛ و تعداد اقلام فاکتور حداکثر ۲٫۵ باشد",
        ),
        ({"all": []}, "همیشه"),
        ({"not": {"all": []}}, "هیچ‌گاه"),
        (
            {"fact": "customer.days_since_last", "op": ">=", "value": 30},
            "فاصله از خرید پیشین دست‌کم ۳۰ روز باشد",
        ),
    ],
)
def test_conditions_in_words(when: object, fa: str) -> None:
    catalogue.install(PACKAGES)
    effect = {"effect": "credit_amount", "amount": 500_000, "scope": "own", "expires_in_days": 30}
    (rule,) = parse_rules([{"name": "x", "when": when, "then": [effect]}])
    assert Teller().when(rule) == fa
    assert Teller().then(rule) == ["۵۰٬۰۰۰ تومان اعتبار اختصاصی، تا ۳۰ روز پس از خرید"]
    english = Teller(Locale.EN).when(rule)
    assert english
    assert not any(
        "\u0600" <= c <= "\u06ff" for c in english.replace("گلدان", "").replace("گل", "")
    )
