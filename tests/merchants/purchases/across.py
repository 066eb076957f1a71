"""A counter on PostgreSQL: the product's own desk and services, in process, at a given clock."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from mall_portal.facade import create_mall, set_state
from mall_portal.onboarding.service import onboard
from merchants.facade import (
    Done,
    Gift,
    NewShop,
    counter_for,
    grant_credit,
    publish_rules,
    return_lines,
)
from merchants.purchases.closing import cancel, sweep
from merchants.purchases.command import MemberRef, PurchaseCommand
from merchants.purchases.decision import Decision
from merchants.purchases.models import Purchase
from merchants.purchases.proofs import PROOFS
from merchants.purchases.unwinding import Policy, Unwound
from merchants.shops.service import set_policies
from tests.api.conftest import new_mobile
from tests.api.notebook import Json, Sold, stamp
from tests.merchants.purchases.counters import LotSeen, Terms, command_of
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.ids import new_id
from timcheh.ledger import postings, queries
from timcheh.ledger.contracts import ScopeKind, Unit
from timcheh.malls import read_mall

_LOTS = text(
    "SELECT l.id, l.remaining, l.expired, l.expires_at, coalesce((SELECT sum(h.amount)"
    " FROM ledger.hold h WHERE h.lot_id = l.id AND h.expires_at > :at), 0)::bigint"
    " FROM ledger.lot l"
)
_DEBTS = text("SELECT merchant_id, member_id, debt FROM merchants.customer WHERE debt <> 0")
_SCOPES = text("SELECT id, kind, issuer_id FROM ledger.scope")


class Across:
    """A mall of its own for each history."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.scopes: dict[str, UUID] = {}
        self.mobiles: dict[str, str] = {}

    async def open(self, at: datetime) -> None:
        self.at = at
        made = await create_mall(self.database, "تیمچه آزمون", f"m-{new_id().hex}")
        self.mall = made.mall_id
        async with self.act() as uow:
            self.grace_days = (await read_mall(uow)).return_grace_days
        await self._learn()

    @asynccontextmanager
    async def act(self, at: datetime | None = None) -> AsyncIterator[UnitOfWork]:
        scope = Scope.mall(self.mall)
        async with self.database.unit_of_work(scope, now=at or self.at) as uow:
            yield uow

    async def _learn(self) -> None:
        """The scopes that there are, by the oracle's names."""
        async with self.act() as uow:
            for id, kind, issuer in await uow.session.execute(_SCOPES):
                name = f"{kind}:{issuer or id}" if issuer or kind == "pool" else kind
                self.scopes[name] = id

    async def shop(self, policy: Policy, limit: int) -> str:
        async with self.act() as uow:
            opened = await onboard(uow, NewShop("فروشگاه", f"s-{new_id().hex}"), limit)
            await set_policies(uow, opened.merchant.id, return_policy=policy)
        await self._learn()
        return str(opened.merchant.id)

    async def accept(self, scope: str, shop: str, terms: Terms) -> None:
        async with self.act() as uow:
            await postings.accept_scope(
                uow, self.scopes[scope], UUID(shop),
                fee_bps=terms.fee_bps, max_share_bps=terms.max_share_bps,
            )  # fmt: skip

    async def pool(self, issue: int, redeem: int) -> str:
        async with self.act() as uow:
            id = await postings.open_scope(
                uow, ScopeKind.POOL, Unit.POINT, issue_price=issue, redeem_price=redeem
            )
        await self._learn()
        return str(id)

    async def member(self) -> str:
        """Enrolled by the first shop with a basket of nothing."""
        issuer = next(name for name in self.scopes if name.startswith("own:"))
        shop, mobile = UUID(issuer.removeprefix("own:")), new_mobile()
        command = command_of(self.mall, shop, None, [Sold(1_000, 0, None)], {}, manual=False)
        done = await counter_for(self.database).desk.purchase(
            replace(command, member=MemberRef(mobile=mobile), enrol=True), now=self.at
        )
        assert isinstance(done, Done)
        return str(done.decision.member.id)

    async def rules(self, shop: str, version: int, rules: list[Json]) -> None:
        async with self.act() as uow:
            assert await publish_rules(uow, UUID(shop), rules, UUID(shop)) == version

    async def suspend(self, shop: str, suspended: bool) -> None:
        async with self.act() as uow:
            await set_state(uow, UUID(shop), "suspended" if suspended else "active")

    async def buy(self, command: PurchaseCommand, at: datetime) -> Decision:
        command = replace(command, till=replace(command.till, mall_id=self.mall))
        done = await counter_for(self.database).desk.purchase(command, now=at)
        assert isinstance(done, Done)
        return done.decision

    async def cancel(self, shop: str, purchase: str, at: datetime) -> None:
        async with self.act(at) as uow:
            await cancel(uow, await uow.session.get_one(Purchase, (self.mall, UUID(purchase))))

    async def give_back(
        self, shop: str, purchase: str, back: dict[int, int], at: datetime
    ) -> Unwound:
        async with self.act(at) as uow:
            done = await return_lines(
                uow, UUID(shop), UUID(purchase), list(back.items()), UUID(shop)
            )
        return done.outcome

    async def gift(
        self, shop: str, member: str, amount: int, scope: str, ends: datetime, at: datetime
    ) -> str:
        gift = Gift(amount, "rial", scope.partition(":")[0], "gift", None, ends)
        async with self.act(at) as uow:
            made = await grant_credit(uow, UUID(shop), MemberRef(id=UUID(member)), gift, UUID(shop))
        return str(made.lot_id)

    async def top_up(self, member: str, amount: int, at: datetime) -> str:
        async with self.act(at) as uow:
            head = postings.transfer(uow, "top_up")
            wallet = self.scopes["wallet"]
            return str(await postings.top_up(uow, head, wallet, UUID(member), amount))

    async def sweep(self, at: datetime) -> None:
        async with self.act(at) as uow:
            await sweep(uow)
            await postings.expire_due(uow)

    async def seen(self, at: datetime) -> tuple[dict[str, LotSeen], dict[tuple[str, str], int]]:
        async with self.act() as uow:
            lots = await uow.session.execute(_LOTS, {"at": at})
            debts = await uow.session.execute(_DEBTS)
        return {
            str(id): LotSeen(left, held, expired, stamp(ends))
            for id, left, expired, ends, held in lots
        }, {(str(shop), str(member)): debt for shop, member, debt in debts}

    async def prove(self, positions: dict[str, tuple[int, int]], fund: dict[str, int]) -> None:
        """Every shop's (outstanding, clearing), the fund, and every check of the proof."""
        async with self.act() as uow:
            found = await queries.positions(uow)
            assert {str(id): (x.outstanding, x.clearing) for id, x in found.items()} == {
                str(self.mall): (0, 0)
            } | positions
            assert (await queries.fund(uow))._asdict() == fund
            assert [check for check in await queries.proof(uow) if not check.ok] == []
            for check in PROOFS:
                rows = await uow.session.execute(text(check.violations), {"mall": self.mall})
                assert rows.all() == [], check.name
