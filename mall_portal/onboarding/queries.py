"""What the mall's pages tell of its shops."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, text

from exchange.facade import Agreement
from mall_portal.onboarding.models import ShopContract
from mall_portal.onboarding.readiness import Readiness, readiness
from merchants.facade import Merchant, MerchantAccount
from timcheh.db import UnitOfWork
from timcheh.text.normalise import search_key, sort_key

_FACTS = text(
    """
    SELECT coalesce(sum(total - discount), 0)::bigint, count(*)
    FROM merchants.purchase
    WHERE mall_id = :mall AND merchant_id = :merchant AND state = 'confirmed'
      AND occurred_at >= :since
    """
)
_CUSTOMERS = text(
    "SELECT count(*) FROM merchants.customer WHERE mall_id = :mall AND merchant_id = :merchant"
)
_WINDOW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """The last 30 days of a shop; `sales` in rial. `customers` are all it ever had."""

    sales: int
    purchases: int
    customers: int


@dataclass(frozen=True, slots=True)
class ShopRow:
    """A shop with what it lacks before it can work fully."""

    merchant: Merchant
    account: MerchantAccount
    readiness: Readiness

    @property
    def shown_state(self) -> str:
        """`incomplete` while an active shop doesn't live yet."""
        if self.merchant.state == "active" and not self.readiness.live:
            return "incomplete"
        return self.merchant.state


async def shop_rows(uow: UnitOfWork, q: str = "") -> list[ShopRow]:
    """The mall's shops by name; `q` is a part of a name or slug."""
    query = (
        select(Merchant, MerchantAccount)
        .join(
            MerchantAccount,
            (MerchantAccount.mall_id == Merchant.mall_id)
            & (MerchantAccount.merchant_id == Merchant.id),
        )
        .where(Merchant.mall_id == uow.scope.mall_id)
    )
    rows = await uow.session.execute(query)
    ready = await readiness(uow)
    wanted = search_key(q)
    found = [
        ShopRow(shop, account, ready[shop.id]) for shop, account in rows if _is_named(shop, wanted)
    ]
    return sorted(found, key=lambda row: sort_key(row.merchant.name))


def _is_named(shop: Merchant, wanted: str) -> bool:
    """A mall has hundreds of shops, not thousands: they are compared as people write them."""
    return wanted in search_key(shop.name) or wanted in shop.slug


async def shop_facts(uow: UnitOfWork, merchant_id: UUID) -> ShopFacts:
    """The last 30 days."""
    where = {"mall": uow.scope.mall_id, "merchant": merchant_id}
    sales, purchases = (
        await uow.session.execute(_FACTS, where | {"since": uow.now - _WINDOW})
    ).one()
    customers = (await uow.session.execute(_CUSTOMERS, where)).scalar_one()
    return ShopFacts(sales, purchases, customers)


async def live_agreements(uow: UnitOfWork, merchant_id: UUID) -> list[Agreement]:
    """A shop's agreements in force, in both directions."""
    rows = await uow.session.scalars(
        select(Agreement).where(
            Agreement.mall_id == uow.scope.mall_id,
            (Agreement.issuer_id == merchant_id) | (Agreement.acceptor_id == merchant_id),
            Agreement.state == "accepted",
            func.coalesce(Agreement.ends_at, uow.now + _WINDOW) > uow.now,
        )
    )
    return list(rows)


async def contract_of(uow: UnitOfWork, merchant_id: UUID) -> ShopContract | None:
    """What the mall has noted of the shop's contract, if anything."""
    return await uow.session.get(ShopContract, (uow.scope.mall_id, merchant_id))
