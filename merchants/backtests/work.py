"""Doing a back-test: `python -m merchants.backtests.work`, a process of its own.

Its arithmetic would hold up whatever else the worker does. What to do comes as a line of JSON on
stdin, which then stays open: when the worker is gone, for whatever reason, so is this.
"""

import asyncio
import gc
import os
import sys
import threading
from collections.abc import (
    Hashable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import aclosing, contextmanager
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import Struct, convert, json, to_builtins
from sqlalchemy import update

from merchants.audience.scale import find_scale
from merchants.backtests.ahead import ahead, meanwhile
from merchants.backtests.arithmetic import Verdict, judge
from merchants.backtests.forecast import Assumptions, Forecast, forecast
from merchants.backtests.models import Backtest
from merchants.backtests.reading import (
    Reach,
    count_sales,
    known_customers,
    lines_of,
    past_sales,
)
from merchants.backtests.sales import Clientele
from merchants.backtests.trial import Moment, Terms, Totals, Trial
from merchants.margins.margins import Margins
from merchants.margins.queries import read_margins
from merchants.programme.queries import read_scopes
from timcheh.db import Database, Role, Scope
from timcheh.money import BPS_WHOLE
from timcheh.rules import BasketLine, parse_rules
from timcheh.rules.facts import NETWORK

STEP: Final = 5_000
"""Sales that are read at once, and between two looks at whether it is still wanted."""
_STDIN: Final = 0
_CONNECTIONS: Final = 3
"""For the sales, for their lines beside them, and for what others see of it."""
_OF_GROUPS: Final = frozenset({"basket.groups", "customer.product_groups"})
_USUAL_WHERE_NONE: Final = 2_000_000
"""A basket (rial) to judge by where the shop has sold nothing yet."""


_ROUND_TO: Final = -4
"""Digits of rial: a usual basket is told to the nearest thousand toman."""


_Read = tuple[Sequence[Moment], Mapping[Hashable, Sequence[BasketLine]]]
"""Sales that are to be reckoned, and the lines of each."""


class Errand(Struct, frozen=True):
    """Which back-test, and the database's addresses by role."""

    mall_id: UUID
    backtest_id: UUID
    dsns: dict[str, str]


class GivenUp(Exception):
    """Somebody cancelled it."""


async def run(database: Database, mall_id: UUID, backtest_id: UUID) -> None:
    """Reads, reckons, and keeps the outcome. Nothing happens to one that is over or cancelled."""
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        asked = await uow.session.get_one(Backtest, (mall_id, backtest_id))
        margins = await read_margins(uow, asked.merchant_id) or Margins(0)
        scopes = {
            name: Terms(row[1], row[3])
            for name, row in (await read_scopes(uow, asked.merchant_id)).items()
        }
    watch = _Watch(database, mall_id, backtest_id)
    try:
        with _without_collector():
            totals = await _try(database, asked, margins, scopes, watch)
    except GivenUp:
        return
    found = forecast(totals, convert(asked.assumptions, Assumptions))
    verdict = _verdict(asked, totals, scopes, margins)
    await watch.finish(found, verdict)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Sales make no reference cycles, and looking for some among all customers took two fifths of a
    back-test's time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def _try(
    database: Database,
    asked: Backtest,
    margins: Margins,
    scopes: Mapping[str, Terms],
    watch: "_Watch",
) -> Totals:
    before, after = parse_rules(asked.base), parse_rules(asked.rules)
    facts = frozenset[str]().union(*(rule.facts for rule in (*before, *after)))
    shop = asked.merchant_id
    reach = Reach(
        shop,
        asked.created_at,
        margins,
        with_groups=not facts.isdisjoint(_OF_GROUPS),
        with_skus="basket.skus" in facts,
    )
    scope = Scope.mall(asked.mall_id)
    async with database.unit_of_work(scope) as uow, database.unit_of_work(scope) as beside:
        await watch.begin(await count_sales(uow, reach))
        known = await known_customers(
            uow,
            shop,
            with_neighbours=NETWORK in facts,
            with_persons=any(fact.startswith("member.") for fact in facts),
        )
        clientele = Clientele(known, await find_scale(uow, shop))
        trial = Trial(before, after, scopes, clientele, asked.since)
        done = 0
        read: _Read = ([], {})
        async with aclosing(ahead(past_sales(uow, reach, STEP))) as chunks:
            async for sales in chunks:
                moments = [moment for sale in sales if (moment := trial.weigh(sale)) is not None]
                ids = [moment.sale.id for moment in moments]
                async with meanwhile(lines_of(beside, ids)) as lines:
                    _reckon(trial, read)
                    read = (moments, await lines)
                done += len(sales)
                await watch.reached(done)
        _reckon(trial, read)
    return trial.totals


