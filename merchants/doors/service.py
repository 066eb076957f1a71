"""Doors by which people enrol themselves with a shop."""

import secrets
from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from members.facade import Witness, decide, find_member
from merchants.customers.models import Customer
from merchants.doors.gifts import take_gift
from merchants.doors.models import SOURCES, Door, DoorGift
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id
from timcheh.outbox import emit
from timcheh.text.normalise import normalise

MOST: Final = 200
LONGEST_NAME: Final = 60
_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH: Final = 7
"""27 thousand million tokens: short enough for an SMS and a small QR, no use in guessing."""

_CUSTOMER: Any = Customer.__table__


class DoorCount(NamedTuple):
    """A door with the customers that came through it."""

    door: Door
    customers: int


async def make_door(
    uow: UnitOfWork,
    merchant_id: UUID,
    source: str,
    name: str,
    branch_id: UUID | None,
    actor_id: UUID,
) -> Door:
    """A new address. Raises Invalid."""
    name = normalise(name)
    if source not in SOURCES:
        raise Invalid.field("/source", "invalid")
    if not name:
        raise Invalid.field("/name", "required")
    if len(name) > LONGEST_NAME:
        raise Invalid.field("/name", "too_long", maximum=LONGEST_NAME)
    if len(await list_doors(uow, merchant_id)) >= MOST:
        raise Invalid.field("/name", "too_many", maximum=MOST)
    door = Door(
        mall_id=uow.scope.mall_id,
        merchant_id=merchant_id,
        id=new_id(),
        branch_id=branch_id,
        token="".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)),
        source=source,
        name=name,
        visits=0,
        created_by=actor_id,
        created_at=uow.now,
        ended_at=None,
    )
    uow.session.add(door)
    await uow.session.flush()
    return door


async def list_doors(uow: UnitOfWork, merchant_id: UUID) -> Sequence[DoorCount]:
    """The shop's doors with what came of them, the newest first."""
    came = (
        select(Customer.door_id, func.count().label("customers"))
        .where(
            Customer.mall_id == uow.scope.mall_id,
            Customer.merchant_id == merchant_id,
            Customer.door_id.is_not(None),
        )
        .group_by(Customer.door_id)
        .subquery()
    )
    rows = await uow.session.execute(
        select(Door, func.coalesce(came.c.customers, 0))
        .outerjoin(came, came.c.door_id == Door.id)
        .where(Door.mall_id == uow.scope.mall_id, Door.merchant_id == merchant_id)
        .order_by(Door.id.desc())
    )
    return [DoorCount(row[0], row[1]) for row in rows]


async def find_door(uow: UnitOfWork, merchant_id: UUID, door_id: UUID) -> Door:
    """Raises NotFound."""
    door = await uow.session.get(Door, (uow.scope.mall_id, merchant_id, door_id))
    if door is None:
        raise NotFound
    return door


async def end_door(uow: UnitOfWork, merchant_id: UUID, door_id: UUID) -> None:
    """Lets nobody in any more; the counts stay. Raises NotFound."""
    door = await find_door(uow, merchant_id, door_id)
    door.ended_at = door.ended_at or uow.now
    await uow.session.flush()


async def reopen_door(uow: UnitOfWork, merchant_id: UUID, door_id: UUID) -> None:
    """Lets people in again. Raises NotFound."""
    door = await find_door(uow, merchant_id, door_id)
    door.ended_at = None
    await uow.session.flush()


async def open_door(uow: UnitOfWork, token: str, *, visit: bool = False) -> Door:
    """The door of an address, in the mall's scope. Raises NotFound, also for one that ended."""
    door = await uow.session.scalar(
        select(Door).where(
            Door.mall_id == uow.scope.mall_id, Door.token == token, Door.ended_at.is_(None)
        )
    )
    if door is None:
        raise NotFound
    if visit:
        await uow.session.execute(
            update(Door)
            .where(
                Door.mall_id == uow.scope.mall_id,
                Door.merchant_id == door.merchant_id,
                Door.id == door.id,
            )
            .values(visits=Door.visits + 1)
            .execution_options(synchronize_session=False)
        )
    return door


class Entered(NamedTuple):
    """Whether somebody is new to the shop, and the gift that they got for it."""

    new: bool
    gift: DoorGift | None = None


async def enter(uow: UnitOfWork, door: Door, member_id: UUID, consents: dict[str, bool]) -> Entered:
    """Makes a member who has just proved their mobile the shop's customer, in the mall's scope,
    and gives what the door promises. Who is one already only has their decisions noted."""
    member = await find_member(uow, id=member_id)
    made: Any = await uow.session.execute(
        insert(_CUSTOMER)
        .values(
            mall_id=uow.scope.mall_id,
            merchant_id=door.merchant_id,
            member_id=member_id,
            number=member.number,
            mobile=member.mobile,
            name=member.name,
            birthday=member.birthday,
            source="door",
            branch_id=door.branch_id,
            door_id=door.id,
            created_at=uow.now,
        )
        .on_conflict_do_nothing()
    )
    given = {purpose: True for purpose, yes in consents.items() if yes}
    witness = Witness("member", member_id, "door", door.branch_id)
    await decide(uow, member_id, door.merchant_id, given, witness)
    if made.rowcount != 1:
        return Entered(new=False)
    ids = {"merchant_id": door.merchant_id, "member_id": member_id, "door_id": door.id}
    await emit(uow, "merchants.customer_enrolled", {name: str(id) for name, id in ids.items()})
    return Entered(True, await take_gift(uow, door, member_id))
