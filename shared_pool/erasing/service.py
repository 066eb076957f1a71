"""Asking for erasure, changing one's mind, and doing it. In the mall's scope."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, exists, select, update

from members.facade import forget_member, lock_person
from merchants.facade import forget_customer, waive_commissions
from shared_pool.erasing.errors import WalletLeft
from shared_pool.erasing.models import Erasure
from timcheh.audit import Actor, record
from timcheh.db import UnitOfWork
from timcheh.forgetting import Person, forget_in_kernel
from timcheh.ledger import postings
from timcheh.ledger.models import Lot

GRACE: Final = timedelta(days=7)
"""How long a member can change their mind."""


async def find_erasure(uow: UnitOfWork, member_id: UUID) -> Erasure | None:
    """What a member has asked for, if they have. In the member's own scope too."""
    return await uow.session.get(Erasure, (uow.scope.mall_id, member_id))


async def ask_erasure(uow: UnitOfWork, member_id: UUID) -> Erasure:
    """Notes that a member wants to be erased; asked again it stays as it was.

    Raises WalletLeft, NotFound for who is erased already.
    """
    await lock_person(uow, member_id)
    found = await find_erasure(uow, member_id)
    if found is not None:
        return found
    if await wallet_left(uow, member_id):
        raise WalletLeft
    row = Erasure(
        mall_id=uow.scope.mall_id,
        member_id=member_id,
        asked_at=uow.now,
        due_at=uow.now + GRACE,
        done_at=None,
    )
    uow.session.add(row)
    await _log(uow, "asked", member_id)
    await uow.session.flush()
    return row


async def withdraw_erasure(uow: UnitOfWork, member_id: UUID) -> bool:
    """The member stays. False if nothing was asked, or it is done."""
    gone = await uow.session.scalar(
        delete(Erasure)
        .where(
            Erasure.mall_id == uow.scope.mall_id,
            Erasure.member_id == member_id,
            Erasure.done_at.is_(None),
        )
        .returning(Erasure.member_id)
    )
    if gone is not None:
        await _log(uow, "withdrawn", member_id)
    return gone is not None


async def due_erasures(uow: UnitOfWork, most: int) -> Sequence[UUID]:
    """Members whose days are over, the longest waiting first."""
    found = await uow.session.scalars(
        select(Erasure.member_id)
        .where(
            Erasure.mall_id == uow.scope.mall_id,
            Erasure.done_at.is_(None),
            Erasure.due_at <= uow.now,
        )
        .order_by(Erasure.due_at)
        .limit(most)
    )
    return list(found)


async def erase(uow: UnitOfWork, member_id: UUID) -> None:
    """Erases a member whose days are over: everything personal, everywhere; the books stay.

    Raises NotFound if they changed their mind meanwhile, LotShort while a purchase of theirs is
    under way or wallet money is left: then nothing is done.
    """
    person = await lock_person(uow, member_id)
    done = await uow.session.scalar(
        update(Erasure)
        .where(
            Erasure.mall_id == uow.scope.mall_id,
            Erasure.member_id == member_id,
            Erasure.done_at.is_(None),
            Erasure.due_at <= uow.now,
        )
        .values(done_at=uow.now)
        .returning(Erasure.member_id)
    )
    if done is None:
        return
    await _forget(uow, member_id, person)


async def erase_everybody(uow: UnitOfWork, member_ids: Sequence[UUID]) -> None:
    """Erases members whom nobody asks: those of a trial that is over. Raises as `erase` does."""
    for member_id in member_ids:
        await _forget(uow, member_id, await lock_person(uow, member_id))


async def _forget(uow: UnitOfWork, member_id: UUID, person: Person) -> None:
    await postings.forfeit(uow, member_id, person.words)
    await waive_commissions(uow, member_id)
    await _log(uow, "done", member_id)
    await forget_in_kernel(uow, person)
    await forget_customer(uow, person)
    await forget_member(uow, person)


async def come_back_to_nobody(uow: UnitOfWork, most: int) -> Sequence[UUID]:
    """Erased members who hold something again: a return brought it back, or a gift came late."""
    found = await uow.session.scalars(
        select(Erasure.member_id)
        .where(
            Erasure.mall_id == uow.scope.mall_id,
            Erasure.done_at.is_not(None),
            exists().where(
                Lot.mall_id == Erasure.mall_id, Lot.holder_id == Erasure.member_id, Lot.open
            ),
        )
        .limit(most)
    )
    return list(found)


async def wallet_left(uow: UnitOfWork, member_id: UUID) -> bool:
    """Whether a member still has wallet money."""
    found = await uow.session.scalar(
        select(Lot.id)
        .where(
            Lot.mall_id == uow.scope.mall_id,
            Lot.holder_id == member_id,
            Lot.open,
            Lot.unit == "wallet",
        )
        .limit(1)
    )
    return found is not None


async def _log(uow: UnitOfWork, what: str, member_id: UUID) -> None:
    await record(uow, Actor("member", member_id, ""), f"erasure.{what}", "member", member_id)