def _reckon(trial: Trial, read: _Read) -> None:
    moments, lines = read
    for moment in moments:
        if moment.sale.id in lines:  # else all of it came back since it was read
            trial.reckon(moment, lines[moment.sale.id])


def _verdict(
    asked: Backtest, totals: Totals, scopes: Mapping[str, Terms], margins: Margins
) -> Verdict | None:
    """On the basket that is usual where the offer doesn't reach, at the margin that was kept."""
    others = totals.sales - totals.reached
    revenue = totals.revenue - totals.reached_revenue
    exact = revenue // others if others else totals.revenue // max(totals.sales, 1)
    usual = round(exact, _ROUND_TO) or exact
    margin = totals.margin * BPS_WHOLE // totals.revenue if totals.revenue else margins.default
    before, after = parse_rules(asked.base), parse_rules(asked.rules)
    return judge(before, after, scopes, margin, usual or _USUAL_WHERE_NONE)


class _Watch:
    """The row that others see: how far it is, whether it is still wanted."""

    def __init__(self, database: Database, mall_id: UUID, backtest_id: UUID) -> None:
        self._database, self._mall_id, self._id = database, mall_id, backtest_id

    async def begin(self, whole: int) -> None:
        """Raises GivenUp."""
        await self._set(("waiting", "running"), state="running", whole=whole, done=0)

    async def reached(self, done: int) -> None:
        """Raises GivenUp."""
        await self._set(("running",), done=done)

    async def finish(self, found: Forecast, verdict: Verdict | None) -> None:
        values = {"forecast": to_builtins(found), "done": found.sales, "state": "done"}
        if verdict is not None:
            values["verdict"] = to_builtins(verdict)
        try:
            await self._set(("running",), finished=True, **values)
        except GivenUp:
            return

    async def _set(self, states: tuple[str, ...], *, finished: bool = False, **values: Any) -> None:
        async with self._database.unit_of_work(Scope.mall(self._mall_id)) as uow:
            stamp: dict[str, datetime] = {}
            if finished:
                stamp["finished_at"] = uow.now
            elif "state" in values:
                stamp["started_at"] = uow.now
            changed: Any = await uow.session.execute(
                update(Backtest)
                .where(
                    Backtest.mall_id == self._mall_id,
                    Backtest.id == self._id,
                    Backtest.state.in_(states),
                )
                .values(**values, **stamp)
            )
        if changed.rowcount == 0:
            raise GivenUp


def main() -> None:
    """What the process does."""
    errand = json.decode(sys.stdin.buffer.readline(), type=Errand)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    asyncio.run(_do(errand))


async def _do(errand: Errand) -> None:
    database = Database(
        {Role(role): dsn for role, dsn in errand.dsns.items()}, pool_size=_CONNECTIONS
    )
    try:
        await run(database, errand.mall_id, errand.backtest_id)
    finally:
        await database.stop()


def _end_with_parent() -> None:
    # Not through `sys.stdin`: a thread that holds its lock makes the interpreter abort at its end.
    while os.read(_STDIN, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
