"""The fund for the mall's administrators: board, what a cell is made of, closing proof."""

from typing import Final
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.facade import shop_names
from shared_pool.fund.board import fund_view, grid_of, standings
from shared_pool.fund.queries import newest_seal, spent_entries
from shared_pool.settlement.service import open_settlement
from timcheh.errors import NotFound
from timcheh.ledger import queries
from timcheh.text.catalogue import has_text
from timcheh.web.pages import Html, PageContext

READ: Final = "fund.read"
SETTLE: Final = "fund.settle"
_ENTRIES: Final = 200


@get("/{mall_slug:str}/mall/fund", include_in_schema=False)
async def board(mall_page: NamedDependency[PageContext]) -> Html:
    """Who issued, where it was spent, and what follows."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        names = await shop_names(uow)
        positions = await queries.positions(uow)
        fund = await queries.fund(uow)
        spent = await queries.matrix(uow)
        in_progress = await open_settlement(uow)
    return mall_page.render(
        "shared_pool/fund/overview.html",
        {
            "fund": fund_view(fund, positions),
            "grid": grid_of(spent, names, mall_page.url()),
            "positions": standings(positions, spent, names),
            "period": mall_page.text("fund-since-start"),
            "can_settle": mall_page.caller.may(SETTLE),
            "open_settlement": in_progress,
        },
    )


@get("/{mall_slug:str}/mall/fund/{issuer_id:uuid}/{acceptor_id:uuid}", include_in_schema=False)
async def cell(
    mall_page: NamedDependency[PageContext], issuer_id: FromPath[UUID], acceptor_id: FromPath[UUID]
) -> Html:
    """What one sum of the matrix is made of: the newest entries between two shops."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        names = await shop_names(uow)
        if issuer_id not in names or acceptor_id not in names:
            raise NotFound
        entries = await spent_entries(uow, issuer_id, acceptor_id, _ENTRIES)
        total = (await queries.matrix(uow)).get((issuer_id, acceptor_id), 0)
    return mall_page.render(
        "shared_pool/fund/cell.html",
        {
            "issuer": names[issuer_id],
            "acceptor": names[acceptor_id],
            "entries": entries,
            "total": total,
            "most": _ENTRIES,
        },
    )


@get("/{mall_slug:str}/mall/proof", include_in_schema=False)
async def proof(mall_page: NamedDependency[PageContext]) -> Html:
    """Every invariant, checked now."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        checks = await queries.proof(uow)
        seal = await newest_seal(uow)
    shown = [
        {
            "name": _name(mall_page, check.name),
            "ok": check.ok,
            "detail": "" if check.ok else check.detail,
        }
        for check in checks
    ]
    return mall_page.render(
        "shared_pool/fund/proof.html",
        {
            "proof": {
                "ok": all(check.ok for check in checks),
                "at": mall_page.now,
                "checks": shown,
            },
            "seal": seal,
        },
    )


def _name(page: PageContext, check: str) -> str:
    message = f"proof-check-{check}"
    return page.text(message) if has_text(page.locale, message) else check


ROUTES: Final = (board, cell, proof)
