"""The real shopping history through the purchase path, in this process: no server, no batches but
those that the path makes by itself."""

from datetime import UTC, datetime
from functools import cache

import uvloop

from timcheh.calendar import TEHRAN
from timcheh.db import Database, Role
from timcheh.ids import new_id
from timcheh_app.bench.servers import Installation
from timcheh_app.demo.build import build
from timcheh_app.demo.gateway import DemoMall
from timcheh_app.demo.load import load
from timcheh_app.demo.purchases import History, newest


@cache
def _history(weeks: int) -> History:
    return History(newest(weeks, datetime.now(UTC).astimezone(TEHRAN).date()))


def measure(installation: Installation, weeks: int) -> dict[str, float]:
    """Purchases a second, of so many weeks in a new mall; the nights between them are in it.

    Raises DemoDataMissing where the history isn't installed.
    """
    settings = installation.settings

    async def play() -> float:
        database = Database({role: settings.dsn(role) for role in Role}, pool_size=8)
        try:
            mall = await DemoMall.create(database, "سنجش", f"replay-{new_id().hex}")
            await build(mall, _history(weeks))
            loaded = await load(mall, _history(weeks))
            await mall.close()
            return loaded.per_second
        finally:
            await database.stop()

    return {"replay_per_s": uvloop.run(play())}
