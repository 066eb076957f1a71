"""Movements of a member's value as a list by day, for whoever reads it."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from shared_pool.club.queries import Movement
from shared_pool.club.telling import Teller
from timcheh.calendar import local_date


def by_day(
    rows: Iterable[Movement], teller: Teller, way_on: Callable[[Movement], str]
) -> list[dict[str, Any]]:
    """Days, newest first; a sale that a till sent late stands on its own day.

    `way_on` gives the address that a movement leads to, "" for none.
    """
    ordered = sorted(rows, key=lambda move: move.at, reverse=True)
    days = groupby(ordered, key=lambda move: local_date(move.at, teller.zone))
    return [
        {"day": day, "movements": [_shown(move, teller) | {"href": way_on(move)} for move in moves]}
        for day, moves in days
    ]


def _shown(move: Movement, teller: Teller) -> dict[str, Any]:
    return {
        "at": move.at,
        "kind": move.kind,
        "title": teller.title(move),
        "note": teller.note(move),
        "unit": move.unit,
        "amount": move.amount,
    }
