"""What statements say, read from what settlements keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from merchants.facade import find_accounts, shop_names
from shared_pool.settlement.models import Settlement, SettlementLine
from shared_pool.settlement.service import find_settlement
from shared_pool.standings.keeping import kept_standings
from shared_pool.standings.standing import Standing
from shared_pool.statements.statement import Statement, statement_of
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.malls import read_mall
from timcheh.text.normalise import sort_key

AGREED = ("approved", "completed")
"""States in which a statement is one: before, nobody has agreed to it."""


@dataclass(frozen=True, slots=True)
class ShopStatement:
    """A statement with whom it is for; `statement` is none where no standings were kept."""

    head: Settlement
    line: SettlementLine
    shop: str
    sheba: str | None
    previous: Settlement | None
    statement: Statement | None


async def find_statements(
    uow: UnitOfWork, settlement_id: UUID, only: UUID | None = None
) -> list[ShopStatement]:
    """The statements of a settlement's shops by name, or of one. In the mall's scope.

    Raises NotFound, also for a draft and for a shop that it doesn't concern.
    """
    found = await find_settlement(uow, settlement_id)
    lines = [line for line in found.lines if only in (None, line.merchant_id)]
    if found.head.state not in AGREED or (only and not lines):
        raise NotFound
    shops = [line.merchant_id for line in lines]
    previous = await _previous(uow, settlement_id)
    now = await kept_standings(uow, settlement_id, shops)
    before = await kept_standings(uow, previous.id, shops) if previous else {}
    names = await shop_names(uow) | {uow.scope.mall_id: (await read_mall(uow)).name}
    accounts = await find_accounts(uow, shops)
    rows = [
        ShopStatement(
            head=found.head,
            line=line,
            shop=names.get(line.merchant_id, ""),
            sheba=accounts[line.merchant_id].sheba if line.merchant_id in accounts else None,
            previous=previous,
            statement=_statement(now, before, line, names),
        )
        for line in lines
    ]
    return sorted(rows, key=lambda row: sort_key(row.shop))


def _statement(
    now: dict[UUID, Standing],
    before: dict[UUID, Standing],
    line: SettlementLine,
    names: dict[UUID, str],
) -> Statement | None:
    standing = now.get(line.merchant_id)
    if standing is None:
        return None
    return statement_of(standing, before.get(line.merchant_id), line.net, names)


async def _previous(uow: UnitOfWork, settlement_id: UUID) -> Settlement | None:
    """The newest that was agreed on before, if it kept the shops' standings."""
    found: Settlement | None = await uow.session.scalar(
        select(Settlement)
        .where(
            Settlement.mall_id == uow.scope.mall_id,
            Settlement.id < settlement_id,
            Settlement.state.in_(AGREED),
        )
        .order_by(Settlement.id.desc())
        .limit(1)
    )
    return found


async def statements_of_shop(
    uow: UnitOfWork, merchant_id: UUID, after: UUID | None, fetch: int
) -> Sequence[tuple[Settlement, SettlementLine]]:
    """What concerned a shop, newest first. In the mall's scope."""
    query = (
        select(Settlement, SettlementLine)
        .join(
            SettlementLine,
            (SettlementLine.mall_id == Settlement.mall_id)
            & (SettlementLine.settlement_id == Settlement.id),
        )
        .where(
            Settlement.mall_id == uow.scope.mall_id,
            SettlementLine.merchant_id == merchant_id,
            Settlement.state.in_(AGREED),
        )
    )
    if after is not None:
        query = query.where(Settlement.id < after)
    rows = await uow.session.execute(query.order_by(Settlement.id.desc()).limit(fetch))
    return [(head, line) for head, line in rows]
