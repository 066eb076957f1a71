"""Opening pools and letting shops take part."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from merchants.facade import current_rules, find_shop, publish_rules
from shared_pool.pools.models import Participant, Pool
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import ScopeKind, Unit


async def open_pool(
    uow: UnitOfWork,
    name: str,
    issue_price: int,
    redeem_price: int,
    expires_in_months: int | None,
) -> Pool:
    """A pool of points, rial per point. Raises Invalid when they would be worth more than paid."""
    if redeem_price > issue_price:
        raise Invalid.field("/redeem_price", "above_issue_price")
    scope_id = await postings.open_scope(
        uow,
        ScopeKind.POOL,
        Unit.POINT,
        issue_price=issue_price,
        redeem_price=redeem_price,
        lot_months=expires_in_months,
    )
    await postings.name_scope(uow, scope_id, name)
    pool = Pool(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        scope_id=scope_id,
        issue_price=issue_price,
        redeem_price=redeem_price,
        expires_in_months=expires_in_months,
        created_at=uow.now,
    )
    uow.session.add(pool)
    await uow.session.flush()
    await uow.session.refresh(pool)
    return pool


async def find_pool(uow: UnitOfWork, pool_id: UUID) -> Pool:
    """Raises NotFound."""
    pool = await uow.session.get(Pool, (uow.scope.mall_id, pool_id))
    if pool is None:
        raise NotFound
    return pool


async def list_pools(uow: UnitOfWork) -> list[Pool]:
    """The mall's pools, oldest first."""
    query = select(Pool).where(Pool.mall_id == uow.scope.mall_id).order_by(Pool.id)
    return list(await uow.session.scalars(query))


async def pools_of(uow: UnitOfWork, merchant_id: UUID) -> list[tuple[Pool, Participant]]:
    """The pools that a shop takes part in, with its terms; oldest first."""
    rows = await uow.session.execute(
        select(Pool, Participant)
        .join(
            Participant,
            (Participant.mall_id == Pool.mall_id) & (Participant.pool_id == Pool.id),
        )
        .where(
            Pool.mall_id == uow.scope.mall_id,
            Participant.merchant_id == merchant_id,
            Participant.left_at.is_(None),
        )
        .order_by(Pool.id)
    )
    return [(pool, participant) for pool, participant in rows]


async def pool_of(uow: UnitOfWork, pool_id: UUID, merchant_id: UUID) -> tuple[Pool, Participant]:
    """A pool that a shop takes part in, or took. Raises NotFound for any other."""
    terms = await uow.session.get(Participant, (uow.scope.mall_id, pool_id, merchant_id))
    if terms is None:
        raise NotFound
    return await find_pool(uow, pool_id), terms


async def sizes(uow: UnitOfWork) -> dict[UUID, int]:
    """How many shops take part, by pool."""
    rows = await uow.session.execute(
        select(Participant.pool_id, func.count())
        .where(Participant.mall_id == uow.scope.mall_id, Participant.left_at.is_(None))
        .group_by(Participant.pool_id)
    )
    return dict(rows.all())


async def list_participants(uow: UnitOfWork, pool_id: UUID) -> list[Participant]:
    """The shops that take part in a pool, in the order they joined."""
    rows = await uow.session.scalars(
        select(Participant)
        .where(
            Participant.mall_id == uow.scope.mall_id,
            Participant.pool_id == pool_id,
            Participant.left_at.is_(None),
        )
        .order_by(Participant.joined_at)
    )
    return list(rows)


async def join(
    uow: UnitOfWork, pool_id: UUID, merchant_id: UUID, fee_bps: int, max_share_bps: int
) -> Participant:
    """A shop issues and accepts the pool's points, from now on or on new terms."""
    pool = await find_pool(uow, pool_id)
    try:
        await find_shop(uow, merchant_id)
    except NotFound:
        raise Invalid.field("/merchant_id", "unknown_shop") from None
    await postings.accept_scope(
        uow, pool.scope_id, merchant_id, fee_bps=fee_bps, max_share_bps=max_share_bps
    )
    terms = {"fee_bps": fee_bps, "max_share_bps": max_share_bps}
    await uow.session.execute(
        insert(Participant)
        .values(
            mall_id=uow.scope.mall_id,
            pool_id=pool_id,
            merchant_id=merchant_id,
            joined_at=uow.now,
            **terms,
        )
        .on_conflict_do_update(
            index_elements=["mall_id", "pool_id", "merchant_id"],
            set_={**terms, "left_at": None},
        )
    )
    return await uow.session.get_one(
        Participant, (uow.scope.mall_id, pool_id, merchant_id), populate_existing=True
    )


async def leave(uow: UnitOfWork, pool_id: UUID, merchant_id: UUID, actor_id: UUID) -> None:
    """A shop gives no more of the pool's points and takes none, from now on.

    Its rules go on without them, as a version of their own: with the old one each till would still
    give them. What it has issued is paid for and stays good at the others. Raises NotFound.
    """
    pool = await find_pool(uow, pool_id)
    found = await uow.session.get(Participant, (uow.scope.mall_id, pool_id, merchant_id))
    if found is None or found.left_at is not None:
        raise NotFound
    found.left_at = uow.now
    await postings.end_acceptance(uow, pool.scope_id, merchant_id, uow.now)
    _, rules = await current_rules(uow, merchant_id)
    kept = _without(rules, str(pool.scope_id))
    if kept != rules:
        await publish_rules(uow, merchant_id, kept, actor_id)


def _without(rules: Sequence[Mapping[str, Any]], scope: str) -> list[Any]:
    """The rules without what they give of a scope, and without those that give nothing else."""
    left = [
        {**rule, "then": [effect for effect in rule["then"] if effect.get("scope") != scope]}
        for rule in rules
    ]
    return [rule for rule in left if rule["then"]]
