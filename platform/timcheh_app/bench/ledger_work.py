"""The ledger's long work on a grown mall: the proof over all of it, and expiry."""

import time
from datetime import datetime
from typing import Final

from sqlalchemy import text

from shared_pool.fund import jobs
from timcheh.db import Database, Scope
from timcheh.module import JobContext
from timcheh_app import proof
from timcheh_app.bench.mall import Mall

_DUE_AFTER: Final = text(
    "SELECT l.expires_at FROM ledger.lot l"
    " WHERE l.mall_id = :mall AND l.open AND l.expires_at > :now"
    " ORDER BY l.expires_at OFFSET CAST(:lots AS bigint) - 1 LIMIT 1"
)


def prove(mall: Mall) -> float:
    """Seconds that `timcheh proof` takes. Raises RuntimeError when an invariant does not hold."""
    began = time.perf_counter()
    outcome = mall.installation.run(proof.run)
    if not outcome["ok"]:
        broken = [check for check in outcome["checks"] if not check["ok"]]
        raise RuntimeError(f"the proof fails: {broken}")
    return time.perf_counter() - began


def expire(mall: Mall, lots: int) -> float:
    """Seconds in which so many lots expire: the job itself, at the moment when they are due."""
    return mall.installation.run(lambda database: _expire(database, mall, lots))


async def _expire(database: Database, mall: Mall, lots: int) -> float:
    mall_id = mall.world.mall_id
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        asked = {"mall": mall_id, "now": uow.now, "lots": lots}
        due: datetime = (await uow.session.execute(_DUE_AFTER, asked)).scalar_one()
    began = time.perf_counter()
    await jobs.expire(JobContext(database, mall.installation.settings, mall_id, due))
    return time.perf_counter() - began
