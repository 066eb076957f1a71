"""A new mall, and bringing its shops on board."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text

from merchants.facade import Merchant, NewShop, find_shop, open_shop
from timcheh.access.keys import issue_key
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import Conflict
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import ScopeKind, Unit
from timcheh.malls import Mall, read_mall

DEFAULT_CREDIT_LIMIT = 10_000_000_000
"""Rial that a new shop may owe beyond its deposit unless the mall says otherwise."""
_SHARED_SCOPES = text(
    "SELECT kind, id FROM ledger.scope WHERE mall_id = :mall AND kind IN ('network', 'wallet')"
)


class MallSlugTaken(Conflict):
    """Another mall has that slug."""

    code = "mall_slug_taken"


@dataclass(frozen=True, slots=True)
class NewMall:
    """A mall that was just made; `api_key` is shown this once."""

    mall_id: UUID
    api_key: str


@dataclass(frozen=True, slots=True)
class OnboardedShop:
    """A shop that was just opened; `api_key` is shown this once."""

    merchant: Merchant
    api_key: str


async def create_mall(
    database: Database, name: str, slug: str, *, trial_of: str | None = None
) -> NewMall:
    """A new mall with its party, the scopes that all shops share, and a first key. `trial_of`: one
    where a shop of the mall with that slug looks around.

    Raises MallSlugTaken.
    """
    mall_id = new_id()
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        taken = await uow.session.scalar(
            text("SELECT mall_id FROM kernel.mall_by_slug(:slug)"), {"slug": slug}
        )
        if taken is not None:
            raise MallSlugTaken
        uow.session.add(
            Mall(
                mall_id=mall_id,
                slug=slug,
                name=name,
                default_credit_limit=DEFAULT_CREDIT_LIMIT,
                created_at=uow.now,
                trial_of=trial_of,
            )
        )
        await uow.session.flush()
        await postings.open_party(uow, mall_id, "mall", None)
        await postings.open_scope(uow, ScopeKind.NETWORK, Unit.RIAL)
        await postings.open_scope(uow, ScopeKind.WALLET, Unit.WALLET)
        key = await issue_key(uow, "mall", "main")
    return NewMall(mall_id, key.secret)


async def onboard(
    uow: UnitOfWork,
    new: NewShop,
    credit_limit: int | None = None,
    *,
    network_fee: int | None = None,
) -> OnboardedShop:
    """Opens a shop with its first key; what isn't said is as the mall has it. Raises SlugTaken.

    `network_fee`: basis points of network credit that is spent there.
    """
    mall = await read_mall(uow)
    rows = await uow.session.execute(_SHARED_SCOPES, {"mall": uow.scope.mall_id})
    shared: dict[str, UUID] = dict(rows.all())
    limit = mall.default_credit_limit if credit_limit is None else credit_limit
    merchant = await open_shop(
        uow,
        new,
        credit_limit=limit,
        network_scope_id=shared["network"],
        wallet_scope_id=shared["wallet"],
        network_fee=mall.network_fee_bps if network_fee is None else network_fee,
    )
    key = await issue_key(uow, "merchant", new.name, merchant_id=merchant.id)
    return OnboardedShop(merchant, key.secret)


async def list_shops(uow: UnitOfWork, after: UUID | None, fetch: int) -> list[Merchant]:
    """The mall's shops, in the order they came."""
    query = select(Merchant).where(Merchant.mall_id == uow.scope.mall_id)
    if after is not None:
        query = query.where(Merchant.id > after)
    return list(await uow.session.scalars(query.order_by(Merchant.id).limit(fetch)))


async def set_limit(uow: UnitOfWork, merchant_id: UUID, credit_limit: int) -> None:
    """What a shop may owe beyond its deposit, rial."""
    await find_shop(uow, merchant_id)
    await postings.set_credit_limit(uow, merchant_id, credit_limit)


async def deposit(uow: UnitOfWork, merchant_id: UUID, amount: int, actor_id: UUID) -> UUID:
    """Collateral that a shop brings, rial; answers the transfer's id."""
    await find_shop(uow, merchant_id)
    head = postings.transfer(uow, "deposit", reference_id=merchant_id, actor_id=actor_id)
    await postings.deposit(uow, head, merchant_id, amount)
    return head.id
