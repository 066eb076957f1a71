"""A mall whose shops bound what they give, where whole batches of purchases happen at once.

Batches go past the desk, which would try a batch that fails again one by one and so hide why.
"""

from collections import Counter as Tally
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import asyncpg

from merchants.caps.room import Cap
from merchants.caps.service import set_caps
from merchants.concessions.giving import ConcessionAsked
from merchants.concessions.room import Limit
from merchants.concessions.service import Whose, set_limits
from merchants.facade import counter_for
from merchants.purchases import quote as quoting
from merchants.purchases import rows as recording
from merchants.purchases.command import PurchaseCommand, Till
from merchants.purchases.decision import Decision, decide
from merchants.purchases.desk import HOLD_FOR
from tests.api.notebook import Json, Sold
from tests.merchants.purchases.across import Across
from tests.merchants.purchases.counters import Terms, command_of
from tests.merchants.purchases.recount import agree
from timcheh.db import Database, Role
from timcheh.errors import TimchehError
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import Grant

MUCH = 10**12
GROUPS = (None, "چای", "نان", "گل", "میوه", "رنگ")
STEPS = [timedelta(minutes=m) for m in (1, 1, 1, 9, 5 * 60, 24 * 60, 17 * 24 * 60)]
LATE = [timedelta(hours=h) for h in (0, 0, 0, 3, 200)]
SALES = 7  # that are asked for at once
BOUNDED: list[Json] = [
    {"name": "off", "priority": 3, "then": [{"effect": "discount_percent", "bps": 1_000}],
     "per_member_cap": MUCH, "per_member_uses": 99, "budget": MUCH, "daily_budget": MUCH},
    {"name": "back", "priority": 2, "daily_budget": MUCH,
     "then": [{"effect": "credit_percent", "bps": 3_000, "scope": "own", "expires_in_days": 40}]},
    {"name": "once", "priority": 1, "then": [{"effect": "discount_amount", "amount": 777}],
     "once": {"within_days": 60, "when": {"fact": "customer.purchases", "op": ">=", "value": 1}},
     "holdout_bps": 4_000, "when": {"fact": "basket.total", "op": ">=", "value": 12_000}},
]  # fmt: skip


