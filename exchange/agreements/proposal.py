"""The form by which a shop proposes an agreement, read into the service's terms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from timcheh.calendar import day_bounds, parse_jalali
from timcheh.errors import FieldError, Invalid
from timcheh.ids import read_id
from timcheh.text.normalise import normalise
from timcheh.web.numbers import read_count, read_percent

LONGEST_NOTICE: Final = 365
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed. `ends_at` is the end of the Jalali day that was named."""

    acceptor_id: UUID
    fee_bps: int
    max_share_bps: int
    ends_at: datetime | None
    notice_days: int


def read_proposal(fields: Mapping[str, str]) -> Proposal:
    """Raises Invalid with every field at fault, by the form's own names."""
    reader = _Reader(fields)
    acceptor = reader.shop("acceptor_id")
    share = reader.percent("max_share_percent", 1)
    fee = reader.percent("fee_percent", 0)
    ends_at = reader.end_of_day("ends_at")
    notice = reader.days("notice_days")
    if reader.faults or acceptor is None:
        raise Invalid(errors=reader.faults)
    return Proposal(acceptor, fee, share, ends_at, notice)


class _Reader:
    """Reads fields one by one; what can't be read is a fault and reads as nothing."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self.faults: list[FieldError] = []

    def shop(self, name: str) -> UUID | None:
        found = read_id(self._text(name))
        if found is None:
            self._fault(name, "required")
        return found

    def percent(self, name: str, least: int) -> int:
        """Basis points."""
        return self._number(name, partial(read_percent, least=least))

    def end_of_day(self, name: str) -> datetime | None:
        text = self._text(name)
        if not text:
            return None
        try:
            return day_bounds(parse_jalali(text))[1]
        except (ValueError, OverflowError):
            self._fault(name, "bad_date")
            return None

    def days(self, name: str) -> int:
        if not self._text(name):
            return 0
        return self._number(name, partial(read_count, most=LONGEST_NOTICE))

    def _number(self, name: str, read: Callable[[str, str], int]) -> int:
        try:
            return read(self._fields.get(name, ""), f"/{name}")
        except Invalid as error:
            self.faults += error.errors
            return 0

    def _text(self, name: str) -> str:
        return normalise(self._fields.get(name, "")[:_LONGEST])

    def _fault(self, name: str, code: str, **params: object) -> None:
        self.faults.append(FieldError(f"/{name}", code, params))
