"""The form by which a shop proposes an agreement, read into the service's terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from timcheh.web.reader import FormReader

LONGEST_NOTICE: Final = 365


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
    reader = FormReader(fields)
    acceptor = reader.id("acceptor_id")
    share = reader.percent("max_share_percent", 1)
    fee = reader.percent("fee_percent", 0)
    ends_at = reader.end_of_day("ends_at")
    notice = reader.count("notice_days", 0, LONGEST_NOTICE, empty=0)
    reader.check()
    assert acceptor is not None  # else it is a fault
    return Proposal(acceptor, fee, share, ends_at, notice)
