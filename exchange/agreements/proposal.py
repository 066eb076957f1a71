"""The form by which a shop proposes an agreement, read into the service's terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final
from uuid import UUID

from timcheh.calendar import day_bounds, parse_jalali
from timcheh.errors import FieldError, Invalid
from timcheh.text.normalise import normalise

LONGEST_NOTICE: Final = 365
_WHOLE: Final = 10_000
_HUNDREDTHS: Final = 100


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
        try:
            return UUID(self._text(name))
        except ValueError:
            self._fault(name, "required")
            return None

    def percent(self, name: str, least: int) -> int:
        """Basis points from a percentage with at most two decimals."""
        text = (
            self._text(name).replace("٪", "").replace("%", "").replace("٫", ".").replace("/", ".")
        )
        if not text:
            self._fault(name, "required")
            return 0
        try:
            bps = Decimal(text) * _HUNDREDTHS
        except InvalidOperation:
            bps = Decimal("NaN")
        if not bps.is_finite() or bps != bps.to_integral_value():
            self._fault(name, "not_a_number")
        elif not least <= bps <= _WHOLE:
            self._fault(name, "not_a_share")
        else:
            return int(bps)
        return 0

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
        text = self._text(name)
        if not text:
            return 0
        if not (text.isascii() and text.isdigit()) or int(text[:6]) > LONGEST_NOTICE:
            self._fault(name, "above_maximum", maximum=LONGEST_NOTICE)
            return 0
        return int(text)

    def _text(self, name: str) -> str:
        return normalise(self._fields.get(name, ""))[:40]

    def _fault(self, name: str, code: str, **params: object) -> None:
        self.faults.append(FieldError(f"/{name}", code, params))
