"""Back-tests over the API, for a shop's key."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct, convert

from merchants.backtests.arithmetic import Verdict
from merchants.backtests.forecast import USUAL_EXTRA, Forecast
from merchants.backtests.models import Backtest
from merchants.backtests.service import Wanted, ask, cancel, find_backtest, list_backtests
from timcheh.access.caller import Caller
from timcheh.db import Database, Scope
from timcheh.rules.json_schema import rule_list
from timcheh.web.bodies import Body, Moment
from timcheh.web.openapi import REFUSES

Rules = Annotated[list[Any], Meta(extra_json_schema=rule_list())]
Bps = Annotated[int, Meta(ge=0, le=1_000_000)]
_MOST = 100


class BacktestBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`rules` is the whole draft, `rule` the name of the offer in it that is tried.

    Sales before `since` only make customers known. `extra_bps`: how much more the baskets reached
    are taken to sell, from nobody to strong.
    """

    rules: Rules
    rule: Annotated[str, Meta(min_length=1, max_length=200)]
    since: Moment | None = None
    extra_bps: tuple[Bps, Bps, Bps] = USUAL_EXTRA


class BacktestOut(Struct):
    """A back-test: waiting, running (`done` of `whole` sales), done, cancelled or failed."""

    id: UUID
    rule: str
    state: str
    done: int
    whole: int
    since: datetime | None
    created_at: datetime
    forecast: Forecast | None
    verdict: Verdict | None


class BacktestsOut(Struct):
    """The newest back-tests."""

    items: list[BacktestOut]


class BacktestController(Controller):
    """A draft of the rules on the shop's own past sales."""

    path = "/api/v1/backtests"
    tags = ("offers",)

    @post(summary="Try a draft on past sales", opt={REFUSES: (409, 422)})
    async def ask(
        self,
        data: JSONBody[BacktestBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> BacktestOut:
        wanted = Wanted(data.rules, data.rule, data.since, data.extra_bps)
        async with database.unit_of_work(Scope.mall(merchant_caller.mall_id)) as uow:
            return _out(await ask(uow, merchant_caller.shop, wanted, merchant_caller.id))

    @get(summary="The newest back-tests")
    async def list(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> BacktestsOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            found = await list_backtests(uow, merchant_caller.shop, _MOST)
        return BacktestsOut([_out(row) for row in found])

    @get("/{backtest_id:uuid}", summary="A back-test with its outcome")
    async def show(
        self,
        backtest_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> BacktestOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            return _out(await find_backtest(uow, merchant_caller.shop, backtest_id))

    @post("/{backtest_id:uuid}/cancel", summary="Give a back-test up", status_code=200)
    async def cancel(
        self,
        backtest_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> BacktestOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            return _out(await cancel(uow, merchant_caller.shop, backtest_id))


def _out(row: Backtest) -> BacktestOut:
    return BacktestOut(
        row.id,
        row.rule,
        row.state,
        row.done,
        row.whole,
        row.since,
        row.created_at,
        None if row.forecast is None else convert(row.forecast, Forecast),
        None if row.verdict is None else convert(row.verdict, Verdict),
    )
