"""Purchases straight into PostgreSQL: what the posting functions cost without our server."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg

from merchants.programme.book import ProgrammeBook
from merchants.purchases import quote as quoting
from merchants.purchases import rows as recording
from merchants.purchases.closing import ClaimIn, ConfirmIn
from merchants.purchases.command import LineAsked, MemberRef, PurchaseCommand, SpendAsked, Till
from merchants.purchases.decision import Decision, decide
from merchants.purchases.desk import HOLD_FOR
from timcheh.db import Database, Role
from timcheh.db.microbatch import HOT_PATH
from timcheh.ids import new_id
from timcheh_app.bench.world import SHOPS, World

_LINES = (LineAsked(1000, 1_200_000, name="الف"), LineAsked(2000, 650_000, name="ب"))
_CONFIRM = "SELECT merchants.confirm_many($1, $2, $3)"


def command(world: World, number: int, *, manual: bool = False) -> PurchaseCommand:
    """A purchase that spends from two lots and earns credit and points."""
    position = number % len(world.members)
    shop = world.shops[(position + 1) % SHOPS]  # a partner of the shop that granted the lot
    return PurchaseCommand(
        till=Till(world.mall_id, shop.id, shop.id),
        member=MemberRef(id=world.members[position]),
        lines=_LINES,
        spend=SpendAsked(credit=1_000, points=1),
        manual=manual,
        key=str(new_id()),
        fingerprint=b"bench",
    )


async def _decisions(
    database: Database, connection: Any, world: World, numbers: range, *, manual: bool
) -> list[Decision]:
    book = ProgrammeBook(database)
    found = []
    for number in numbers:
        asked = command(world, number, manual=manual)
        now = datetime.now(UTC)
        programme = book.current(asked.till.merchant_id) or await book.refresh(
            world.mall_id, asked.till.merchant_id
        )
        question = quoting.quote_in(asked, now, wants_network=False, wants_usage=False)
        [quote] = await quoting.ask(connection, world.mall_id, [question])
        found.append(decide(asked, quote, programme, None, now, HOLD_FOR))
    return found


Step = Callable[[Any, UUID, Decision], Awaitable[None]]


async def _record(connection: Any, mall_id: UUID, decision: Decision) -> None:
    await recording.record(connection, mall_id, [recording.rows_of(decision, b"{}")])


async def _pair(connection: Any, mall_id: UUID, decision: Decision) -> None:
    await _record(connection, mall_id, decision)
    till = decision.command.till
    item = ConfirmIn(decision.id, till.merchant_id, decision.at)
    claim = ClaimIn(till.principal_id, str(new_id()), b"b", b"{}")
    await connection.execute(_CONFIRM, mall_id, [claim], [item])


async def tps(database: Database, world: World, clients: int, count: int, *, pair: bool) -> float:
    """Purchases a second, one call each (or authorise and confirm: two), decided beforehand."""
    step: Step = _pair if pair else _record
    connections = [
        await asyncpg.connect(database.dsn(Role.APP), server_settings=HOT_PATH)
        for _ in range(clients)
    ]
    try:
        share = count // clients
        batches = [
            await _decisions(
                database,
                connection,
                world,
                range(index * share, (index + 1) * share),
                manual=pair,
            )
            for index, connection in enumerate(connections)
        ]

        async def run(connection: Any, batch: list[Decision]) -> None:
            for decision in batch:
                await step(connection, world.mall_id, decision)

        began = time.perf_counter()
        await asyncio.gather(
            *(run(c, batch) for c, batch in zip(connections, batches, strict=True))
        )
        return share * clients / (time.perf_counter() - began)
    finally:
        for connection in connections:
            await connection.close()
