"""The fund for the mall's administrators: board, what a cell is made of, closing proof."""

from typing import Any, Final
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.facade import read_detail, shop_names
from shared_pool.fund.behind import shown_purchase
from shared_pool.fund.board import fund_view, grid_of, standings
from shared_pool.fund.closing import closings
from shared_pool.fund.queries import cell_total, newest_seal, spent_entries, spent_within
from shared_pool.fund.sheets import send_workbook
from shared_pool.settlement.service import open_settlement
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.ids import read_id
from timcheh.ledger import queries
from timcheh.sheets import MOST_ROWS, Cell
from timcheh.text.catalogue import has_text
from timcheh.web.pages import Html, PageContext
from timcheh.web.period import page_period, picker, told

READ: Final = "fund.read"
SETTLE: Final = "fund.settle"
_CHOICES: Final = ("all", "month", "last", "quarter")
_ROWS: Final = 50
_DAYS: Final = 31
_CELL: Final = "/{mall_slug:str}/mall/fund/{issuer_id:uuid}/{acceptor_id:uuid}"


@get("/{mall_slug:str}/mall/fund", include_in_schema=False)
async def board(mall_page: NamedDependency[PageContext]) -> Html:
    """Who issued, where it was spent, and what follows."""
    mall_page.caller.require(READ)
    period = page_period(mall_page)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        names = await shop_names(uow)
        positions = await queries.positions(uow)
        exposures = await queries.exposures(uow)
        fund = await queries.fund(uow)
        spent = await queries.matrix(uow)
        shown = spent if period.choice == "all" else await spent_within(uow, period)
        in_progress = await open_settlement(uow)
    return mall_page.render(
        "shared_pool/fund/overview.html",
        {
            "fund": fund_view(fund, positions),
            "grid": grid_of(shown, names, mall_page.url(), period.query),
            "positions": standings(positions, spent, names, exposures),
            "period": period,
            "picker": picker(mall_page, period, mall_page.url("fund"), _CHOICES),
            "query": period.query,
            "can_settle": mall_page.caller.may(SETTLE),
            "open_settlement": in_progress,
        },
    )


@get("/{mall_slug:str}/mall/fund/matrix.xlsx", include_in_schema=False)
async def matrix_sheet(mall_page: NamedDependency[PageContext]) -> Response[Any]:
    """The matrix as a sheet: a row for each pair of shops."""
    mall_page.caller.require(READ)
    period = page_period(mall_page)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        names = await shop_names(uow)
        spent = await spent_within(uow, period)
    rows: list[list[Cell]] = [
        [names.get(issuer, ""), names.get(acceptor, ""), amount]
        for (issuer, acceptor), amount in sorted(spent.items(), key=lambda each: -each[1])
    ]
    return await send_workbook(mall_page, "fund-matrix", ("issuer", "acceptor", "value"), rows)


