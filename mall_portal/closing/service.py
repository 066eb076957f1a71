"""Closing a shop so that its members stay whole, and opening it again.

What was given for partners and the network stays good there; it is settled through the fund as
ever. What was given for the shop alone could be spent nowhere any more: so every other shop takes
it from then on, as far as the shop's collateral and limit cover what that may cost the fund.
"""

from uuid import UUID

from mall_portal.closing.errors import AlreadyClosed, NotCovered, PurchasesOpen
from mall_portal.closing.queries import (
    open_purchases,
    other_shops,
    outstanding_of,
    taking_over,
)
from merchants.facade import find_account, find_shop, set_shop_state
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.ledger import postings, queries
from timcheh.malls import read_mall

CLOSED = "closed"


async def close_shop(uow: UnitOfWork, caller: Caller, merchant_id: UUID) -> None:
    """Raises NotFound, AlreadyClosed, PurchasesOpen, NotCovered."""
    shop = await find_shop(uow, merchant_id)
    if shop.state == CLOSED:
        raise AlreadyClosed
    if await open_purchases(uow, merchant_id):
        raise PurchasesOpen
    before = shop.state
    account = await find_account(uow, merchant_id)
    own = sum(
        each.amount
        for each in await outstanding_of(uow, merchant_id)
        if each.scope_id == account.own_scope_id
    )
    if own > await queries.room_left(uow, merchant_id):
        raise NotCovered
    if own:
        fee = (await read_mall(uow)).network_fee_bps
        for other in await other_shops(uow, merchant_id):
            await postings.accept_scope(uow, account.own_scope_id, other, fee_bps=fee)
    await set_shop_state(uow, merchant_id, CLOSED)
    await record(
        uow,
        caller,
        "merchant.closed",
        "merchant",
        merchant_id,
        merchant_id=merchant_id,
        before={"state": before},
        after={"state": CLOSED, "own_credit": own},
    )


async def set_state(uow: UnitOfWork, merchant_id: UUID, state: str) -> None:
    """Suspends a shop, or lets it trade again. Its members' credit stays good elsewhere; of one
    that was closed, its own credit is spent there alone again. NotFound; AlreadyClosed for a
    suspension of one that is closed."""
    shop = await find_shop(uow, merchant_id)
    if shop.state == CLOSED and state != CLOSED:
        if state != "active":
            raise AlreadyClosed
        scope = (await find_account(uow, merchant_id)).own_scope_id
        for other in await taking_over(uow, merchant_id, scope):
            await postings.end_acceptance(uow, scope, other, uow.now)
    await set_shop_state(uow, merchant_id, state)
    shop.state = state
