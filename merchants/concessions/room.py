"""What one person may take off a sale. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from merchants.caps.room import widest
from merchants.concessions.errors import ConcessionTooMuch
from timcheh.money import BPS_WHOLE


@dataclass(frozen=True, slots=True)
class Limit:
    """Bounds of a role or a person: basis points of a line, rial; None is without bound."""

    line_bps: int | None
    per_invoice: int | None
    per_day: int | None


@dataclass(frozen=True, slots=True)
class ConcessionRoom:
    """The bounds on one sale; `used_today` (rial) counts against `per_day`."""

    limit: Limit
    used_today: int = 0

    def admit(self, nets: Sequence[int], taken: Sequence[int]) -> None:
        """Lets through what is taken off lines that come to `nets`, rial. Raises ConcessionTooMuch.

        What is shared over lines is rounded to the rial, so a line may have less than one more.
        """
        limit, whole = self.limit, sum(taken)
        bps = limit.line_bps
        if bps is not None and any(
            part * BPS_WHOLE >= net * bps + BPS_WHOLE
            for net, part in zip(nets, taken, strict=True)
            if part
        ):
            raise ConcessionTooMuch(limit="line", percent=Decimal(bps) / 100, available=0)
        if limit.per_invoice is not None and whole > limit.per_invoice:
            raise ConcessionTooMuch(limit="invoice", percent=0, available=limit.per_invoice)
        if limit.per_day is not None and whole > limit.per_day - self.used_today:
            left = max(0, limit.per_day - self.used_today)
            raise ConcessionTooMuch(limit="day", percent=0, available=left)


def room_of(found: dict[str, Any]) -> ConcessionRoom | None:
    """The room of someone of whom `merchants.concession_room` tells; None: nothing at all.

    A person's own limit comes before their role's; of several roles the widest holds.
    """
    if found["owner"]:
        return ConcessionRoom(Limit(None, None, None))
    rows = found["limits"] or []
    mine = [row[1:] for row in rows if row[0]] or [row[1:] for row in rows]
    if not mine:
        return None
    return ConcessionRoom(Limit(*map(widest, zip(*mine, strict=True))), found["used"])
