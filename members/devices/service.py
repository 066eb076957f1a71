"""Noting from where members sign in, and telling who shares a browser. In the mall's scope."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from members.devices.models import MemberDevice
from timcheh.db import UnitOfWork


async def note_device(uow: UnitOfWork, member_id: UUID, device: bytes) -> None:
    """A member has signed in from this browser."""
    await uow.session.execute(
        insert(MemberDevice)
        .values(
            mall_id=uow.scope.mall_id,
            member_id=member_id,
            device=device,
            first_at=uow.now,
            last_at=uow.now,
        )
        .on_conflict_do_update(
            index_elements=["mall_id", "member_id", "device"], set_={"last_at": uow.now}
        )
    )


async def sharing_a_device(uow: UnitOfWork, members: Collection[UUID]) -> set[frozenset[UUID]]:
    """The pairs among some members who have signed in from one browser."""
    one, other = aliased(MemberDevice), aliased(MemberDevice)
    rows = await uow.session.execute(
        select(one.member_id, other.member_id)
        .join(
            other,
            (other.mall_id == one.mall_id)
            & (other.device == one.device)
            & (other.member_id > one.member_id),
        )
        .where(
            one.mall_id == uow.scope.mall_id,
            one.member_id.in_(members),
            other.member_id.in_(members),
        )
        .distinct()
    )
    return {frozenset(pair) for pair in rows}
