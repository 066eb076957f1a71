"""A mall that is nothing but a ledger: parties, scopes, and whoever holds their lots."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from timcheh.db import Database, Scope, UnitOfWork
from timcheh.ids import new_id
from timcheh.ledger import postings, queries
from timcheh.ledger.contracts import Grant, ScopeKind, Spend, Transfer, Unit

NOON = datetime(2026, 3, 21, 8, 30, tzinfo=UTC)  # noon in Tehran, 1 Farvardin 1405
DAY = timedelta(days=1)

_QUIET = """
    SELECT pg_snapshot_xmin(pg_current_snapshot()) > coalesce(max(xact), '0') FROM ledger.transfer
"""

Entries = dict[tuple[str, UUID, str], int]


@dataclass(frozen=True)
class Shop:
    """A party with the scopes that it alone issues in."""

    id: UUID
    own: UUID
    partners: UUID
    points: UUID


@dataclass(frozen=True)
class Lot:
    """A lot that was granted, and the transfer that granted it."""

    id: UUID
    transfer_id: UUID
    scope_id: UUID
    issuer_id: UUID
    holder_id: UUID


class Book:
    """One mall's ledger at a clock that the test moves. Every act is a transaction of its own."""

    def __init__(self, database: Database, mall_id: UUID) -> None:
        self.database = database
        self.mall_id = mall_id
        self.now = NOON
        self.network = self.wallet = mall_id  # until `open`

    async def open(self) -> "Book":
        """The mall's own party and the scopes that all shops share."""
        async with self.act() as uow:
            await postings.open_party(uow, self.mall_id, "mall", None)
            self.network = await postings.open_scope(uow, ScopeKind.NETWORK, Unit.RIAL)
            self.wallet = await postings.open_scope(uow, ScopeKind.WALLET, Unit.WALLET)
        return self

    @asynccontextmanager
    async def act(self) -> AsyncIterator[UnitOfWork]:
        """One transaction in the mall's scope, at the book's clock."""
        scope = Scope.mall(self.mall_id)
        async with self.database.unit_of_work(scope, now=self.now) as uow:
            yield uow

    async def shop(self, limit: int | None = None) -> Shop:
        """A shop that may owe `limit` rial beyond its deposit; none: as much as it likes."""
        id = new_id()
        async with self.act() as uow:
            await postings.open_party(uow, id, "merchant", limit)
            own, partners = [
                await postings.open_scope(uow, kind, Unit.RIAL, issuer_id=id)
                for kind in (ScopeKind.OWN, ScopeKind.PARTNERS)
            ]
            points = await postings.open_scope(uow, ScopeKind.OWN_POINTS, Unit.POINT, issuer_id=id)
        return Shop(id, own, partners, points)

    async def pool(self, issue_price: int, redeem_price: int) -> UUID:
        """A scope of pooled points; rial per point."""
        async with self.act() as uow:
            return await postings.open_scope(
                uow,
                ScopeKind.POOL,
                Unit.POINT,
                issue_price=issue_price,
                redeem_price=redeem_price,
            )

    async def grant(
        self,
        issuer_id: UUID,
        scope_id: UUID,
        amount: int,
        *,
        holder_id: UUID | None = None,
        holder_kind: str = "member",
        starts: datetime | None = None,
        ends: datetime | None = None,
    ) -> Lot:
        """A lot of `amount`, in the scope's unit, from `starts` (now) until `ends` (never)."""
        lot = Lot(new_id(), new_id(), scope_id, issuer_id, holder_id or new_id())
        async with self.act() as uow:
            grant = Grant(
                lot.transfer_id,
                lot.id,
                scope_id,
                issuer_id,
                holder_kind,
                lot.holder_id,
                amount,
                starts or self.now,
                ends,
                "test",
            )
            head = postings.transfer(uow, "gift", id=lot.transfer_id)
            await postings.post(uow, [head], grants=[grant])
        return lot

    async def top_up(self, member_id: UUID, amount: int) -> Lot:
        """A wallet lot of `amount` rial."""
        async with self.act() as uow:
            head = postings.transfer(uow, "top_up")
            lot_id = await postings.top_up(uow, head, self.wallet, member_id, amount)
        return Lot(lot_id, head.id, self.wallet, self.mall_id, member_id)

    def spend_of(
        self,
        transfer_id: UUID,
        lot: Lot,
        amount: int,
        at: UUID,
        *,
        value: int = 0,
        fee: int = 0,
        held: bool = False,
    ) -> Spend:
        """`value` is given where it isn't the amount."""
        return Spend(transfer_id, lot.id, amount, value or amount, fee, at, held, self.now)

    async def spend(self, lot: Lot, amount: int, at: UUID, **terms: Any) -> UUID:
        """Spends a part of a lot at a shop and answers the transfer."""
        async with self.act() as uow:
            head = postings.transfer(uow, "purchase")
            await postings.post(uow, [head], [self.spend_of(head.id, lot, amount, at, **terms)])
        return head.id

    async def hold(self, lot: Lot, amount: int, at: UUID, *, minutes: int = 2) -> UUID:
        """Pins a part of a lot and answers the reference."""
        reference = new_id()
        async with self.act() as uow:
            until = self.now + timedelta(minutes=minutes)
            spend = self.spend_of(reference, lot, amount, at)
            await postings.hold(uow, reference, [spend], until)
        return reference

    async def deposit(self, shop_id: UUID, amount: int) -> UUID:
        """Collateral comes in (or, negative, goes back)."""
        async with self.act() as uow:
            head = postings.transfer(uow, "deposit")
            await postings.deposit(uow, head, shop_id, amount)
        return head.id

    async def reverse(self, transfer_id: UUID) -> UUID:
        """Corrects a transfer and answers the correction."""
        async with self.act() as uow:
            head = postings.transfer(uow, "reversal", reverses=transfer_id)
            await postings.reverse(uow, head)
        return head.id

    async def unwind(
        self, restores: list[tuple[Lot, int, int, int, UUID]], takes: list[tuple[Lot, int]]
    ) -> Transfer:
        """Undoes spends `(lot, amount, value, fee, shop)` and grants `(lot, amount)`.

        A lot that expired meanwhile lives again for ten days.
        """
        async with self.act() as uow:
            head = postings.transfer(uow, "return")
            await postings.unwind(
                uow,
                head,
                [
                    Spend(head.id, lot.id, -amount, -value, -fee, shop, False, self.now)
                    for lot, amount, value, fee, shop in restores
                ],
                [
                    Grant(
                        head.id, lot.id, lot.scope_id, lot.issuer_id, "member", lot.holder_id,
                        -amount, self.now, None, "return",
                    )
                    for lot, amount in takes
                ],
                self.now + 10 * DAY,
            )  # fmt: skip
        return head

    async def expire(self) -> int:
        """Expires what is due."""
        async with self.act() as uow:
            return await postings.expire_due(uow)

    async def remaining(self, lot: Lot) -> int:
        """What is left of a lot."""
        return int(await self.value("SELECT remaining FROM ledger.lot WHERE id = :id", id=lot.id))

    async def value(self, statement: str, **parameters: Any) -> Any:
        """One value that the mall's scope may read."""
        async with self.act() as uow:
            return (await uow.session.execute(text(statement), parameters)).scalar()

    async def quiet(self) -> None:
        """Waits until nobody's open transaction is older than the last transfer.

        Other test processes share the server, and a checkpoint stops at the oldest of any.
        """
        async with asyncio.timeout(30):
            while not await self.value(_QUIET):  # noqa: ASYNC110  only the server knows
                await asyncio.sleep(0.02)

    async def prove(self) -> None:
        """Every invariant holds."""
        async with self.act() as uow:
            failed = [check for check in await queries.proof(uow) if not check.ok]
        assert not failed

    async def posted(self, transfer_id: UUID) -> Entries:
        """What a transfer wrote, by (account, owner, unit); every invariant holds after it."""
        await self.prove()
        async with self.act() as uow:
            driver = await uow.driver()
            rows = await driver.fetch(
                "SELECT account, owner_id, unit, amount FROM ledger.entry WHERE transfer_id = $1",
                transfer_id,
            )
            found = [((account, owner, unit), amount) for account, owner, unit, amount in rows]
        entries = dict(found)
        assert len(entries) == len(found), "an account is moved once in a transfer"
        return entries
