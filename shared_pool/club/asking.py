"""What the history is asked for, from its address and back to one. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from shared_pool.club.queries import Wanted
from timcheh.calendar import BadDate, Jalali, days_in_jalali_month, parse_jalali
from timcheh.ids import read_id

KINDS: Final = {
    "earned": ("earned",),
    "gift": ("gift",),
    "spent": ("spent", "rewarded"),
    "returned": ("returned", "refunded", "corrected"),
    "expired": ("expired",),
}
"""The kinds that a member tells apart, and the movements of each."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Empty: all of them. `month` is a Jalali one: `1405-08`."""

    kind: str = ""
    shop: str = ""
    month: str = ""

    def __bool__(self) -> bool:
        return bool(self.kind or self.shop or self.month)

    @property
    def first(self) -> date | None:
        """The month's first day."""
        return parse_jalali(f"{self.month}-01") if self.month else None

    def wanted(self, zone: tzinfo) -> Wanted:
        """For the query, by the mall's clock."""
        kinds = list(KINDS.get(self.kind, ()))
        shop = read_id(self.shop)
        if self.first is None:
            return Wanted(kinds, shop)
        year, month, _ = Jalali.of(self.first)
        until = self.first + timedelta(days=days_in_jalali_month(year, month))
        return Wanted(kinds, shop, _midnight(self.first, zone), _midnight(until, zone))

    def address(self, **other: object) -> str:
        """The same with something else, as a query; `kind=""` takes the kind away."""
        told = {name: str(value) for name, value in (asdict(self) | other).items() if value}
        return f"?{urlencode(told)}"


def read_asked(query: Mapping[str, str], shops: Collection[UUID]) -> Asked:
    """What an address asks for; what is made up is left out."""
    kind, shop = query.get("kind", ""), query.get("shop", "")
    return Asked(
        kind if kind in KINDS else "",
        shop if read_id(shop) in shops else "",
        _month(query.get("month", "")),
    )


def month_key(day: date) -> str:
    """The Jalali month of a day."""
    year, month, _ = Jalali.of(day)
    return f"{year}-{month:02d}"


def _month(text: str) -> str:
    try:
        return month_key(parse_jalali(f"{text}-01"))
    except BadDate:
        return ""


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, zone)
