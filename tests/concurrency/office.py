"""What the mall's office and the jobs do meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from merchants.purchases.jobs import release_expired
from shared_pool.fund.jobs import expire, roll_up, seal
from tests.concurrency.hall import Hall
from timcheh.db import UnitOfWork
from timcheh.errors import TimchehError
from timcheh.ledger import postings, queries
from timcheh.module import JobContext

JOBS: tuple[Callable[[JobContext], Awaitable[None]], ...] = (
    release_expired,
    expire,
    roll_up,
    seal,
)


async def post(hall: Hall, work: Callable[[UnitOfWork], Awaitable[object]], *refusals: str) -> bool:
    """A posting that has no address in the API yet; whether it was made."""
    try:
        async with hall.database.unit_of_work(hall.scope) as uow:
            await work(uow)
    except TimchehError as error:
        hall.note(error.code, *refusals, about=error)
        return False
    return True


async def top_up(hall: Hall) -> None:
    member, amount = hall.members[hall.member], hall.chance.randrange(1, 50_000)
    await post(
        hall,
        lambda uow: postings.top_up(
            uow, postings.transfer(uow, "top_up"), hall.wallet, member, amount
        ),
    )
    await post(
        hall,
        lambda uow: postings.settle_gateway(uow, postings.transfer(uow, "gateway"), amount),
    )


async def pay_commission(hall: Hall) -> None:
    shop, person = UUID(hall.shop.id), hall.members[hall.member]
    await post(
        hall,
        lambda uow: postings.commission(
            uow, postings.transfer(uow, "commission"), shop, person, 1_000
        ),
    )


async def move_limits(hall: Hall) -> None:
    """Collateral comes and goes, and what a shop may promise is set anew."""
    shop = hall.shop
    limit = {"credit_limit": hall.chance.choice((0, 10**6, 10**9, 10**9))}
    await hall.ask(hall.mall, f"/merchants/{shop.id}", limit, method="PATCH")
    await hall.ask(hall.mall, f"/merchants/{shop.id}/deposits", {"amount": 10_000})
    await post(
        hall,
        lambda uow: postings.deposit(
            uow, postings.transfer(uow, "deposit"), UUID(shop.id), -15_000
        ),
        "limit_exceeded",
    )


async def settle(hall: Hall) -> None:
    """Two drafts at once, of which one at most is paid."""
    drafts = await asyncio.gather(*(hall.mall.post("/settlements", {}) for _ in range(2)))
    await asyncio.gather(*(_pay(hall, each["id"]) for each in drafts))


async def _pay(hall: Hall, id: str) -> None:
    path = f"/settlements/{id}"
    if await hall.ask(hall.second, f"{path}/approve", None, "settlement_not_open"):
        last = hall.chance.choice(("complete", "complete", "cancel"))
        await hall.ask(hall.mall, f"{path}/{last}", None)


async def bargain(hall: Hall) -> None:
    """Two shops end what they had agreed and begin again on other terms."""
    issuer, acceptor = hall.chance.sample(hall.shops, 2)
    for each in (await issuer.get("/agreements?limit=100"))["items"]:
        if (each["issuer_id"], each["acceptor_id"]) == (issuer.id, acceptor.id):
            await hall.ask(
                acceptor, f"/agreements/{each['id']}/terminate", None, "agreement_not_open"
            )
    terms = {"acceptor_id": acceptor.id, "fee_bps": 100, "max_share_bps": 9_000}
    made = await hall.ask(issuer, "/agreements", terms, "agreement_exists", "try_again")
    if made is not None:
        await hall.ask(acceptor, f"/agreements/{made['id']}/accept", None, "agreement_not_open")


async def publish(hall: Hall) -> None:
    """New rules, with a budget that purchases share."""
    chance = hall.chance
    credit = {"effect": "credit_percent", "bps": chance.randint(1, 1_000)}
    points = {"effect": "points_per", "amount": 1_000, "points": 1}
    rules = [
        {"name": "own", "then": [credit | {"scope": "own"}], "per_member_cap": 500_000},
        {"name": "partners", "then": [credit | {"scope": "partners"}], "budget": 5 * 10**6},
        {"name": "network", "then": [credit | {"scope": "network"}]},
        {"name": "pool", "then": [points | {"scope": hall.pool["scope_id"]}]},
        {"name": "points", "then": [points | {"scope": "own"}]},
    ]
    await hall.shop.put("/rules", {"rules": chance.sample(rules, chance.randint(2, 5))})


async def correct(hall: Hall) -> None:
    """A gift was a mistake: the same entries with the other sign, once."""
    if not hall.gifts:
        return
    gift = hall.take(hall.gifts)

    async def reverse(uow: UnitOfWork) -> None:
        driver = await uow.driver()
        granted_by = await driver.fetchval(
            "SELECT transfer_id FROM ledger.lot WHERE id = $1", UUID(gift["id"])
        )
        await postings.reverse(uow, postings.transfer(uow, "reversal", reverses=granted_by))

    await post(hall, reverse, "lot_short", "limit_exceeded")


async def do_chores(hall: Hall) -> None:
    """The scheduler's jobs, two workers at once."""
    jobs = hall.chance.sample(JOBS, 2)
    await asyncio.gather(*(job(hall.job) for job in (*jobs, *jobs)))


async def prove(hall: Hall) -> None:
    """Every invariant of the ledger holds at any moment, not only when it is quiet."""
    async with hall.database.unit_of_work(hall.scope) as uow:
        failed = [check for check in await queries.proof(uow) if not check.ok]
    assert failed == []
