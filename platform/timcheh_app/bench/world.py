"""A mall to measure in, made by the product's own services.

Shops that grant, accept and pool, and the first members with what they bought: the patterns of
which `growth` makes copies.
"""

from typing import Any, Final
from uuid import UUID

from exchange.facade import accept, propose
from mall_portal.facade import create_mall, onboard
from merchants.facade import (
    LineAsked,
    MemberRef,
    NewShop,
    PurchaseCommand,
    SpendAsked,
    Till,
    counter_for,
    publish_rules,
)
from shared_pool.facade import join, open_pool
from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.text.cards import make_member_number
from timcheh_app.bench.course import PATTERNS, SHOPS, Shop, World, mobile, purchases_before

LINES: Final = (LineAsked(1000, 1_200_000, name="الف"), LineAsked(2000, 650_000, name="ب"))
SPEND: Final = SpendAsked(credit="max", points="max")
_LIMIT: Final = 10**15
_ADD_MEMBERS: Final = """
    INSERT INTO members.member (mall_id, id, number, mobile, name, created_at)
    SELECT $1, m.id, m.number, m.mobile, m.name, now()
    FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) AS m (id, number, mobile, name)
"""


def member_number(position: int) -> str:
    """The number on a member's card."""
    return make_member_number(position)


def member_name(position: int) -> str:
    """What a member is called."""
    return f"عضو {position}"


async def build(database: Database) -> World:
    """A mall with its shops, and the members that the others will be copies of."""
    slug = f"bench-{new_id().hex}"
    mall = await create_mall(database, "سنجش", slug)
    shops = await _shops(database, mall.mall_id)
    world = World(mall.mall_id, slug, shops, PATTERNS)
    members = await _members(database, world)
    await _first_purchases(database, world, members)
    return world


async def _shops(database: Database, mall_id: UUID) -> tuple[Shop, ...]:
    """Every shop's partner is the next one, and all are in one pool."""
    shops: list[Shop] = []
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        pool = await open_pool(uow, "امتیاز", 1_000, 1_000, 12)
        for number in range(SHOPS):
            made = await onboard(uow, NewShop(f"فروشگاه {number}", f"shop-{number}"), _LIMIT)
            shops.append(Shop(made.merchant.id, made.api_key))
            await join(uow, pool.id, made.merchant.id, 100, 10_000)
        for position, shop in enumerate(shops):
            await publish_rules(uow, shop.id, _rules(pool.scope_id), shop.id)
            partner = shops[(position + 1) % SHOPS].id
            agreement = await propose(uow, shop.id, partner, fee_bps=100, max_share_bps=10_000)
            await accept(uow, partner, agreement.id)
    return tuple(shops)


def _rules(pool_scope: UUID) -> list[dict[str, Any]]:
    credit = {"effect": "credit_percent", "bps": 500, "scope": "partners", "expires_in_days": 90}
    points = {"effect": "points_per", "amount": 100_000, "points": 1, "scope": str(pool_scope)}
    discount = {"effect": "discount_percent", "bps": 300}
    large = {"fact": "basket.total", "op": ">=", "value": 6_000_000}
    return [
        {"name": "credit", "then": [credit]},
        {"name": "points", "then": [points]},
        {"name": "big basket", "when": large, "then": [discount]},
    ]


async def _members(database: Database, world: World) -> list[UUID]:
    positions = range(PATTERNS)
    members = [new_id() for _ in positions]
    async with database.unit_of_work(Scope.mall(world.mall_id)) as uow:
        driver = await uow.driver()
        await driver.execute(
            _ADD_MEMBERS,
            world.mall_id,
            members,
            [member_number(position) for position in positions],
            [mobile(position) for position in positions],
            [member_name(position) for position in positions],
        )
    return members


async def _first_purchases(database: Database, world: World, members: list[UUID]) -> None:
    """Each pattern buys at the shop of its own number; who comes again goes on to the next."""
    counter = counter_for(database)
    for position, member_id in enumerate(members):
        for nth in range(purchases_before(position)):
            shop = world.shops[(position + nth) % SHOPS]
            await counter.desk.purchase(
                PurchaseCommand(
                    till=Till(world.mall_id, shop.id, shop.id),
                    member=MemberRef(id=member_id),
                    lines=LINES,
                    spend=SPEND,
                    key=f"pattern-{position}-{nth}",
                    fingerprint=b"bench",
                )
            )
    await counter.close()
