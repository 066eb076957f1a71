"""Statements of a settlement for the mall's administrators."""

from typing import Any, Final
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from shared_pool.settlement.pages import READ, shown_result
from shared_pool.statements.paper import archive, statement_pdf
from shared_pool.statements.service import find_statements
from timcheh.web.downloads import PDF, attachment, streamed
from timcheh.web.pages import Html, PageContext

_ADDRESS: Final = "/{mall_slug:str}/mall/settlements/{settlement_id:uuid}/statements"
_ZIP: Final = "application/zip"


@get(_ADDRESS, include_in_schema=False)
async def statements_listed(
    mall_page: NamedDependency[PageContext], settlement_id: FromPath[UUID]
) -> Html:
    """Each shop's statement, and all of them at once."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        found = await find_statements(uow, settlement_id)
    context = {
        "settlement_id": settlement_id,
        "state": found[0].head.state if found else "completed",
        "created_at": found[0].head.created_at if found else None,
        "statements": [
            {
                "merchant_id": each.line.merchant_id,
                "shop": each.shop,
                "net": each.line.net,
                "result": shown_result(each.line),
            }
            for each in found
        ],
    }
    return mall_page.render("shared_pool/statements/list.html", context)


@get(_ADDRESS + "/{merchant_id:uuid}/pdf", include_in_schema=False)
async def statement_fetched(
    mall_page: NamedDependency[PageContext],
    settlement_id: FromPath[UUID],
    merchant_id: FromPath[UUID],
) -> Response[Any]:
    """One shop's statement."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        (found,) = await find_statements(uow, settlement_id, merchant_id)
    body = await statement_pdf(mall_page, found)
    return attachment(body, f"statement-{settlement_id}.pdf", PDF)


@get(_ADDRESS + "/all.zip", include_in_schema=False)
async def statements_fetched(
    mall_page: NamedDependency[PageContext], settlement_id: FromPath[UUID]
) -> Response[Any]:
    """All of them as one archive."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        found = await find_statements(uow, settlement_id)
    return streamed(archive(mall_page, found), f"statements-{settlement_id}.zip", _ZIP)


ROUTES: Final = (statements_listed, statement_fetched, statements_fetched)