@get("/{mall_slug:str}/mall/fund/positions.xlsx", include_in_schema=False)
async def positions_sheet(mall_page: NamedDependency[PageContext]) -> Response[Any]:
    """Where every shop stands, as a sheet."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        names = await shop_names(uow)
        positions = await queries.positions(uow)
        exposures = await queries.exposures(uow)
        spent = await queries.matrix(uow)
    rows: list[list[Cell]] = [
        [
            row.name,
            row.accepted,
            row.issued_spent,
            row.clearing,
            row.deposit,
            row.credit_limit,
            row.used,
        ]
        for row in standings(positions, spent, names, exposures)
    ]
    columns = ("shop", "accepted", "spent", "net", "deposit", "limit", "used")
    return await send_workbook(mall_page, "fund-positions", columns, rows)


@get(_CELL, include_in_schema=False)
async def cell(
    mall_page: NamedDependency[PageContext], issuer_id: FromPath[UUID], acceptor_id: FromPath[UUID]
) -> Html:
    """What one sum of the matrix is made of: the entries between two shops, newest first."""
    mall_page.caller.require(READ)
    period, asked = page_period(mall_page), mall_page.request.query_params
    after = read_id(asked.get("after"))
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        issuer, acceptor = await _pair(uow, issuer_id, acceptor_id)
        entries = await spent_entries(uow, issuer_id, acceptor_id, period, after, _ROWS + 1)
        total, count = await cell_total(uow, issuer_id, acceptor_id, period)
    here = mall_page.url(f"fund/{issuer_id}/{acceptor_id}")
    shown = entries[:_ROWS]
    on = f"{period.query or '?'}&after={shown[-1].transfer_id}" if len(entries) > _ROWS else ""
    return mall_page.render(
        "shared_pool/fund/cell.html",
        {
            "issuer": issuer,
            "acceptor": acceptor,
            "here": here,
            "query": period.query,
            "period": told(mall_page, period),
            "entries": shown,
            "total": total,
            "count": count,
            "next": here + on.replace("?&", "?") if on else "",
            "previous": here + period.query if after else "",
        },
    )


@get(_CELL + "/entries.xlsx", include_in_schema=False)
async def cell_sheet(
    mall_page: NamedDependency[PageContext], issuer_id: FromPath[UUID], acceptor_id: FromPath[UUID]
) -> Response[Any]:
    """The entries of a cell as a sheet, all of them."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        await _pair(uow, issuer_id, acceptor_id)
        entries = await spent_entries(
            uow, issuer_id, acceptor_id, page_period(mall_page), None, MOST_ROWS
        )
    rows: list[list[Cell]] = [
        [each.at, mall_page.text(f"transfer-{each.kind}"), each.amount, str(each.purchase_id or "")]
        for each in entries
    ]
    return await send_workbook(mall_page, "fund-entries", ("at", "what", "value", "purchase"), rows)


@get(_CELL + "/{purchase_id:uuid}", include_in_schema=False)
async def why(
    mall_page: NamedDependency[PageContext],
    issuer_id: FromPath[UUID],
    acceptor_id: FromPath[UUID],
    purchase_id: FromPath[UUID],
) -> Html:
    """The purchase behind an entry: what paid it and why it gave what it gave."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        issuer, _ = await _pair(uow, issuer_id, acceptor_id)
        names = await shop_names(uow)
        detail = await read_detail(uow, acceptor_id, purchase_id, None)
    back = {"issuer": issuer, "back": mall_page.url(f"fund/{issuer_id}/{acceptor_id}")}
    shown = shown_purchase(mall_page, detail, names)
    return mall_page.render("shared_pool/fund/why.html", shown | back)


@get("/{mall_slug:str}/mall/proof", include_in_schema=False)
async def proof(mall_page: NamedDependency[PageContext]) -> Html:
    """Every invariant, checked now."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        checks = await queries.proof(uow)
        seal = await newest_seal(uow)
        days = await closings(uow, _DAYS)
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
            "days": [
                {
                    "day": each.day,
                    "at": each.checked_at,
                    "ok": not each.failed,
                    "checks": each.checks,
                    "failed": [_name(mall_page, check["name"]) for check in each.failed],
                    "number": each.number,
                    "hash": each.hash.hex() if each.hash else "",
                }
                for each in days
            ],
        },
    )


async def _pair(uow: UnitOfWork, issuer_id: UUID, acceptor_id: UUID) -> tuple[str, str]:
    """Both shops' names. Raises NotFound."""
    names = await shop_names(uow)
    if issuer_id not in names or acceptor_id not in names:
        raise NotFound
    return names[issuer_id], names[acceptor_id]


def _name(page: PageContext, check: str) -> str:
    message = f"proof-check-{check}"
    return page.text(message) if has_text(page.locale, message) else check


ROUTES: Final = (board, matrix_sheet, positions_sheet, cell, cell_sheet, why, proof)
