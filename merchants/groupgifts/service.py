"""Drafting a gift to a group, beginning it, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select, text

from merchants.credits.granting import scope_to_grant_in
from merchants.groupgifts.errors import GroupGiftMoved, GroupGiftOver
from merchants.groupgifts.models import GroupGift, GroupGiftPerson
from merchants.groups.service import find_group
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id
from timcheh.ledger import queries as ledger
from timcheh.outbox import emit

ASKED: Final = "merchants.group_gift_asked"
"""Outbox: a gift to a group waits for the job. {gift_id}."""
LISTED: Final = 200

# Whoever is in the group now; who is blocked or has had themselves erased gets nothing.
_PEOPLE = text(
    """
    INSERT INTO merchants.group_gift_person (mall_id, gift_id, member_id, merchant_id)
    SELECT :mall, :gift, c.member_id, :merchant
    FROM merchants.customer c
    JOIN members.member m
        ON m.mall_id = c.mall_id AND m.id = c.member_id AND m.state = 'active'
    WHERE c.mall_id = :mall AND c.merchant_id = :merchant AND c.groups @> ARRAY[:group]
    """
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the shop wants to give to each: rial, in a scope that an effect could name."""

    amount: int
    scope: str
    reason: str
    starts_at: datetime | None
    ends_at: datetime | None
    budget: int | None
    tells: bool


async def draft_gift(
    uow: UnitOfWork, merchant_id: UUID, group_id: UUID, wanted: Wanted, actor_id: UUID
) -> GroupGift:
    """Counts and prices a gift; nothing is given yet. It takes the place of the group's last draft.

    In the mall's scope. Raises NotFound, and Invalid for an empty group or a lifeless window.
    """
    group = await find_group(uow, merchant_id, group_id)
    await scope_to_grant_in(uow, merchant_id, wanted.scope, "rial")
    starts = wanted.starts_at or uow.now
    if wanted.ends_at is None:
        raise Invalid.field("/ends_at", "required")
    if wanted.ends_at <= max(starts, uow.now):
        raise Invalid.field("/ends_at", "not_after_start")
    for old in await _drafts(uow, merchant_id, group_id):
        await drop_draft(uow, merchant_id, old)
    gift = GroupGift(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=merchant_id,
        group_id=group_id,
        group=group.name,
        reason=wanted.reason,
        amount=wanted.amount,
        scope=wanted.scope,
        starts_at=starts,
        ends_at=wanted.ends_at,
        budget=wanted.budget,
        tells=wanted.tells,
        people=0,
        given=0,
        state="draft",
        actor_id=actor_id,
        created_at=uow.now,
    )
    uow.session.add(gift)
    await uow.session.flush()
    asked = {"mall": gift.mall_id, "gift": gift.id, "merchant": merchant_id, "group": group.name}
    listed: Any = await uow.session.execute(_PEOPLE, asked)
    if not listed.rowcount:
        raise Invalid.field("/group", "group_empty")
    gift.people = listed.rowcount
    await uow.session.flush()
    return gift


async def room_for(uow: UnitOfWork, gift: GroupGift) -> int | None:
    """Rial that the shop may still promise beyond its own door; none: its own credit has no bound.

    In the mall's scope.
    """
    return None if gift.scope == "own" else await ledger.room_left(uow, gift.merchant_id)


async def begin_gift(uow: UnitOfWork, merchant_id: UUID, gift_id: UUID) -> GroupGift:
    """Has a drafted gift given, or a stopped one go on where it stood. In the mall's scope.

    Raises NotFound, GroupGiftMoved, GroupGiftOver.
    """
    gift = await find_gift(uow, merchant_id, gift_id, lock=True)
    if gift.state not in ("draft", "stopped"):
        raise GroupGiftMoved
    if gift.ends_at <= uow.now:
        raise GroupGiftOver
    gift.state, gift.failure = "giving", None
    await uow.session.flush()
    await emit(uow, ASKED, {"gift_id": str(gift.id)}, urgent=True)
    return gift


async def drop_draft(uow: UnitOfWork, merchant_id: UUID, gift_id: UUID) -> None:
    """Forgets a draft. In the mall's scope. Raises NotFound, GroupGiftMoved."""
    gift = await find_gift(uow, merchant_id, gift_id, lock=True)
    if gift.state != "draft":
        raise GroupGiftMoved
    people = GroupGiftPerson
    await uow.session.execute(
        delete(people).where(people.mall_id == gift.mall_id, people.gift_id == gift.id)
    )
    await uow.session.delete(gift)
    await uow.session.flush()


async def find_gift(
    uow: UnitOfWork, merchant_id: UUID, gift_id: UUID, *, lock: bool = False
) -> GroupGift:
    """A shop's own. Raises NotFound."""
    gift = await uow.session.get(GroupGift, (uow.scope.mall_id, gift_id), with_for_update=lock)
    if gift is None or gift.merchant_id != merchant_id:
        raise NotFound
    return gift


async def list_gifts(uow: UnitOfWork, merchant_id: UUID) -> Sequence[GroupGift]:
    """The shop's gifts to groups, the newest first."""
    rows = await uow.session.scalars(
        select(GroupGift)
        .where(GroupGift.mall_id == uow.scope.mall_id, GroupGift.merchant_id == merchant_id)
        .order_by(GroupGift.id.desc())
        .limit(LISTED)
    )
    return rows.all()


async def _drafts(uow: UnitOfWork, merchant_id: UUID, group_id: UUID) -> Sequence[UUID]:
    rows = await uow.session.scalars(
        select(GroupGift.id).where(
            GroupGift.mall_id == uow.scope.mall_id,
            GroupGift.merchant_id == merchant_id,
            GroupGift.group_id == group_id,
            GroupGift.state == "draft",
        )
    )
    return rows.all()
