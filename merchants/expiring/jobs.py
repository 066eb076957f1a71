"""Once a day: whoever holds something that ends soon is told, in one message."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.types import Uuid

from merchants.expiring.finding import Due, due_members
from merchants.expiring.models import ExpiryNotice, RemindedLot
from timcheh.calendar import local_date
from timcheh.db import Scope, UnitOfWork
from timcheh.malls import MallInfo, read_mall
from timcheh.module import JobContext, RecurringJob
from timcheh.money import MoneyUnit, format_money
from timcheh.notify import Letter, queue_messages
from timcheh.text.catalogue import translate
from timcheh.text.digits import format_number
from timcheh.text.locale import Locale

_AT_ONCE: Final = 500
_NAMED: Final = 2
_INSTANT: Final = timedelta(microseconds=1)
_EVERYWHERE: Final = frozenset({"network", "wallet"})
_SHOPS: Final = text(
    """
    SELECT DISTINCT a.scope_id, m.name
    FROM ledger.acceptor a
    JOIN merchants.merchant m ON m.mall_id = a.mall_id AND m.id = a.merchant_id
    WHERE a.mall_id = :mall AND a.scope_id = ANY(:scopes) AND m.state = 'active'
      AND a.valid_from <= :at AND (a.valid_until IS NULL OR a.valid_until > :at)
    ORDER BY m.name
    """
).bindparams(bindparam("scopes", type_=ARRAY(Uuid())))


async def remind(context: JobContext) -> None:
    """Some hundred members a transaction; whoever was told today isn't told again."""
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope, now=context.now) as reading:
        mall = await read_mall(reading)
        async for members in _batches(due_members(reading)):
            async with context.database.unit_of_work(scope, now=context.now) as uow:
                await _tell(uow, mall, members)


REMIND: Final = RecurringJob("merchants.remind_expiring", remind, daily_at=time(10, 0))


async def _batches(found: AsyncIterator[Due]) -> AsyncIterator[list[Due]]:
    batch: list[Due] = []
    async for due in found:
        batch.append(due)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


async def _tell(uow: UnitOfWork, mall: MallInfo, members: Sequence[Due]) -> None:
    fresh = await _not_told_today(uow, members)
    told = [due for due in members if due.member_id in fresh]
    if not told:
        return
    lots = [{"mall_id": mall.mall_id, "lot_id": lot, "days": n} for d in told for lot, n in d.lots]
    await uow.session.execute(insert(RemindedLot).values(lots).on_conflict_do_nothing())
    shops = await _shops(uow, {scope for due in told for scope in due.scopes})
    words = _Words(mall, Locale(mall.locale), shops)
    letters = [
        Letter(due.mobile, "value-expires", words.params(due), member_id=due.member_id)
        for due in told
    ]
    await queue_messages(uow, letters, locale=words.locale)


async def _not_told_today(uow: UnitOfWork, members: Sequence[Due]) -> set[UUID]:
    """Of these, whom nobody has told today; they count as told from now on."""
    today = local_date(uow.now)
    rows = [
        {
            "mall_id": uow.scope.mall_id,
            "member_id": due.member_id,
            "day": today,
            "credit": due.credit,
            "points": due.points,
        }
        for due in members
    ]
    query = insert(ExpiryNotice).values(rows).on_conflict_do_nothing()
    return set(await uow.session.scalars(query.returning(ExpiryNotice.member_id)))


async def _shops(uow: UnitOfWork, scopes: set[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    asked = {"mall": uow.scope.mall_id, "scopes": list(scopes), "at": uow.now}
    for scope, name in await uow.session.execute(_SHOPS, asked):
        found.setdefault(scope, []).append(name)
    return found


@dataclass(frozen=True, slots=True)
class _Words:
    """What messages say, in the mall's language and unit. `shops`: who accepts each scope."""

    mall: MallInfo
    locale: Locale
    shops: Mapping[UUID, Sequence[str]]

    def params(self, due: Due) -> dict[str, Any]:
        """How much, until when at the earliest, and where it is good."""
        assert due.first_end is not None
        parts = []
        if due.credit:
            amount = format_money(due.credit, MoneyUnit(self.mall.display_unit), self.locale)
            parts.append(self._text("gift-credit", amount=amount))
        if due.points:
            count = format_number(due.points, self.locale)
            parts.append(self._text("gift-points", amount=count))
        what = parts[0]
        if len(parts) > 1:
            what = self._text("list-and", first=parts[0], last=parts[1])
        return {
            "what": what,
            "day": local_date(due.first_end - _INSTANT),
            "where": self._where(due),
            "mall": self.mall.name,
        }

    def _where(self, due: Due) -> str:
        if not _EVERYWHERE.isdisjoint(due.scopes.values()):
            return self._text("value-expires-everywhere", mall=self.mall.name)
        names = list(
            dict.fromkeys(name for scope in due.scopes for name in self.shops.get(scope, ()))
        )
        if not names:
            return self.mall.name
        if len(names) > _NAMED:
            return self._text("value-expires-more", shop=names[0], count=len(names) - 1)
        if len(names) == 1:
            return names[0]
        return self._text("list-and", first=names[0], last=names[1])

    def _text(self, message_id: str, **params: object) -> str:
        return translate(self.locale, message_id, **params)
