"""Locks are taken in one order, so nobody ever waits in a circle.

Each test keeps one row locked until an operation waits for it, and then looks whether the
operation holds anything that comes later in the order: lots by id, parties, usage, customers.
"""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from uuid import UUID

import pytest

from merchants.facade import (
    LineAsked,
    MemberRef,
    PurchaseCommand,
    PurchaseDesk,
    SpendAsked,
    Till,
)
from merchants.purchases.closing import sweep
from tests.api.ageing import age_purchase
from tests.api.conftest import Api, MallApi
from tests.locks import CUSTOMER, HOLD, LOT, PARTY, locked
from timcheh.db import Database, Scope


async def give(shop: Api, mobile: str) -> str:
    """A lot of a shop's own credit."""
    gift = {"member": {"mobile": mobile}, "amount": 1_000, "scope": "own", "reason": "هدیه"}
    return str((await shop.post("/credits", gift))["id"])


def wish(
    shop: Api, mall: MallApi, mobile: str, *, spend: int = 0, manual: bool = False
) -> PurchaseCommand:
    return PurchaseCommand(
        Till(UUID(str(mall.info["id"])), UUID(shop.id), UUID(shop.id)),
        MemberRef(mobile=mobile),
        (LineAsked(1_000, 10_000),),
        SpendAsked(credit=spend or None),
        manual=manual,
    )


@pytest.fixture
async def shops(mall_api: MallApi, mobile: str) -> list[Api]:
    """Two shops that know the member; the first gives partner credit, which its limit bounds."""
    shops = [await mall_api.shop(credit_limit=10**6) for _ in range(2)]
    for shop in shops:
        await shop.buy(mobile, 1)
    credit = {"effect": "credit_percent", "bps": 1_000, "scope": "partners"}
    await shops[0].put("/rules", {"rules": [{"name": "r", "then": [credit]}]})
    return shops


async def test_purchases_that_time_out_free_their_lots_in_order(
    mall_api: MallApi, shops: list[Api], mobile: str, database: Database
) -> None:
    lower, higher = [await give(shop, mobile) for shop in shops]
    for shop in reversed(shops):  # the first purchase holds the higher lot
        made = await shop.buy(mobile, 10_000, spend={"credit": 10}, capture="manual")
        await age_purchase(database, made["id"], timedelta(minutes=2))

    async def run() -> None:
        async with database.unit_of_work(Scope.mall(UUID(str(mall_api.info["id"])))) as uow:
            assert await sweep(uow) == 2

    async with locked(database, LOT, lower) as row:
        sweeping = asyncio.create_task(run())
        await row.awaited()
        free = await row.is_free(LOT, higher)
    await sweeping
    assert free


async def test_a_confirmation_locks_its_lots_before_it_touches_their_holds(
    mall_api: MallApi, shops: list[Api], mobile: str, database: Database
) -> None:
    """The sweep has the lot when it takes the hold away: the other way round they'd meet."""
    shop = shops[0]
    lot = await give(shop, mobile)
    made = await shop.buy(mobile, 10_000, spend={"credit": 10}, capture="manual")
    async with locked(database, LOT, lot) as row:
        confirming = asyncio.create_task(
            shop.post(f"/purchases/{made['id']}/confirm", {}, expect=200)
        )
        await row.awaited()
        free = [await row.is_free(HOLD, lot), await row.is_free(PARTY, shop.id)]
    assert (await confirming)["state"] == "confirmed"
    assert free == [True, True]


async def test_a_batch_locks_every_lot_before_any_party_or_customer(
    mall_api: MallApi, shops: list[Api], mobile: str, database: Database
) -> None:
    """One of its purchases grants partner credit, another pins a lot."""
    first, second = shops
    plug, pinned = await give(first, mobile), await give(second, mobile)
    desk = PurchaseDesk(database)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(desk.close)
        async with locked(database, LOT, pinned) as row:
            async with locked(database, LOT, plug) as gate:
                sales = [
                    asyncio.create_task(desk.purchase(wish(first, mall_api, mobile, spend=10)))
                ]
                await gate.awaited()
                # While the lane waits, these two gather for the next batch.
                sales += [
                    asyncio.create_task(desk.purchase(command))
                    for command in (
                        wish(first, mall_api, mobile),
                        wish(second, mall_api, mobile, spend=10, manual=True),
                    )
                ]
                await asyncio.sleep(0.3)
            await row.awaited()
            free = [await row.is_free(PARTY, first.id), await row.is_free(CUSTOMER, first.id)]
        await asyncio.gather(*sales)
    assert free == [True, True]
