"""Activating an offer and changing one's mind. In the mall's scope.

Both say what shall be, not "the other way round": a second tap, or another tab, changes nothing.
"""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, select, true, union_all, update
from sqlalchemy.dialects.postgresql import insert

from merchants.activating.models import OfferActivation
from merchants.wishes.models import OfferWish
from merchants.wishes.service import unmark, wish
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound


class Activations(NamedTuple):
    """Of one offer: for how many members it is active now, and how many have changed their mind."""

    active: int
    ended: int


async def activate(
    uow: UnitOfWork, member_id: UUID, merchant_id: UUID, rule: str, *, by: UUID | None = None
) -> bool:
    """From the next purchase on the offer applies to the member. `by`: the staff who did it at
    their word. Answers whether it was not active before.

    What is activated is marked too: it is told at the till, and the member is reminded of its end.
    """
    row = {
        "mall_id": uow.scope.mall_id,
        "member_id": member_id,
        "merchant_id": merchant_id,
        "rule": rule,
        "activated_at": uow.now,
        "ended_at": None,
        "staff_id": by,
    }
    written = insert(OfferActivation).values(row)
    again = {name: written.excluded[name] for name in ("activated_at", "ended_at", "staff_id")}
    done = await uow.session.scalar(
        written.on_conflict_do_update(
            index_elements=["mall_id", "member_id", "merchant_id", "rule"],
            set_=again,
            where=OfferActivation.ended_at.is_not(None),
        ).returning(OfferActivation.rule)
    )
    await wish(uow, member_id, merchant_id, rule)
    return done is not None


async def deactivate(uow: UnitOfWork, member_id: UUID, merchant_id: UUID, rule: str) -> bool:
    """From the next purchase on it applies no more; what it gave stays. Answers whether it was
    active. Raises NotFound for what the member has never activated."""
    this = (
        OfferActivation.mall_id == uow.scope.mall_id,
        OfferActivation.member_id == member_id,
        OfferActivation.merchant_id == merchant_id,
        OfferActivation.rule == rule,
    )
    if await uow.session.scalar(select(OfferActivation.rule).where(*this)) is None:
        raise NotFound
    ended = await uow.session.scalar(
        update(OfferActivation)
        .where(*this, OfferActivation.ended_at.is_(None))
        .values(ended_at=uow.now)
        .returning(OfferActivation.rule)
    )
    await unmark(uow, member_id, merchant_id, rule)
    return ended is not None


async def chosen_of(
    uow: UnitOfWork, member_id: UUID, merchant_ids: Collection[UUID]
) -> tuple[set[tuple[UUID, str]], set[tuple[UUID, str]]]:
    """The offers of these shops, shop and name, that a member has marked, and has active; in one
    statement."""

    def of(model: type[OfferWish | OfferActivation]) -> tuple[ColumnElement[bool], ...]:
        return (
            model.mall_id == uow.scope.mall_id,
            model.member_id == member_id,
            model.merchant_id.in_(merchant_ids),
        )

    marked = select(OfferWish.merchant_id, OfferWish.rule, false()).where(*of(OfferWish))
    active = select(OfferActivation.merchant_id, OfferActivation.rule, true()).where(
        *of(OfferActivation), OfferActivation.ended_at.is_(None)
    )
    chosen: dict[bool, set[tuple[UUID, str]]] = {False: set(), True: set()}
    for shop, rule, is_active in await uow.session.execute(union_all(marked, active)):
        chosen[is_active].add((shop, rule))
    return chosen[False], chosen[True]


async def activations(uow: UnitOfWork, merchant_id: UUID, rule: str) -> Activations:
    """How many of all have activated an offer of a shop. In the shop's scope or the mall's."""
    ended = func.count(OfferActivation.ended_at)
    row = (
        await uow.session.execute(
            select(func.count() - ended, ended).where(
                OfferActivation.mall_id == uow.scope.mall_id,
                OfferActivation.merchant_id == merchant_id,
                OfferActivation.rule == rule,
            )
        )
    ).one()
    return Activations(row[0], row[1])
