"""All that the board tells, read in one go."""

from datetime import date
from typing import Any

from mall_portal.dashboard.board import Numbers
from mall_portal.days.queries import ageing_of, members_of, sales_of, values_of
from mall_portal.days.stretch import Stretch
from merchants.facade import shop_names
from timcheh.calendar import day_bounds
from timcheh.db import UnitOfWork


async def read_numbers(uow: UnitOfWork, stretch: Stretch, today: date) -> Numbers:
    """In the mall's scope."""
    now, before = stretch.now, stretch.before
    return Numbers(
        stretch,
        await sales_of(uow, now, before),
        await values_of(uow, now, before),
        await ageing_of(uow, today),
        await members_of(uow, now, before, _bounds(stretch)),
        await shop_names(uow),
    )


def _bounds(stretch: Stretch) -> dict[str, Any]:
    since, until = (day_bounds(day, stretch.zone) for day in stretch.now)
    before, before_ends = (day_bounds(day, stretch.zone) for day in stretch.before)
    return {
        "since": since[0],
        "until": until[1],
        "before": before[0],
        "before_ends": before_ends[1],
    }
