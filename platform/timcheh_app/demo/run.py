"""`timcheh demo` and `timcheh replay`: their work, given a database that is up and migrated."""

import asyncio
import resource
import secrets
import sys
from collections.abc import Coroutine
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from timcheh.calendar import TEHRAN
from timcheh.db import Database, Role
from timcheh.settings import Settings
from timcheh_app import proof
from timcheh_app.demo.build import build
from timcheh_app.demo.extras import leave_something_to_do
from timcheh_app.demo.gateway import DemoMall, has_shops, mall_id_of
from timcheh_app.demo.invitation import invitation
from timcheh_app.demo.load import Loaded, load
from timcheh_app.demo.purchases import History, newest, so_far
from timcheh_app.demo.shops import MALL_NAME, MALL_SLUG
from timcheh_app.demo.signins import SignIns
from timcheh_app.demo.source import data_folder

REPLAY_SLUG = "replay"
_T = TypeVar("_T")


def run_demo(settings: Settings, *, weeks: int, today: date | None = None) -> None:
    """Loads the demo mall unless it is there already, and prints who can sign in where.

    The mall gets its address only when it is complete, so a load that was cut short is begun
    anew. The weeks end the day before `today` (default: today in Tehran), which
    has its own trade so far. Raises
    DemoDataMissing.
    """
    signins = _run(_demo(settings, weeks, today or _today()))
    _say(signins.lines(settings.public_url))


def run_replay(
    settings: Settings, *, weeks: int, mall: str | None, today: date | None = None
) -> int:
    """Plays the newest weeks of the history into a mall and proves the ledger.

    `mall` is a slug: a mall that isn't there is made, one without shops is filled; absent, a new
    one is made. Prints purchases per second and the proof. 0: every invariant holds; 1: not; 2:
    the mall has shops already.
    """
    return _run(_replay(settings, weeks, mall, today or _today()))


async def _demo(settings: Settings, weeks: int, today: date) -> SignIns:
    database = _open(settings)
    directory = settings.directory.secrets
    try:
        if await mall_id_of(database, MALL_SLUG) is not None:
            return SignIns.load(directory) or invitation(None, [])
        window = newest(weeks, today)
        history = await asyncio.to_thread(History, window, so_far(window, datetime.now(UTC)))
        draft = f"{MALL_SLUG}-{secrets.token_hex(4)}"
        mall = await DemoMall.create(database, MALL_NAME, draft)
        await build(mall, history)
        loaded = await load(mall, history)
        await leave_something_to_do(mall, loaded, datetime.now(UTC))
        signins = invitation(mall, loaded.regulars)
        signins.save(directory)
        await mall.rename(MALL_SLUG)
        await mall.close()
        _say(_summary(loaded))
        return signins
    finally:
        await database.stop()


async def _replay(settings: Settings, weeks: int, slug: str | None, today: date) -> int:
    data_folder()
    database = _open(settings)
    try:
        mall = await _replay_mall(database, slug)
        if mall is None:
            _say([f"The mall {slug} has shops already. Mend: name a new one, or leave --mall out."])
            return 2
        history = await asyncio.to_thread(History, newest(weeks, today))
        await build(mall, history)
        loaded = await load(mall, history)
        await mall.close()
        _say(_summary(loaded))
        outcome = await proof.run(database)
    finally:
        await database.stop()
    for check in outcome["checks"]:
        _say([f"{'ok  ' if check['ok'] else 'FAIL'}  {check['name']}  {check['detail']}"])
    _say([f"proof: {'every invariant holds' if outcome['ok'] else 'BROKEN'}"])
    return 0 if outcome["ok"] else 1


async def _replay_mall(database: Database, slug: str | None) -> DemoMall | None:
    """The mall to fill; None when the one that was named has shops."""
    if slug is None:
        number = 1
        slug = REPLAY_SLUG
        while await mall_id_of(database, slug) is not None:
            number += 1
            slug = f"{REPLAY_SLUG}-{number}"
    mall_id = await mall_id_of(database, slug)
    if mall_id is None:
        return await DemoMall.create(database, MALL_NAME, slug)
    return None if await has_shops(database, mall_id) else DemoMall(database, mall_id)


def _summary(loaded: Loaded) -> list[str]:
    tally = loaded.tally
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    lines = [
        f"{tally.purchases:,} purchases in {timedelta(seconds=round(loaded.seconds))}, "
        f"{loaded.per_second:,.0f} purchases/s, peak memory {peak} MB",
        f"{tally.total // 10:,} toman sold, {tally.spent // 10:,} toman of it paid with credit "
        "and points",
    ]
    lines += [f"{count:,} refused: {code}" for code, count in sorted(tally.refused.items())]
    return lines


def _open(settings: Settings) -> Database:
    return Database({role: settings.dsn(role) for role in Role}, pool_size=8)


def _today() -> date:
    return datetime.now(TEHRAN).date()


def _run(work: Coroutine[Any, Any, _T]) -> _T:
    import uvloop

    return uvloop.run(work)


def _say(lines: Any) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
