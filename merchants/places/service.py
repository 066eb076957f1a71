"""Placing branches; noting who is near one, and forgetting it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import and_, delete, select
from sqlalchemy.dialects.postgresql import insert

from merchants.places.distance import Position, metres_between, stepped
from merchants.places.models import BranchPlace, Nearness
from merchants.programme.service import current_rules
from merchants.shops.models import Branch, Merchant
from merchants.wastebasket import take_back, throw_away
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.rules import Rule, facts_in, parse_rules
from timcheh.rules.facts import NEAR_FOR, NEARNESS

WINDOW: Final = timedelta(minutes=NEAR_FOR)
_NEAR: Any = Nearness.__table__


@dataclass(frozen=True, slots=True)
class Near:
    """A branch that a member is near to, until when that counts, and the offers that ask for it."""

    shop: str
    branch: str
    metres: int
    until: datetime
    offers: Sequence[Rule]


async def places_of(
    uow: UnitOfWork, merchant_id: UUID
) -> Sequence[tuple[Branch, BranchPlace | None]]:
    """The shop's branches with their places, the oldest first."""
    rows = await uow.session.execute(
        select(Branch, BranchPlace)
        .outerjoin(
            BranchPlace,
            and_(
                BranchPlace.mall_id == Branch.mall_id,
                BranchPlace.merchant_id == Branch.merchant_id,
                BranchPlace.branch_id == Branch.id,
            ),
        )
        .where(Branch.mall_id == uow.scope.mall_id, Branch.merchant_id == merchant_id)
        .order_by(Branch.id)
    )
    return [(branch, place) for branch, place in rows]


async def find_branch(uow: UnitOfWork, merchant_id: UUID, branch_id: UUID) -> Branch:
    """A shop's own. Raises NotFound."""
    branch = await uow.session.get(Branch, (uow.scope.mall_id, merchant_id, branch_id))
    if branch is None:
        raise NotFound
    return branch


async def place_branch(
    uow: UnitOfWork, merchant_id: UUID, branch_id: UUID, at: Position, radius: int
) -> None:
    """Says where a branch is, and within how many metres one is near it. Raises NotFound."""
    await find_branch(uow, merchant_id, branch_id)
    key = (uow.scope.mall_id, merchant_id, branch_id)
    place = await uow.session.get(BranchPlace, key)
    if place is None:
        place = BranchPlace(mall_id=key[0], merchant_id=merchant_id, branch_id=branch_id)
        uow.session.add(place)
    place.latitude, place.longitude, place.radius = at.latitude, at.longitude, radius
    place.updated_at = uow.now
    await uow.session.flush()


async def unplace_branch(uow: UnitOfWork, merchant_id: UUID, branch_id: UUID) -> bool:
    """Nobody is near it any more; answers whether it had a place. Raises NotFound."""
    await find_branch(uow, merchant_id, branch_id)
    place = await uow.session.get(BranchPlace, (uow.scope.mall_id, merchant_id, branch_id))
    if place is None:
        return False
    await throw_away(uow, merchant_id, place, branch_id)
    return True


async def place_again(uow: UnitOfWork, merchant_id: UUID, branch_id: UUID) -> None:
    """Where it was. Raises NotFound, also where it has been given another place meanwhile."""
    await find_branch(uow, merchant_id, branch_id)
    row = BranchPlace(**await take_back(uow, merchant_id, BranchPlace, branch_id))
    if await uow.session.get(BranchPlace, (uow.scope.mall_id, merchant_id, branch_id)):
        raise NotFound
    uow.session.add(row)
    await uow.session.flush()


