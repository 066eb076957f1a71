"""The catalogue of a shop's rewards: writing one, publishing it, its picture."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from merchants.catalogue.models import Product
from merchants.gifting.terms import points_named
from merchants.rewards.models import Reward, RewardPicture
from timcheh.db import UnitOfWork
from timcheh.errors import Conflict, Invalid, NotFound
from timcheh.ids import new_id
from timcheh.rules import Condition, Place, parse_condition, write_condition

KINDS: Final = ("discount", "product", "service", "event")
MOST: Final = 500
_SUGGESTED: Final = 200


@dataclass(frozen=True, slots=True)
class RewardTerms:
    """A reward as its form says it; fields as in `Reward`. `scope`: `own:point` or a pool's id."""

    name: str
    words: str
    kind: str
    points: int
    scope: str
    amount: int | None
    lot_days: int | None
    sku: str | None
    place: str | None
    event_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    claim_days: int
    stock: int | None
    per_member: int | None
    condition: Condition | None


async def add_reward(uow: UnitOfWork, merchant_id: UUID, terms: RewardTerms) -> Reward:
    """A draft, in the mall's scope. Raises Invalid at each field that can't be so."""
    values = await _values(uow, merchant_id, terms)
    if len(await list_rewards(uow, merchant_id)) >= MOST:
        raise Invalid.field("/name", "too_many", maximum=MOST)
    row = Reward(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=merchant_id,
        state="draft",
        taken=0,
        version=1,
        created_at=uow.now,
        **values,
    )
    uow.session.add(row)
    await uow.session.flush()
    return row


async def change_reward(
    uow: UnitOfWork, merchant_id: UUID, reward_id: UUID, terms: RewardTerms
) -> Reward:
    """Other terms from now on; what was taken stays as it was.

    Raises NotFound, Invalid.
    """
    row = await find_reward(uow, merchant_id, reward_id, lock=True)
    values = await _values(uow, merchant_id, terms)
    if terms.stock is not None and terms.stock < row.taken:
        raise Invalid.field("/stock", "below_minimum", minimum=row.taken)
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    await uow.session.flush()
    return row


async def publish_reward(
    uow: UnitOfWork, merchant_id: UUID, reward_id: UUID, *, published: bool
) -> Reward:
    """Offers it to members, or takes it from the shelf. Raises NotFound, Conflict if it is over."""
    row = await find_reward(uow, merchant_id, reward_id, lock=True)
    if published and row.ends_at is not None and row.ends_at <= uow.now:
        raise Conflict("reward_over")
    row.state = "published" if published else "draft"
    await uow.session.flush()
    return row


async def find_reward(
    uow: UnitOfWork, merchant_id: UUID, reward_id: UUID, *, lock: bool = False
) -> Reward:
    """A shop's own. Raises NotFound."""
    row = await uow.session.get(Reward, (uow.scope.mall_id, reward_id), with_for_update=lock)
    if row is None or row.merchant_id != merchant_id:
        raise NotFound
    return row


async def list_rewards(uow: UnitOfWork, merchant_id: UUID) -> list[Reward]:
    """A shop's rewards, newest first."""
    rows = await uow.session.scalars(
        select(Reward)
        .where(Reward.mall_id == uow.scope.mall_id, Reward.merchant_id == merchant_id)
        .order_by(Reward.id.desc())
        .limit(MOST)
    )
    return list(rows)


def condition_of(reward: Reward) -> Condition | None:
    """Who may take it; none: anybody."""
    written = reward.condition
    return None if written is None else parse_condition(written, "/when", Place.CUSTOMER)


async def put_picture(
    uow: UnitOfWork, merchant_id: UUID, reward_id: UUID, content: bytes | None
) -> None:
    """A reward's picture, or none any longer. Raises NotFound."""
    await find_reward(uow, merchant_id, reward_id)
    key = {"mall_id": uow.scope.mall_id, "reward_id": reward_id}
    if content is None:
        await uow.session.execute(delete(RewardPicture).filter_by(**key))
        return
    new: dict[str, Any] = {"content": content, "made_at": uow.now}
    await uow.session.execute(
        insert(RewardPicture)
        .values(**key, merchant_id=merchant_id, **new)
        .on_conflict_do_update(index_elements=list(key), set_=new)
    )


async def picture_of(uow: UnitOfWork, reward_id: UUID) -> bytes:
    """Raises NotFound for a reward without one."""
    row = await uow.session.get(RewardPicture, (uow.scope.mall_id, reward_id))
    if row is None:
        raise NotFound
    return row.content


async def pictured(uow: UnitOfWork, reward_ids: list[UUID]) -> set[UUID]:
    """Which of some rewards have a picture."""
    rows = await uow.session.scalars(
        select(RewardPicture.reward_id).where(
            RewardPicture.mall_id == uow.scope.mall_id, RewardPicture.reward_id.in_(reward_ids)
        )
    )
    return set(rows)


async def _values(uow: UnitOfWork, merchant_id: UUID, terms: RewardTerms) -> dict[str, Any]:
    """The columns. Raises Invalid."""
    scope = await points_named(uow, merchant_id, terms.scope)
    if terms.ends_at is not None and terms.ends_at <= (terms.starts_at or uow.now):
        raise Invalid.field("/ends_at", "not_after_start")
    if terms.sku is not None and not await _sells(uow, merchant_id, terms.sku):
        raise Invalid.field("/sku", "unknown_sku", sku=terms.sku)
    condition = terms.condition
    return {
        "name": terms.name,
        "words": terms.words,
        "kind": terms.kind,
        "points": terms.points,
        "scope_id": scope[0],
        "amount": terms.amount,
        "lot_days": terms.lot_days,
        "sku": terms.sku,
        "place": terms.place,
        "event_at": terms.event_at,
        "starts_at": terms.starts_at,
        "ends_at": terms.ends_at,
        "claim_days": terms.claim_days,
        "stock": terms.stock,
        "per_member": terms.per_member,
        "condition": None if condition is None else write_condition(condition),
    }


async def _sells(uow: UnitOfWork, merchant_id: UUID, sku: str) -> bool:
    found = await uow.session.scalar(
        select(Product.sku).where(
            Product.mall_id == uow.scope.mall_id,
            Product.merchant_id == merchant_id,
            Product.sku == sku,
            Product.active,
        )
    )
    return found is not None


async def goods_on_sale(uow: UnitOfWork, merchant_id: UUID) -> list[tuple[str, str]]:
    """SKU and name of what a product reward can be, as suggestions."""
    rows = await uow.session.execute(
        select(Product.sku, Product.name)
        .where(
            Product.mall_id == uow.scope.mall_id,
            Product.merchant_id == merchant_id,
            Product.active,
        )
        .order_by(Product.name)
        .limit(_SUGGESTED)
    )
    return [(row[0], row[1]) for row in rows]
