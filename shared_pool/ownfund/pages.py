"""The fund as one shop sees it: where it stands, with whom, what covers it, its statements."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.facade import shop_names
from shared_pool.ownfund.queries import AGES, SOON, issued_credit, under_way
from shared_pool.settlement.pages import shown_result
from shared_pool.standings.keeping import kept_standings, standings
from shared_pool.standings.standing import Standing
from shared_pool.statements.paper import statement_pdf
from shared_pool.statements.service import find_statements, statements_of_shop
from shared_pool.statements.statement import statement_of
from timcheh.db import Scope
from timcheh.ids import read_id
from timcheh.ledger import queries
from timcheh.web.downloads import PDF, attachment
from timcheh.web.pages import Html, PageContext

READ: Final = "statements.read"
_PAGE: Final = 12


@get("/{mall_slug:str}/shop/fund", include_in_schema=False)
async def own_fund(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's position now, and its statements."""
    caller = shop_page.caller
    caller.require(READ)
    after = read_id(shop_page.request.query_params.get("after"))
    # Balances can't be read in a shop's scope: what is shown of them is only its own.
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        standing = (await standings(uow))[caller.shop]
        rows = await statements_of_shop(uow, caller.shop, after, _PAGE + 1)
        newest = rows[0] if rows and after is None else None
        before = await kept_standings(uow, newest[0].id, [caller.shop]) if newest else {}
        names = await shop_names(uow) | {caller.mall_id: shop_page.mall.name}
        on_its_way = await under_way(uow, caller.shop)
        room = await queries.room_left(uow, caller.shop)
        limit = await queries.credit_limit(uow, caller.shop)
    since = statement_of(standing, before.get(caller.shop), standing.clearing, names)
    cover = None if limit is None else limit + standing.deposit
    shown = rows[:_PAGE]
    return shop_page.render(
        "shared_pool/ownfund/fund.html",
        {
            "position": standing.clearing,
            "on_its_way": on_its_way,
            "since": newest[0].created_at if caller.shop in before and newest else None,
            "partners": _partners(standing, before.get(caller.shop), names),
            "fees": since.fees,
            "points": since.points,
            "wallet": since.wallet,
            "deposit": standing.deposit,
            "limit": limit,
            "cover": cover,
            "used": None if cover is None else cover - room,
            "statements": [
                {
                    "id": head.id,
                    "at": head.created_at,
                    "net": line.net,
                    "result": shown_result(line),
                    "note": line.note or "",
                }
                for head, line in shown
            ],
            "next": f"{shop_page.url('fund')}?after={shown[-1][0].id}" if len(rows) > _PAGE else "",
            "previous": shop_page.url("fund") if after else "",
        },
    )


@get("/{mall_slug:str}/shop/fund/credit", include_in_schema=False)
async def own_credit(shop_page: NamedDependency[PageContext]) -> Html:
    """What became of the credit that the shop has issued: a part of the page above."""
    caller = shop_page.caller
    caller.require(READ)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        issued = await issued_credit(uow, caller.shop)
    edges = (0, *AGES)
    context = {
        "issued": issued,
        "soon_days": SOON,
        "ages": [
            (
                shop_page.text("own-credit-age", start=start, end=end)
                if end
                else shop_page.text("own-credit-older", start=start),
                amount,
            )
            for start, end, amount in zip(edges, (*AGES, None), issued.ages, strict=True)
        ],
    }
    return shop_page.render("shared_pool/ownfund/_credit.html", context)


@get("/{mall_slug:str}/shop/fund/statements/{settlement_id:uuid}/pdf", include_in_schema=False)
async def own_statement(
    shop_page: NamedDependency[PageContext], settlement_id: FromPath[UUID]
) -> Response[Any]:
    """The shop's own statement of a settlement."""
    caller = shop_page.caller
    caller.require(READ)
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        (found,) = await find_statements(uow, settlement_id, caller.shop)
    body = await statement_pdf(shop_page, found)
    return attachment(body, f"statement-{settlement_id}.pdf", PDF)


ROUTES: Final = (own_fund, own_credit, own_statement)


def _partners(
    now: Standing, before: Standing | None, names: Mapping[UUID, str]
) -> list[dict[str, Any]]:
    """Both ways with each shop since a settlement, the largest turnover first."""
    since = before or Standing()
    trades = [(other, trade - since.trades[other]) for other, trade in now.trades.items()]
    trades = [(other, trade) for other, trade in trades if trade.accepted or trade.spent]
    return [
        {
            "name": names.get(other, ""),
            "accepted": trade.accepted,
            "spent": trade.spent,
            "net": trade.accepted - trade.spent,
        }
        for other, trade in sorted(trades, key=lambda each: -(each[1].accepted + each[1].spent))
    ]
