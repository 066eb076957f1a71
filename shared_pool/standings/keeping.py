"""Standings of now, and those that settlements have kept."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from shared_pool.standings.models import KeptStanding, KeptTrade
from shared_pool.standings.standing import Standing, Trade, standings_of
from timcheh.db import UnitOfWork
from timcheh.ledger import queries

_STANDING: Any = KeptStanding.__table__
_TRADE: Any = KeptTrade.__table__
_SUMS = ("clearing", "settled", "fees", "points", "outstanding", "deposit")


async def standings(uow: UnitOfWork) -> dict[UUID, Standing]:
    """Every party's standing now, all of one moment. In the mall's scope only."""
    parties = await queries.parties(uow)
    return standings_of(await queries.balances(uow), parties)


async def keep_standings(
    uow: UnitOfWork, settlement_id: UUID, found: Mapping[UUID, Standing]
) -> None:
    """With a settlement: only of shops that have any."""
    own = {"mall_id": uow.scope.mall_id, "settlement_id": settlement_id}
    heads, trades = [], []
    for shop, standing in found.items():
        sums = {name: getattr(standing, name) for name in _SUMS}
        if not any(sums.values()) and not standing.trades:
            continue
        heads.append({**own, "merchant_id": shop, **sums})
        trades += [
            {
                **own,
                "merchant_id": shop,
                "other_id": other,
                "accepted": trade.accepted,
                "spent": trade.spent,
            }
            for other, trade in standing.trades.items()
        ]
    for table, rows in ((_STANDING, heads), (_TRADE, trades)):
        if rows:
            await uow.session.execute(insert(table), rows)


async def kept_standings(
    uow: UnitOfWork, settlement_id: UUID, shops: Sequence[UUID]
) -> dict[UUID, Standing]:
    """What a settlement kept of some shops; none for one that is older than this."""
    rows = await uow.session.scalars(
        select(KeptStanding).where(
            KeptStanding.mall_id == uow.scope.mall_id,
            KeptStanding.settlement_id == settlement_id,
            KeptStanding.merchant_id.in_(shops),
        )
    )
    found = {
        row.merchant_id: Standing(**{name: getattr(row, name) for name in _SUMS}) for row in rows
    }
    trades = await uow.session.scalars(
        select(KeptTrade).where(
            KeptTrade.mall_id == uow.scope.mall_id,
            KeptTrade.settlement_id == settlement_id,
            KeptTrade.merchant_id.in_(shops),
        )
    )
    for row in trades:
        found[row.merchant_id].trades[row.other_id] = Trade(row.accepted, row.spent)
    return found
