"""A back-test over a whole year: the real history, copied into one shop as its own sales.

All of the mall's purchases become one shop's, because one shop is what a back-test looks at: so it
is as large as the whole mall's year. The copy isn't measured.
"""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from itertools import islice
from time import perf_counter
from typing import Any, Final
from uuid import UUID, uuid5

import asyncpg
import uvloop

from mall_portal.facade import create_mall, onboard
from merchants.facade import (
    NewShop,
    WantedTrial,
    ask_backtest,
    keep_margins,
    publish_rules,
    run_backtest,
)
from timcheh.calendar import TEHRAN
from timcheh.db import Database, Role, Scope
from timcheh.ids import NIL, new_id
from timcheh.rules import line_total
from timcheh.rules.basket import MILLI
from timcheh_app.bench.servers import Installation
from timcheh_app.demo.purchases import History, Visit, newest

_AT_ONCE: Final = 5_000
A_YEAR: Final = 52
"""Weeks."""
_PURCHASE: Final = (
    "mall_id", "id", "merchant_id", "member_id", "total", "discount", "spent_value", "to_pay",
    "rules_version", "occurred_at", "created_at", "state", "reasons",
)  # fmt: skip
_LINE: Final = (
    "mall_id", "purchase_id", "line", "merchant_id", "member_id", "quantity_milli", "unit_price",
    "total", "discount", "spent_value", "paid", "name", "group",
)  # fmt: skip
Json = dict[str, Any]


def _credit(name: str, bps: int, *conditions: Json, **more: Any) -> Json:
    effect = {"effect": "credit_percent", "bps": bps, "scope": "own", "expires_in_days": 30}
    when: Json = {"when": {"all": list(conditions)}} if conditions else {}
    return {"name": name, "then": [effect], **when, **more}


def _is(fact: str, op: str, value: object) -> Json:
    return {"fact": fact, "op": op, "value": value}


_BASE: Final = [
    _credit("usual", 500),
    _credit("weekend", 300, _is("time.weekday", "in", ["thursday", "friday"])),
]
_WIN_BACK: Final = _credit(
    "win-back",
    3_500,
    _is("customer.purchases", ">", 4),
    _is("customer.days_since_last", ">=", 14),
)
_BASKET: Final = _credit(
    "basket", 2_000, _is("basket.total", ">=", 6_000_000), priority=9, exclusive=True
)


_BUDGET: Final = _credit("budget", 1_000, budget=10**12)
_OFFERS: Final = (("", _WIN_BACK), ("_many", _BASKET), ("_all", _BUDGET))


def measure(installation: Installation, weeks: int) -> dict[str, float]:
    """Seconds for an offer that few sales reach, for one that many reach, and for one with a budget
    that all have a part in: every single sale is reckoned.

    Raises DemoDataMissing where the history isn't installed.
    """
    history = History(newest(weeks, datetime.now(UTC).astimezone(TEHRAN).date()))
    period = "year" if weeks >= A_YEAR else f"{weeks}w"
    return uvloop.run(_measure(installation, history, period))


async def _measure(installation: Installation, history: History, period: str) -> dict[str, float]:
    settings = installation.settings
    database = Database({role: settings.dsn(role) for role in Role}, pool_size=4)
    try:
        mall_id, shop = await _shop(database)
        sales = await _copy(database.dsn(Role.OWNER), mall_id, shop, history)
        found: dict[str, float] = {"backtest_sales": float(sales)}
        for kind, offer in _OFFERS:
            async with database.unit_of_work(Scope.mall(mall_id)) as uow:
                wanted = WantedTrial([*_BASE, offer], offer["name"])
                asked = await ask_backtest(uow, shop, wanted, shop)
            began = perf_counter()
            await run_backtest(database, mall_id, asked.id)
            found[f"backtest_{period}{kind}_s"] = perf_counter() - began
        return found
    finally:
        await database.stop()


async def _shop(database: Database) -> tuple[UUID, UUID]:
    mall = await create_mall(database, "سنجش", f"backtest-{new_id().hex}")
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        made = await onboard(uow, NewShop("فروشگاه", "shop"), 10**15)
        await publish_rules(uow, made.merchant.id, _BASE, made.merchant.id)
        await keep_margins(uow, made.merchant.id, 3_000, {})
    return mall.mall_id, made.merchant.id


async def _copy(dsn: str, mall: UUID, shop: UUID, history: History) -> int:
    connection = await asyncpg.connect(dsn)
    copied = 0
    try:
        async for visits in _chunks(history.visits()):
            ids = [new_id() for _ in visits]
            heads = [_head(mall, shop, id, visit) for id, visit in zip(ids, visits, strict=True)]
            lines = [
                row
                for id, visit in zip(ids, visits, strict=True)
                for row in _lines(mall, shop, id, visit)
            ]
            for table, columns, rows in (
                ("purchase", _PURCHASE, heads),
                ("purchase_line", _LINE, lines),
            ):
                await connection.copy_records_to_table(
                    table, schema_name="merchants", columns=columns, records=rows
                )
            copied += len(visits)
        await connection.execute("ANALYZE merchants.purchase, merchants.purchase_line")
    finally:
        await connection.close()
    return copied


async def _chunks(visits: Iterator[Visit]) -> AsyncIterator[list[Visit]]:
    while chunk := list(islice(visits, _AT_ONCE)):
        yield chunk


def _member(visit: Visit) -> UUID:
    return uuid5(NIL, visit.person.mobile)


def _head(mall: UUID, shop: UUID, id: UUID, visit: Visit) -> tuple[Any, ...]:
    total = sum(line_total(line.quantity * MILLI, line.unit_price) for line in visit.lines)
    at = visit.occurred_at
    return (mall, id, shop, _member(visit), total, 0, 0, total, 1, at, at, "confirmed", "[]")


def _lines(mall: UUID, shop: UUID, id: UUID, visit: Visit) -> Iterator[tuple[Any, ...]]:
    for index, line in enumerate(visit.lines):
        total = line_total(line.quantity * MILLI, line.unit_price)
        yield (
            mall, id, index, shop, _member(visit), line.quantity * MILLI, line.unit_price,
            total, 0, 0, total, line.name, line.group,
        )  # fmt: skip
