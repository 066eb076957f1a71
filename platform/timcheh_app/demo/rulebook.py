"""The shops' rules, as the JSON of `PUT /api/v1/rules`. Money in rial, rates in basis points."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

CLUB = "باشگاه کتاب"
"""An offer that members activate, and the shop that has it."""
CLUB_OF = "hodhod"
Json = dict[str, Any]
_TOMAN = 10


@dataclass(frozen=True, slots=True)
class Names:
    """Ids that the rules mention and that exist only once the mall is made."""

    pool_scope: str
    shops: Mapping[str, str]


Offer = Callable[[Names], Json]


def rules_of(slug: str, names: Names) -> list[Json]:
    """The rule set of one shop."""
    return [offer(names) for offer in _RULES[slug]]


def in_pool(slug: str) -> bool:
    """Whether the shop's rules grant the pool's points."""
    return any(offer.__name__ == "points" for offer in _RULES[slug])


def _rule(name: str, effect: Json, *conditions: Json, **more: Any) -> Offer:
    when: Json = {}
    if conditions:
        when = {"when": conditions[0] if len(conditions) == 1 else {"all": list(conditions)}}

    def offer(_: Names) -> Json:
        return {"name": name, **when, "then": [effect], **more}

    return offer


def _is(fact: str, op: str, value: object) -> Json:
    return {"fact": fact, "op": op, "value": value}


def _credit(bps: int, scope: str, days: int | None = None, group: str | None = None) -> Json:
    effect: Json = {"effect": "credit_percent", "bps": bps, "scope": scope}
    if days is not None:
        effect["expires_in_days"] = days
    if group is not None:
        effect["group"] = group
    return effect


def _gift(toman: int, scope: str, days: int) -> Json:
    amount = toman * _TOMAN
    return {"effect": "credit_amount", "amount": amount, "scope": scope, "expires_in_days": days}


def _off(bps: int, group: str | None = None) -> Json:
    return {"effect": "discount_percent", "bps": bps, **({"group": group} if group else {})}


def _own(percent: int, days: int) -> Offer:
    return _rule(f"{_fa(percent)}٪ اعتبار اختصاصی", _credit(percent * 100, "own", days))


def _partner(percent: int, days: int, above: int = 0) -> Offer:
    """Credit that partners take too, from a basket of `above` toman."""
    name = f"{_fa(percent)}٪ اعتبار نزد همکاران"
    bound = (_is("basket.total", ">=", above * _TOMAN),) if above else ()
    return _rule(name, _credit(percent * 100, "partners", days), *bound)


def _points(per_toman: int, points: int = 1) -> Offer:
    def offer(names: Names) -> Json:
        effect = {
            "effect": "points_per",
            "amount": per_toman * _TOMAN,
            "points": points,
            "scope": names.pool_scope,
        }
        return {"name": "امتیاز گلستان", "then": [effect]}

    offer.__name__ = "points"
    return offer


def _weekend(percent: int) -> Offer:
    return _rule(
        f"{_fa(percent)}٪ اعتبار آخر هفته",
        _credit(percent * 100, "own", 21),
        _is("time.weekday", "in", ["thursday", "friday"]),
        priority=10,
    )


def _morning(percent: int) -> Offer:
    return _rule(
        f"{_fa(percent)}٪ تخفیف خرید صبح",
        _off(percent * 100),
        _is("time.hour", "<", 13),
        priority=20,
    )


def _basket_raise(toman: int, gift: int, scope: str = "partners") -> Offer:
    return _rule(
        f"هدیهٔ خرید بالای {_thousands(toman)} تومان",
        _gift(gift, scope, 45),
        _is("basket.total", ">=", toman * _TOMAN),
        priority=5,
    )


def _win_back(days: int, percent: int) -> Offer:
    return _rule(
        "بازگشت مشتری قدیمی",
        _credit(percent * 100, "own", 14),
        _is("customer.purchases", ">=", 2),
        _is("customer.days_since_last", ">=", days),
        priority=30,
        per_member_cap=300_000 * _TOMAN,
    )


def _birthday(toman: int) -> Offer:
    return _rule(
        "هدیهٔ تولد",
        _gift(toman, "own", 30),
        _is("member.birthday_in_days", "<=", 6),
        priority=40,
        per_member_cap=toman * _TOMAN,
    )


def _welcome(percent: int) -> Offer:
    return _rule(
        "هدیهٔ نخستین خرید",
        _credit(percent * 100, "own", 30),
        _is("customer.is_new", "==", True),
        priority=50,
        exclusive=True,
        per_member_cap=200_000 * _TOMAN,
    )


def _club(percent: int, above: int) -> Offer:
    """For whoever activates it."""
    return _rule(
        CLUB,
        _off(percent * 100),
        _is("basket.total", ">=", above * _TOMAN),
        priority=18,
        needs_activation=True,
    )


def _group(group: str, percent: int) -> Offer:
    return _rule(
        f"{_fa(percent)}٪ اعتبار خرید {group}",
        _credit(percent * 100, "own", 30, group),
        _is("basket.groups", "contains", group),
    )


def _group_off(group: str, percent: int, above: int) -> Offer:
    return _rule(
        f"{_fa(percent)}٪ تخفیف {group}",
        _off(percent * 100, group),
        _is("basket.groups", "contains", group),
        _is("basket.total", ">=", above * _TOMAN),
        priority=15,
    )


def _neighbour(slug: str, whose: str, percent: int) -> Offer:
    """A greeting to customers of a partner."""

    def offer(names: Names) -> Json:
        return {
            "name": f"ویژهٔ مشتریان {whose}",
            "when": _is("partner.is_customer_of", "contains", names.shops[slug]),
            "then": [_credit(percent * 100, "partners", 60)],
            "priority": 8,
        }

    return offer


def _regular(percent: int, purchases: int) -> Offer:
    return _rule(
        "مشتری همیشگی",
        _credit(percent * 100, "own", 60),
        _is("customer.purchases", ">=", purchases),
        _is("customer.average_basket", ">=", 200_000 * _TOMAN),
        priority=12,
        budget=50_000_000 * _TOMAN,
    )


def _fa(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


def _thousands(number: int) -> str:
    return (
        _fa(number)
        if number < 1000
        else f"{number:,}".replace(",", "٬").translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    )


_RULES: dict[str, tuple[Offer, ...]] = {
    "sepidar": (
        _partner(3, 90),
        _points(10_000),
        _group("لبنیات", 2),
        _basket_raise(1_500_000, 30_000),
        _win_back(21, 10),
        _birthday(100_000),
    ),
    "mehregan": (_own(5, 60), _points(10_000), _weekend(3), _group_off("تنقلات", 5, 300_000)),
    "baghestan": (_own(5, 45), _points(10_000), _morning(5), _win_back(14, 10)),
    "baran": (_partner(8, 60), _weekend(4), _basket_raise(400_000, 15_000, "own")),
    "alborz": (_partner(4, 90), _points(20_000), _basket_raise(1_000_000, 40_000)),
    "moghan": (_own(6, 60), _group_off("ماهی و میگو", 7, 300_000), _win_back(30, 12)),
    "narenj": (_partner(10, 60), _points(10_000), _birthday(150_000), _weekend(5)),
    "termeh": (_own(5, 30), _points(10_000), _morning(8)),
    "badgir": (_partner(10, 45), _morning(10), _neighbour("hodhod", "کتاب‌سرای هدهد", 5)),
    "reyhan": (_own(7, 90), _points(10_000), _welcome(10)),
    "gol-ara": (_partner(10, 120), _points(5_000), _birthday(200_000), _welcome(15)),
    "laleh": (
        _partner(10, 90),
        _points(5_000),
        _group("آرایشی", 5),
        _neighbour("gol-ara", "گل‌آرا", 5),
        _birthday(150_000),
    ),
    "shafa": (_own(3, 180), _points(20_000)),
    "ninigol": (_partner(7, 120), _points(10_000), _group_off("بهداشت کودک", 5, 300_000)),
    "hodhod": (_partner(10, 120), _points(5_000), _regular(5, 4), _club(7, 150_000)),
    "ferfereh": (_own(10, 60), _basket_raise(300_000, 20_000, "own"), _birthday(100_000)),
    "parto": (_own(5, 90), _points(20_000), _welcome(8)),
    "mahoor": (_partner(10, 90), _weekend(5), _win_back(60, 15)),
    "makhmal": (_own(8, 60), _regular(4, 5)),
    "nasim": (_partner(10, 60), _points(10_000), _morning(10)),
}
