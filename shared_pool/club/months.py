"""Sums of a member's movements by Jalali month. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from shared_pool.club.asking import KINDS, month_key
from shared_pool.club.queries import DaySum
from timcheh.calendar import parse_jalali

MOST_MONTHS: Final = 24
_KIND_OF: Final = {move: kind for kind, moves in KINDS.items() for move in moves}


@dataclass(slots=True)
class Month:
    """A month that something moved in; `sums` by kind: (rial, points), signed."""

    key: str
    sums: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def first(self) -> date:
        return parse_jalali(f"{self.key}-01")


def months_of(sums: Sequence[DaySum], shop: str = "") -> list[Month]:
    """The newest months first, at most `MOST_MONTHS`; of one shop, or of all."""
    found: dict[str, Month] = {}
    for each in sums:
        if shop and str(each.shop_id) != shop:
            continue
        key = month_key(each.day)
        month, kind = found.setdefault(key, Month(key)), _KIND_OF[each.kind]
        credit, points = month.sums.get(kind, (0, 0))
        if each.points:
            points += each.amount
        else:
            credit += each.amount
        month.sums[kind] = credit, points
    for month in found.values():
        month.sums = {kind: month.sums[kind] for kind in KINDS if kind in month.sums}
    return [found[key] for key in sorted(found, reverse=True)[:MOST_MONTHS]]
