"""Giving what waits, a thousand people at a time.

A stretch's lots, its messages and the note of who has theirs commit together: a worker that dies
half-way leaves a gift that goes on where it stood, and nobody is given or told anything twice.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select, text

from merchants.credits.granting import scope_to_grant_in
from merchants.groupgifts.errors import GroupGiftOver
from merchants.groupgifts.models import GroupGift, GroupGiftPerson
from merchants.groupgifts.service import ASKED
from merchants.groupgifts.telling import tell
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import TimchehError, TryAgain
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import Grant
from timcheh.module import JobContext, RecurringJob

STRETCH: Final = 1_000
_GIVEN = text(
    """
    UPDATE merchants.group_gift_person p SET lot_id = x.lot_id
    FROM unnest(CAST(:members AS uuid[]), CAST(:lots AS uuid[])) x (member_id, lot_id)
    WHERE p.mall_id = :mall AND p.gift_id = :gift AND p.member_id = x.member_id
    """
)


async def give_waiting(context: JobContext) -> None:
    """Gives all gifts of the mall that wait, one after another."""
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope) as uow:
        rows = await uow.session.scalars(
            select(GroupGift.id)
            .where(GroupGift.mall_id == context.mall_id, GroupGift.state == "giving")
            .order_by(GroupGift.id)
        )
        waiting = rows.all()
    for gift_id in waiting:
        await _give(context, scope, gift_id)


async def _give(context: JobContext, scope: Scope, gift_id: UUID) -> None:
    goes_on = True
    while goes_on:
        try:
            async with context.database.unit_of_work(scope) as uow:
                goes_on = await _give_some(uow, gift_id)
        except TryAgain:
            continue
        except TimchehError as error:  # the limit, or a scope that is gone: the shop is told
            async with context.database.unit_of_work(scope) as uow:
                gift = await _locked(uow, gift_id)
                gift.state, gift.failure = "stopped", error.code
            return


async def _give_some(uow: UnitOfWork, gift_id: UUID) -> bool:
    """The next stretch; whether there may be more. Raises LimitExceeded, Invalid, GroupGiftOver."""
    gift = await _locked(uow, gift_id)
    if gift.state != "giving":
        return False
    members = await _waiting(uow, gift)
    if members:
        if gift.ends_at <= uow.now:
            raise GroupGiftOver
        lots = await _grant(uow, gift, members)
        asked = {"mall": gift.mall_id, "gift": gift.id, "members": members, "lots": lots}
        await uow.session.execute(_GIVEN, asked)
        gift.given += len(members)
        if gift.tells:
            await tell(uow, gift, members)
    if len(members) < STRETCH:
        gift.state, gift.finished_at = "done", uow.now
    return gift.state == "giving"


async def _locked(uow: UnitOfWork, gift_id: UUID) -> GroupGift:
    """One worker at a time is at a gift."""
    return await uow.session.get_one(GroupGift, (uow.scope.mall_id, gift_id), with_for_update=True)


async def _waiting(uow: UnitOfWork, gift: GroupGift) -> list[UUID]:
    person = GroupGiftPerson
    rows = await uow.session.scalars(
        select(person.member_id)
        .where(person.mall_id == gift.mall_id, person.gift_id == gift.id, person.lot_id.is_(None))
        .order_by(person.member_id)
        .limit(STRETCH)
    )
    return list(rows)


async def _grant(uow: UnitOfWork, gift: GroupGift, members: list[UUID]) -> list[UUID]:
    """A lot for each, in the order of `members`."""
    terms = await scope_to_grant_in(uow, gift.merchant_id, gift.scope, "rial")
    head = postings.transfer(uow, "gift", reference_id=gift.id, actor_id=gift.actor_id)
    lots = [new_id() for _ in members]
    grants = [
        Grant(
            head.id,
            lot,
            terms[0],
            gift.merchant_id,
            "member",
            member,
            gift.amount,
            gift.starts_at,
            gift.ends_at,
            gift.reason,
        )
        for member, lot in zip(members, lots, strict=True)
    ]
    await postings.post(uow, [head], grants=grants)
    return lots


JOB: Final = RecurringJob(
    "merchants.group_gifts", give_waiting, every=timedelta(minutes=5), wake_on=(ASKED,)
)