class Rush(Across):
    """Three shops, four members, and what they do, decided by a seed."""

    def __init__(self, database: Database, app: Any, owner: Any, seed: int) -> None:
        super().__init__(database)
        self.app, self.owner, self.dice = app, owner, Random(seed)
        self.desk = counter_for(database).desk
        self.shops: list[str] = []
        self.members: list[str] = []
        self.decided: dict[UUID, Decision] = {}
        self.done: Tally[str] = Tally()

    async def furnish(self, at: datetime) -> None:
        await self.open(at)
        self.shops = [await self.shop("carry", MUCH) for _ in range(3)]
        self.members = [await self.member() for _ in range(4)]
        self.keys = [new_id(), new_id()]  # what sells; neither is a person
        for number, shop in enumerate(self.shops):
            await self.rules(shop, 1, BOUNDED[: 3 - number % 2])
            async with self.act() as uow:
                limit = Limit(None, None, MUCH + number)
                await set_limits(uow, UUID(shop), {Whose("program"): limit})
                if number:
                    await set_caps(uow, UUID(shop), [Cap("", None, 3_000 * number)])
            await self.accept(f"partners:{shop}", self.shops[number - 1], Terms(100, None))

    async def play(self, events: int) -> None:
        for _ in range(events):
            self.at += self.dice.choice(STEPS)
            deeds = [self.rush, self.rush, self.rush, self.confirm, self.confirm, self.give_up,
                     self.time_out, self.take_back, self.take_back, self.gifts]  # fmt: skip
            deed = self.dice.choice(deeds)
            await deed()
            await self.agree(deed.__name__)

    async def agree(self, what: str) -> None:
        try:
            await agree(self.owner, self.mall, self.decided, self.at)
            for shop in self.shops:
                assert await self.refresh(shop, None) == 0, shop
        except AssertionError as error:
            error.add_note(f"after {what}, {dict(self.done)}")
            raise

    async def refresh(self, shop: str, members: Sequence[str] | None) -> int:
        asked = "SELECT merchants.refresh_customers($1, $2, $3)"
        return int(await self.app.fetchval(asked, self.mall, shop, members))

    # What happens

    async def rush(self) -> None:
        """Several purchases, decided side by side and recorded in one call."""
        batch: list[Decision] = []
        for decision in await self.decide([self.command() for _ in range(SALES)]):
            if all(apart(decision, other) for other in batch):
                batch.append(decision)
        rows = [recording.rows_of(each, b"") for each in batch]
        await recording.record(self.app, self.mall, rows)
        self.decided |= {each.id: each for each in batch}
        self.done["batches of several"] += len({each.member.id for each in batch}) > 1
        for each in batch:
            self.done["held"] += each.expires_at is not None and bool(each.spends)
            self.done["debt paid"] += each.accrual.debt_paid > 0
            self.done["conceded"] += bool(each.conceded)
            self.done["used once"] += any(x.used for x in each.entitled)

    def command(self) -> PurchaseCommand:
        dice = self.dice
        shop, member = UUID(dice.choice(self.shops)), UUID(dice.choice(self.members))
        lines = [
            Sold(dice.choice([1_000, 2_000, 3_000]), dice.randint(1_000, 9_999), group)
            for group in dice.sample(GROUPS, dice.randint(1, 4))
        ]
        asked = {"credit": "max"} if dice.random() < 0.5 else {}
        command = command_of(self.mall, shop, member, lines, asked, manual=dice.random() < 0.5)
        off = ConcessionAsked("بسته باز بود", amount=dice.randint(1, 300))
        return replace(
            command,
            till=Till(self.mall, shop, dice.choice(self.keys)),
            concession=off if dice.random() < 0.4 else None,
            occurred_at=self.at - dice.choice(LATE),
        )

    async def decide(self, commands: Sequence[PurchaseCommand]) -> list[Decision]:
        """All of them on one quote."""
        programmes = [await self.desk.book.refresh(self.mall, c.till.merchant_id) for c in commands]
        asked = [
            quoting.quote_in(command, self.at, programme.wants)
            for command, programme in zip(commands, programmes, strict=True)
        ]
        quotes = await quoting.ask(self.app, self.mall, asked)
        return [
            decide(command, quote, programme, None, self.at, HOLD_FOR)
            for command, quote, programme in zip(commands, quotes, programmes, strict=True)
        ]

    async def confirm(self) -> None:
        """Some open purchases, in one call."""
        ids = self.some(await self.ids("authorized", in_time=True))
        items = [(id, self.decided[id].command.till.merchant_id, self.at) for id in ids]
        await self.app.execute("SELECT merchants.confirm_many($1, $2, $3)", self.mall, [], items)
        self.done["confirmed together"] += len(ids) > 1

    async def give_up(self) -> None:
        """Some open purchases, named together with others that are not."""
        open_ = self.some(await self.ids("authorized"))
        over = self.some(await self.ids("confirmed")) + self.some(await self.ids("expired"))
        given = await self.app.fetch(
            "SELECT * FROM merchants.give_up($1, $2, 'cancelled', $3)",
            self.mall, open_ + over, self.at,
        )  # fmt: skip
        assert sorted(row[0] for row in given) == sorted(open_)
        self.done["given up together"] += len(open_) > 1

    async def time_out(self) -> None:
        self.at += HOLD_FOR
        await self.sweep(self.at)

    async def take_back(self) -> None:
        """Goods of one or two purchases come back, in part or whole."""
        for id in self.dice.sample(left := await self.ids("confirmed"), min(2, len(left))):
            decision = self.decided[id]
            lines = [each.line for each in decision.lines]
            back = {x.index: self.dice.choice([500, x.quantity_milli]) for x in lines}
            for index in self.some(list(back))[1:]:
                del back[index]
            try:
                shop = str(decision.command.till.merchant_id)
                outcome = await self.give_back(shop, str(id), back, self.at)
            except TimchehError as error:
                assert error.code == "nothing_to_return"  # noqa: PT017  the rest came back before
                continue
            self.done["returned"] += 1
            self.done["carried"] += outcome.carried > 0

    async def gifts(self) -> None:
        """Value that ends, that begins later, or that another shop honours."""
        shop, member = self.dice.choice(self.shops), UUID(self.dice.choice(self.members))
        for scope in ("own", "partners"):
            starts = self.at + self.dice.choice([timedelta(), timedelta(days=2)])
            id, lot = new_id(), new_id()
            grant = Grant(
                id, lot, self.scopes[f"{scope}:{shop}"], UUID(shop), "member", member,
                self.dice.randint(1, 5_000), starts, starts + timedelta(days=9), "gift",
            )  # fmt: skip
            async with self.act() as uow:
                await postings.post(uow, [postings.transfer(uow, "gift", id=id)], grants=[grant])

    async def ids(self, state: str, *, in_time: bool = False) -> list[UUID]:
        """Purchases in a state, as they were decided; `in_time`: whose time is not up."""
        rows = await self.owner.fetch(
            "SELECT id FROM merchants.purchase WHERE mall_id = $1 AND state = $2"
            " AND (NOT $3 OR expires_at > $4)",
            self.mall, state, in_time, self.at,
        )  # fmt: skip
        found = {row["id"] for row in rows}
        return [id for id in self.decided if id in found]

    def some(self, all_: list[Any]) -> list[Any]:
        return self.dice.sample(all_, self.dice.randint(min(1, len(all_)), len(all_)))


def apart(one: Decision, other: Decision) -> bool:
    """Whether two decisions may become true together: not if both spend or use the same thing."""
    if one.member.id != other.member.id:
        return True
    if one.spends and other.spends:
        return False
    same_shop = one.command.till.merchant_id == other.command.till.merchant_id
    return not (same_shop and (one.entitled or one.accrual.debt_paid))


@asynccontextmanager
async def rush_hour(database: Database, seed: int, at: datetime) -> AsyncIterator[Rush]:
    """A mall at `at`, with connections as the product has them and as its owner does."""
    app = await asyncpg.connect(database.dsn(Role.APP))
    owner = await asyncpg.connect(database.dsn(Role.OWNER))
    try:
        rush = Rush(database, app, owner, seed)
        await rush.furnish(at)
        yield rush
    finally:
        await app.close()
        await owner.close()
