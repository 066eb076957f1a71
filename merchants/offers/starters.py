"""Whole offers to begin with: one click makes a draft that could be published as it is."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from merchants.offers.merging import Written
from timcheh.calendar import TEHRAN, day_bounds
from timcheh.calendar.occasions import FEASTS, next_feast
from timcheh.rules.writing import write_moment
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

_TOMAN: Final = 10


def _is(fact: str, op: str, value: object) -> Written:
    return {"fact": fact, "op": op, "value": value}


def _all(*conditions: Written) -> Written:
    return {"all": list(conditions)}


def _credit(bps: int, days: int | None = None, **more: Any) -> Written:
    effect = {"effect": "credit_percent", "bps": bps, "scope": "own", **more}
    return effect if days is None else effect | {"expires_in_days": days}


_BODIES: Mapping[str, Written] = MappingProxyType(
    {
        # "Over 4 purchases and away for 3 months: 35 % more credit within 7 days"
        "win_back": {
            "once": {
                "within_days": 7,
                "when": _all(
                    _is("customer.purchases", ">", 4),
                    _is("customer.days_since_last", ">", 90),
                ),
            },
            "then": [_credit(3500, 60)],
            "holdout_bps": 1000,
        },
        # "Over 5 visits, 200,000 on average: 10 % more if the next comes to over 300,000"
        "raise_average": {
            "once": {
                "within_days": 30,
                "when": _all(
                    _is("customer.purchases", ">", 5),
                    _is("customer.average_basket", "<", 200_000 * _TOMAN),
                ),
            },
            "when": _is("basket.total", ">", 300_000 * _TOMAN),
            "then": [_credit(1000, 60)],
            "holdout_bps": 1000,
        },
        # "10 % credit, and over 600,000: 20 %"
        "basket": {
            "then": [_credit(1000, 90, steps=[{"amount": 600_000 * _TOMAN, "bps": 2000}])],
        },
        "loyal": {"when": _is("customer.purchases", ">", 10), "then": [_credit(1000, 90)]},
        "birthday": {
            "occasion": {"name": "birthday", "days_before": 3, "days_after": 3},
            "then": [{"effect": "discount_percent", "bps": 1500}],
            "per_member_uses": 1,
        },
        "eid": {
            "occasion": {"name": "eid_fitr", "days_before": 3, "days_after": 2},
            "then": [_credit(1500, 30)],
        },
        "weekday": {
            "when": _all(
                _is("time.weekday", "in", ["saturday", "sunday", "monday"]),
                _is("time.hour", "<", 13),
            ),
            "then": [{"effect": "discount_percent", "bps": 1000}],
        },
        "new_customer": {
            "when": _is("customer.is_new", "==", True),
            "then": [
                {
                    "effect": "credit_amount",
                    "amount": 50_000 * _TOMAN,
                    "scope": "own",
                    "expires_in_days": 30,
                }
            ],
            "budget": 20_000_000 * _TOMAN,
        },
        "cashback": {"then": [_credit(500)], "per_member_cap": 500_000 * _TOMAN},
        "tenth": {"every_nth": 10, "then": [{"effect": "discount_percent", "bps": 2000}]},
        "coupon": {
            "coupon": "TIMCHEH",
            "then": [{"effect": "discount_percent", "bps": 1000}],
            "per_member_uses": 1,
            "budget": 10_000_000 * _TOMAN,
        },
        "opt_in": {
            "needs_activation": True,
            "when": _is("basket.total", ">=", 500_000 * _TOMAN),
            "then": [{"effect": "discount_percent", "bps": 1000}],
        },
    }
)
CROSS_SELL: Final = "cross_sell"
BLANK: Final = "blank"
STARTERS: Final = (*_BODIES, CROSS_SELL)
ICONS: Final = {
    "win_back": "undo-2",
    "raise_average": "trending-up",
    "basket": "shopping-bag",
    "loyal": "star",
    "birthday": "gift",
    "eid": "sparkles",
    "weekday": "calendar-clock",
    "new_customer": "user-plus",
    "cashback": "wallet",
    "tenth": "trophy",
    "coupon": "ticket-percent",
    "opt_in": "circle-check",
    CROSS_SELL: "split",
}


CAMPAIGN: Final = "campaign"
_AHEAD: Final = 60
_LASTS_BEFORE: Final = 7


def coming_occasions(today: date) -> list[tuple[str, date]]:
    """The feasts of the next two months, the nearest first: what a campaign could be for."""
    found = [(name, next_feast(feast, today)) for name, feast in FEASTS.items()]
    near = [(name, day) for name, day in found if day and (day - today).days <= _AHEAD]
    return sorted(near, key=lambda each: each[1])


def campaign(occasion: str, locale: Locale, today: date) -> Written | None:
    """A dated campaign for the next time of a feast; None for one that is not near."""
    day = dict(coming_occasions(today)).get(occasion)
    if day is None:
        return None
    starts = max(today, day - timedelta(days=_LASTS_BEFORE))
    named = translate(locale, f"occasion-{occasion}")
    return {
        "name": translate(locale, "starter-campaign", occasion=named),
        "starts_at": write_moment(day_bounds(starts, TEHRAN)[0]),
        "ends_at": write_moment(day_bounds(day, TEHRAN)[1]),
        "then": [_credit(1500, 30)],
    }


def starter(name: str, locale: Locale, groups: tuple[str, ...] = ()) -> Written | None:
    """A complete rule; `groups` are the shop's goods' groups, of which a cross-sale needs two.

    None for a name that there is none of, or a cross-sale without groups.
    """
    named = {"name": translate(locale, f"starter-{name}")} if name in (*STARTERS, BLANK) else None
    if named is None:
        return None
    if name == BLANK:
        return named | {"then": [_credit(500)]}
    if name != CROSS_SELL:
        return named | dict(_BODIES[name])
    return named | _cross_sale(*groups[:2]) if len(groups) > 1 else None


def _cross_sale(bought: str, never: str) -> Written:
    """ "Used the nail line, never colour: 20 % off colour for 30 days" """
    return {
        "once": {
            "within_days": 30,
            "when": _all(
                _is("customer.product_groups", "in", [bought]),
                {"not": _is("customer.product_groups", "in", [never])},
            ),
        },
        "then": [{"effect": "discount_percent", "bps": 2000, "group": never}],
        "holdout_bps": 1000,
    }
