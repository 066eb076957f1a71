"""A small mall to measure in: shops that grant, accept and pool, and members with lots."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from exchange.facade import accept, propose
from mall_portal.facade import create_mall, onboard
from merchants.facade import NewShop, publish_rules
from shared_pool.facade import join, open_pool
from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import Grant
from timcheh.text.cards import make_member_number

SHOPS = 24
MEMBERS = 2_000
_LOT = 50_000_000
_ADD_MEMBERS = """
    INSERT INTO members.member (mall_id, id, number, mobile, created_at)
    SELECT $1, m.id, m.number, m.mobile, now()
    FROM unnest($2::uuid[], $3::text[], $4::text[]) AS m (id, number, mobile)
"""


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop of the bench with its key."""

    id: UUID
    key: str


@dataclass(frozen=True, slots=True)
class World:
    """What the measurements need to know."""

    mall_id: UUID
    shops: list[Shop]
    mobiles: list[str]
    members: list[UUID]


def _rules(pool_scope: UUID) -> list[dict[str, Any]]:
    return [
        {
            "name": "credit",
            "then": [
                {
                    "effect": "credit_percent",
                    "bps": 500,
                    "scope": "partners",
                    "expires_in_days": 90,
                }
            ],
        },
        {
            "name": "points",
            "then": [
                {"effect": "points_per", "amount": 100_000, "points": 1, "scope": str(pool_scope)}
            ],
        },
        {
            "name": "big basket",
            "when": {"fact": "basket.total", "op": ">=", "value": 6_000_000},
            "then": [{"effect": "discount_percent", "bps": 300}],
        },
    ]


async def build(database: Database) -> World:
    """Makes the mall through the product's own services; members' first lots are large."""
    mall = await create_mall(database, "سنجش", f"bench-{new_id().hex}")
    scope = Scope.mall(mall.mall_id)
    shops: list[Shop] = []
    async with database.unit_of_work(scope) as uow:
        pool = await open_pool(uow, "امتیاز", 1_000, 1_000, 12)
        for number in range(SHOPS):
            made = await onboard(uow, NewShop(f"فروشگاه {number}", f"shop-{number}"), 10**15)
            shops.append(Shop(made.merchant.id, made.api_key))
            await join(uow, pool.id, made.merchant.id, 100, 10_000)
        for position, shop in enumerate(shops):
            await publish_rules(uow, shop.id, _rules(pool.scope_id), shop.id)
            partner = shops[(position + 1) % SHOPS].id
            agreement = await propose(uow, shop.id, partner, fee_bps=100, max_share_bps=10_000)
            await accept(uow, partner, agreement.id)
    members, mobiles = await _members(database, mall.mall_id, pool.scope_id, shops)
    return World(mall.mall_id, shops, mobiles, members)


async def _members(
    database: Database, mall_id: UUID, pool_scope: UUID, shops: list[Shop]
) -> tuple[list[UUID], list[str]]:
    """Members, each with a credit lot of some shop and a points lot."""
    members = [new_id() for _ in range(MEMBERS)]
    mobiles = [f"0912{number:07d}" for number in range(MEMBERS)]
    numbers = [make_member_number(number) for number in range(MEMBERS)]
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        driver = await uow.driver()
        await driver.execute(_ADD_MEMBERS, mall_id, members, numbers, mobiles)
        partner_scopes = {
            row["merchant_id"]: row["partners_scope_id"]
            for row in await driver.fetch(
                "SELECT merchant_id, partners_scope_id FROM merchants.merchant_account"
                " WHERE mall_id = $1",
                mall_id,
            )
        }
        head = postings.transfer(uow, "gift")
        grants = []
        for position, member in enumerate(members):
            issuer = shops[position % SHOPS].id
            for lot_scope, amount in ((partner_scopes[issuer], _LOT), (pool_scope, _LOT // 1000)):
                grants.append(
                    Grant(
                        head.id,
                        new_id(),
                        lot_scope,
                        issuer,
                        "member",
                        member,
                        amount,
                        uow.now,
                        None,
                        "bench",
                    )
                )
        heads = []
        for position, grant in enumerate(grants):
            own = postings.transfer(uow, "gift")
            heads.append(own)
            grants[position] = grant._replace(transfer_id=own.id)
        await postings.post(uow, heads, grants=grants)
    return members, mobiles