async def note_position(uow: UnitOfWork, member_id: UUID, at: Position) -> int:
    """Notes which shops a member is near to, in place of what was known, and forgets the position.

    Answers how many shops that are. In the mall's scope.
    """
    await forget(uow, member_id)
    nearest: dict[UUID, tuple[int, UUID]] = {}
    here = at.coarse()
    places = await uow.session.scalars(
        select(BranchPlace)
        .join(
            Merchant,
            and_(
                Merchant.mall_id == BranchPlace.mall_id,
                Merchant.id == BranchPlace.merchant_id,
                Merchant.state == "active",
            ),
        )
        .join(
            Branch,
            and_(
                Branch.mall_id == BranchPlace.mall_id,
                Branch.merchant_id == BranchPlace.merchant_id,
                Branch.id == BranchPlace.branch_id,
                Branch.closed_at.is_(None),
            ),
        )
        .where(BranchPlace.mall_id == uow.scope.mall_id)
    )
    for place in places:
        metres = metres_between(here, Position(place.latitude, place.longitude))
        if metres <= place.radius:
            found = (stepped(metres), place.branch_id)
            nearest[place.merchant_id] = min(found, nearest.get(place.merchant_id, found))
    if nearest:
        rows = [
            {
                "mall_id": uow.scope.mall_id,
                "merchant_id": shop,
                "member_id": member_id,
                "branch_id": branch,
                "metres": metres,
                "seen_at": uow.now,
            }
            for shop, (metres, branch) in sorted(nearest.items())
        ]
        await uow.session.execute(insert(_NEAR).values(rows).on_conflict_do_nothing())
    return len(nearest)


async def forget(uow: UnitOfWork, member_id: UUID) -> None:
    """No shop knows any more that the member is near. In the mall's scope."""
    await uow.session.execute(
        delete(Nearness).where(
            Nearness.mall_id == uow.scope.mall_id, Nearness.member_id == member_id
        )
    )


async def forget_past(uow: UnitOfWork) -> None:
    """Removes what counts no longer."""
    await uow.session.execute(
        delete(Nearness).where(
            Nearness.mall_id == uow.scope.mall_id, Nearness.seen_at <= uow.now - WINDOW
        )
    )


async def near_now(uow: UnitOfWork, member_id: UUID) -> Sequence[Near]:
    """Where the member is near now, the nearest first, with the offers. In the mall's scope."""
    rows = await uow.session.execute(
        select(Nearness, Merchant.name, Branch.name)
        .join(
            Merchant,
            and_(Merchant.mall_id == Nearness.mall_id, Merchant.id == Nearness.merchant_id),
        )
        .join(
            Branch,
            and_(
                Branch.mall_id == Nearness.mall_id,
                Branch.merchant_id == Nearness.merchant_id,
                Branch.id == Nearness.branch_id,
            ),
        )
        .where(
            Nearness.mall_id == uow.scope.mall_id,
            Nearness.member_id == member_id,
            Nearness.seen_at > uow.now - WINDOW,
        )
        .order_by(Nearness.metres, Nearness.merchant_id)
    )
    return [
        Near(
            shop,
            branch,
            near.metres,
            near.seen_at + WINDOW,
            await offers_near(uow, near.merchant_id),
        )
        for near, shop, branch in rows.all()
    ]


async def offers_near(uow: UnitOfWork, merchant_id: UUID) -> Sequence[Rule]:
    """The shop's offers in force that ask for nearness."""
    _, written = await current_rules(uow, merchant_id)
    return [
        rule
        for rule in parse_rules(written)
        if _asks_for_nearness(rule)
        and (rule.starts_at is None or rule.starts_at <= uow.now)
        and (rule.ends_at is None or rule.ends_at > uow.now)
    ]


async def anyone_placed(uow: UnitOfWork) -> bool:
    """Whether any branch of the mall says where it is."""
    found = select(BranchPlace.branch_id).where(BranchPlace.mall_id == uow.scope.mall_id).limit(1)
    return await uow.session.scalar(found) is not None


def _asks_for_nearness(rule: Rule) -> bool:
    conditions = (rule.when, rule.once.when if rule.once else None)
    return any(not NEARNESS.isdisjoint(facts_in(each)) for each in conditions if each is not None)
