"""Invoices and credit notes: on screen, on paper, and whoever scans their code."""

from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.customers.service import spendable_here
from merchants.invoices.document import Document, credit_note_of, invoice_of
from merchants.invoices.models import Invoice
from merchants.invoices.service import Kind, find_by_token, find_issued, issue
from merchants.permissions import PURCHASES, TILL, branches_of
from merchants.purchases.listing import PurchaseDetail, read_detail
from merchants.purchases.showing import customer_text
from merchants.shops.service import find_shop
from timcheh.db import Scope
from timcheh.errors import NotFound
from timcheh.printing import pdf, roll
from timcheh.printing.face import logo_of
from timcheh.web.pages import Html, PageContext

ROLL_WIDTH: Final = 80
ROLL_MARGIN: Final = 4
_ADDRESS: Final = "/{mall_slug:str}/shop"


@post(_ADDRESS + "/purchases/{purchase_id:uuid}/invoice", include_in_schema=False, status_code=200)
async def invoice_made(
    shop_page: NamedDependency[PageContext], purchase_id: FromPath[UUID]
) -> Html:
    """Gives the purchase its invoice number, unless it has one, and shows the invoice."""
    return await _made(shop_page, "invoice", purchase_id, purchase_id)


@post(
    _ADDRESS + "/purchases/{purchase_id:uuid}/returns/{return_id:uuid}/credit-note",
    include_in_schema=False,
    status_code=200,
)
async def credit_note_made(
    shop_page: NamedDependency[PageContext],
    purchase_id: FromPath[UUID],
    return_id: FromPath[UUID],
) -> Html:
    """The same for goods that came back."""
    return await _made(shop_page, "credit_note", purchase_id, return_id)


@get(_ADDRESS + "/invoices/{document_id:uuid}", include_in_schema=False)
async def invoice_shown(
    shop_page: NamedDependency[PageContext], document_id: FromPath[UUID]
) -> Html:
    """The document on screen, with its prints."""
    return shop_page.render("merchants/invoices/one.html", await _context(shop_page, document_id))


@get(_ADDRESS + "/invoices/{document_id:uuid}/a5.pdf", include_in_schema=False)
async def invoice_a5(shop_page: NamedDependency[PageContext], document_id: FromPath[UUID]) -> Html:
    """The document on A5."""
    html = await _paper(shop_page, document_id)
    return _file(await pdf(html, "invoice-a5"), f"invoice-{document_id}.pdf")


@get(_ADDRESS + "/invoices/{document_id:uuid}/roll.pdf", include_in_schema=False)
async def invoice_roll(
    shop_page: NamedDependency[PageContext], document_id: FromPath[UUID]
) -> Html:
    """The document on a roll of 80 mm."""
    html = await _paper(shop_page, document_id)
    content = await roll(html, "invoice-roll", ROLL_WIDTH, ROLL_MARGIN)
    return _file(content, f"receipt-{document_id}.pdf")


@get("/{mall_slug:str}/invoice/{token:str}", include_in_schema=False)
async def invoice_check(front_page: NamedDependency[PageContext], token: FromPath[str]) -> Html:
    """Whether a document that somebody holds was handed out by the shop; tells of nobody."""
    scope = Scope.mall(front_page.mall.mall_id)
    async with front_page.database.unit_of_work(scope) as uow:
        issued = await find_by_token(uow, token)
        detail = await read_detail(uow, issued.merchant_id, issued.purchase_id, None)
        shop = await find_shop(uow, issued.merchant_id)
    context = {
        "mall_name": front_page.mall.name,
        "shop": shop.name,
        "document": _document(front_page, issued, detail),
        "came_back": issued.kind == "invoice" and bool(detail.returns),
    }
    return front_page.render("merchants/invoices/check.html", context)


ROUTES: Final = (
    invoice_made,
    credit_note_made,
    invoice_shown,
    invoice_a5,
    invoice_roll,
    invoice_check,
)


async def _made(page: PageContext, kind: Kind, purchase_id: UUID, document_id: UUID) -> Html:
    caller = page.caller
    branches = branches_of(caller, TILL)
    async with page.database.unit_of_work(caller.scope) as uow:
        await read_detail(uow, caller.shop, purchase_id, branches)
        await issue(uow, caller.shop, kind, document_id, caller.id)
    return page.go(page.url(f"invoices/{document_id}"))


async def _context(page: PageContext, document_id: UUID) -> dict[str, Any]:
    caller = page.caller
    branches = branches_of(caller, PURCHASES)
    async with page.database.unit_of_work(caller.scope) as uow:
        issued = await find_issued(uow, caller.shop, document_id)
        detail = await read_detail(uow, caller.shop, issued.purchase_id, branches)
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        lots = await spendable_here(uow, caller.shop, detail.head.member_id)
    customer = detail.customer
    return {
        "document": _document(page, issued, detail),
        "document_id": document_id,
        "purchase_id": issued.purchase_id,
        "customer": customer_text(
            page, customer.name if customer else None, customer.mobile if customer else None
        ),
        "number": customer.number if customer else "",
        "branch": detail.branch,
        "credit_left": sum(lot.value for lot in lots if lot.unit == "rial"),
        "points_left": sum(lot.available for lot in lots if lot.unit == "point"),
        "check": page.public_address(issued.public_path),
        "mall_name": page.mall.name,
    }


def _document(page: PageContext, issued: Invoice, detail: PurchaseDetail) -> Document:
    unnamed = page.text("purchase-unnamed")
    if issued.kind == "invoice":
        return invoice_of(issued, detail, unnamed)
    back = next((each for each in detail.returns if each.id == issued.document_id), None)
    if back is None:
        raise NotFound
    return credit_note_of(issued, detail, back, unnamed)


async def _paper(page: PageContext, document_id: UUID) -> str:
    context = await _context(page, document_id)
    context["logo"] = await logo_of(page)
    return str(page.render("merchants/invoices/paper.html", context).content)


def _file(content: bytes, name: str) -> Html:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)
