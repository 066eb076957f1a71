"""Where the fund stands now, for the pages of others."""

from shared_pool.fund.board import FundView, fund_view
from timcheh.db import UnitOfWork
from timcheh.ledger import queries


async def fund_now(uow: UnitOfWork) -> FundView:
    """In the mall's scope."""
    return fund_view(await queries.fund(uow), await queries.positions(uow))
