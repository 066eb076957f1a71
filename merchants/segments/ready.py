"""Segments that every shop can open at once: by value, absence, season and points."""

from collections.abc import Mapping
from typing import Any, Final

from timcheh.rules.rfm import RFM_SEGMENTS
from timcheh.rules.seasons import SEASONS

Json = dict[str, Any]

ABSENCES: Final = (30, 60, 90, 180)


def _is(fact: str, op: str, value: object) -> Json:
    return {"fact": fact, "op": op, "value": value}


def _only_in(season: str) -> Json:
    others = [each for each in SEASONS if each != season]
    return {
        "all": [
            _is("customer.seasons", "in", [season]),
            {"not": _is("customer.seasons", "in", others)},
            _is("customer.days_since_first", ">=", 180),
        ]
    }


READY: Final[Mapping[str, Mapping[str, Json]]] = {
    "inactive": {
        f"inactive-{days}": _is("customer.days_since_last", ">=", days) for days in ABSENCES
    },
    "rfm": {f"rfm-{name}": _is("rfm.segment", "in", [name]) for name in RFM_SEGMENTS},
    "season": {f"season-{season}": _only_in(season) for season in SEASONS},
    "behaviour": {
        "new-month": _is("customer.days_since_first", "<=", 30),
        "regular": {
            "all": [
                _is("customer.visits", ">=", 5),
                _is("customer.average_gap", "<=", 30),
            ]
        },
        "birthday-week": _is("member.birthday_in_days", "<=", 7),
        "points-100": _is("customer.points", ">=", 100),
    },
}
"""By kind, then by key: the condition as JSON. The names are the texts `ready-<key>`."""

BY_KEY: Final[Mapping[str, Json]] = {
    key: condition for kind in READY.values() for key, condition in kind.items()
}
