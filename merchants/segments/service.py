"""Segments: saving, changing and finding a shop's named conditions."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from merchants.audience import Audience, audience_of
from merchants.segments.models import Segment
from merchants.wastebasket import take_back, throw_away
from timcheh.db import UnitOfWork
from timcheh.errors import ChangedMeanwhile, Invalid, NotFound
from timcheh.ids import new_id
from timcheh.rules import Condition, Place, parse_condition, write_condition
from timcheh.text.normalise import normalise, sort_key

LONGEST_NAME: Final = 80
MOST: Final = 500


async def list_segments(uow: UnitOfWork, merchant_id: UUID) -> list[Segment]:
    """All of a shop's segments, by name."""
    rows = await uow.session.scalars(
        select(Segment)
        .where(Segment.mall_id == uow.scope.mall_id, Segment.merchant_id == merchant_id)
        .limit(MOST)
    )
    return sorted(rows, key=lambda row: sort_key(row.name))


async def find_segment(uow: UnitOfWork, merchant_id: UUID, segment_id: UUID) -> Segment:
    """Raises NotFound for another shop's, as for none."""
    row = await uow.session.get(Segment, (uow.scope.mall_id, segment_id))
    if row is None or row.merchant_id != merchant_id:
        raise NotFound
    return row


async def add_segment(
    uow: UnitOfWork, merchant_id: UUID, name: str, condition: Condition | None
) -> Segment:
    """Raises Invalid for a name that is empty, too long or taken, or for too many segments."""
    name = await _free_name(uow, merchant_id, name)
    row = Segment(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=merchant_id,
        name=name,
        condition=_written(condition),
        version=1,
        created_at=uow.now,
        updated_at=uow.now,
    )
    uow.session.add(row)
    await uow.session.flush()
    return row


async def change_segment(
    uow: UnitOfWork,
    merchant_id: UUID,
    segment_id: UUID,
    name: str,
    condition: Condition | None,
    version: int | None,
) -> Segment:
    """Raises ChangedMeanwhile unless `version` is what was read (none: whatever it is)."""
    row = await find_segment(uow, merchant_id, segment_id)
    await uow.session.refresh(row, with_for_update=True)
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    if normalise(name) != row.name:
        row.name = await _free_name(uow, merchant_id, name)
    row.condition = _written(condition)
    row.version += 1
    row.updated_at = uow.now
    await uow.session.flush()
    return row


async def drop_segment(uow: UnitOfWork, merchant_id: UUID, segment_id: UUID) -> str:
    """Removes a segment and answers its name; its people stay as they are. Raises NotFound."""
    row = await find_segment(uow, merchant_id, segment_id)
    await throw_away(uow, merchant_id, row)
    return row.name


async def restore_segment(uow: UnitOfWork, merchant_id: UUID, segment_id: UUID) -> Segment:
    """Takes a removed segment back. Raises NotFound, Invalid where its name is another's by now."""
    row = Segment(**await take_back(uow, merchant_id, Segment, segment_id))
    await _free_name(uow, merchant_id, row.name)
    uow.session.add(row)
    await uow.session.flush()
    return row


def condition_of(segment: Segment) -> Condition | None:
    """The condition that was checked when it was saved; none for every customer."""
    return read_when(segment.condition)


def read_when(written: Any, where: str = "/when") -> Condition | None:
    """A condition over customers from JSON. Raises Invalid, also for a fact of a basket."""
    return None if written is None else parse_condition(written, where, Place.CUSTOMER)


async def segment_audience(uow: UnitOfWork, segment: Segment) -> Audience:
    """Who is in a segment now, in the scope that its condition needs."""
    return await audience_of(uow, segment.merchant_id, condition_of(segment))


def _written(condition: Condition | None) -> dict[str, Any] | None:
    return None if condition is None else write_condition(condition)


async def _free_name(uow: UnitOfWork, merchant_id: UUID, name: str) -> str:
    name = normalise(name)
    if not name:
        raise Invalid.field("/name", "required")
    if len(name) > LONGEST_NAME:
        raise Invalid.field("/name", "too_long", maximum=LONGEST_NAME)
    taken: Sequence[str] = [row.name for row in await list_segments(uow, merchant_id)]
    if name in taken:
        raise Invalid.field("/name", "duplicate")
    if len(taken) >= MOST:
        raise Invalid.field("/name", "too_many", maximum=MOST)
    return name
