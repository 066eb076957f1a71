"""Doing the back-tests that wait, one after another."""

import asyncio
import sys
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog
from msgspec import json
from sqlalchemy import select, update

from merchants.backtests.models import Backtest
from merchants.backtests.service import ASKED
from merchants.backtests.work import Errand
from timcheh.db import Role, Scope
from timcheh.module import JobContext, RecurringJob

_log = structlog.get_logger(__name__)


async def run_waiting(context: JobContext) -> None:
    """Until none waits. One that says it runs was left behind by a worker that died."""
    while (waiting := await _next(context)) is not None:
        if not await _in_own_process(context, waiting):
            await _fail(context, waiting)


async def _next(context: JobContext) -> UUID | None:
    async with context.database.unit_of_work(Scope.mall(context.mall_id)) as uow:
        found: UUID | None = await uow.session.scalar(
            select(Backtest.id)
            .where(Backtest.mall_id == context.mall_id, Backtest.state.in_(("waiting", "running")))
            .order_by(Backtest.created_at, Backtest.id)
            .limit(1)
        )
        return found


async def _in_own_process(context: JobContext, backtest_id: UUID) -> bool:
    """Whether it came to its end. Its process ends with this one."""
    roles = (Role.APP,)
    dsns = {role.value: context.database.dsn(role) for role in roles}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "merchants.backtests.work", stdin=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    try:
        process.stdin.write(json.encode(Errand(context.mall_id, backtest_id, dsns)) + b"\n")
        await process.stdin.drain()
        status = await process.wait()
    except (BrokenPipeError, ConnectionResetError):
        status = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if status != 0:
        _log.error("back-test failed", mall=str(context.mall_id), status=status)
    return status == 0


async def _fail(context: JobContext, backtest_id: UUID) -> None:
    async with context.database.unit_of_work(Scope.mall(context.mall_id)) as uow:
        await uow.session.execute(
            update(Backtest)
            .where(
                Backtest.mall_id == context.mall_id,
                Backtest.id == backtest_id,
                Backtest.state.in_(("waiting", "running")),
            )
            .values(state="failed", finished_at=uow.now)
        )


BACKTESTS: Final = RecurringJob(
    "merchants.backtests", run_waiting, every=timedelta(minutes=5), wake_on=(ASKED,)
)
