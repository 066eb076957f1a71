"""Handing out invoices and credit notes: each gets the shop's next number, and none is skipped."""

import secrets
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from merchants.invoices.models import Invoice, InvoiceCounter, Seller
from merchants.purchases.models import Purchase, PurchaseReturn
from merchants.shops.service import find_account, find_shop
from timcheh.db import UnitOfWork
from timcheh.errors import Conflict, NotFound

Kind = Literal["invoice", "credit_note"]


async def issue(
    uow: UnitOfWork, merchant_id: UUID, kind: Kind, document_id: UUID, actor_id: UUID
) -> Invoice:
    """The document over a confirmed purchase or over a return, in the shop's scope.

    The first time it is asked for it gets its number, and then keeps it. The counter's row is
    locked until the number is committed, so numbers follow each other without gaps. Raises
    NotFound, and Conflict for a purchase that isn't confirmed.
    """
    purchase_id = await _purchase_of(uow, merchant_id, kind, document_id)
    found = await _find(uow, document_id)
    if found is not None:
        return found
    number = await _next(uow, merchant_id, kind)
    # Whoever waited for the counter may have waited for this very document.
    found = await _find(uow, document_id)
    if found is not None:
        await _put_back(uow, merchant_id, kind, number)
        return found
    row = Invoice(
        mall_id=uow.scope.mall_id,
        document_id=document_id,
        merchant_id=merchant_id,
        purchase_id=purchase_id,
        kind=kind,
        number=number,
        token=secrets.token_urlsafe(12),
        seller=await seller_of(uow, merchant_id),
        issued_by=actor_id,
        issued_at=uow.now,
    )
    uow.session.add(row)
    await uow.session.flush()
    return row


async def seller_of(uow: UnitOfWork, merchant_id: UUID) -> dict[str, Any]:
    """Who the shop is on its invoices today."""
    shop = await find_shop(uow, merchant_id)
    account = await find_account(uow, merchant_id)
    more = await find_seller(uow, merchant_id)
    return {
        "name": more.legal_name or shop.name if more else shop.name,
        "national_id": account.national_id,
        "address": more.address if more else None,
        "postal_code": more.postal_code if more else None,
        "phone": more.phone if more else None,
        "economic_code": more.economic_code if more else None,
        "footer": more.footer if more else None,
    }


async def find_seller(uow: UnitOfWork, merchant_id: UUID) -> Seller | None:
    """What the shop's invoices say of it, if it has written anything."""
    return await uow.session.get(Seller, (uow.scope.mall_id, merchant_id))


async def put_seller(uow: UnitOfWork, merchant_id: UUID, says: dict[str, str | None]) -> None:
    """Changes what the shop's next invoices say of it."""
    statement = insert(Seller).values(mall_id=uow.scope.mall_id, merchant_id=merchant_id, **says)
    await uow.session.execute(
        statement.on_conflict_do_update(index_elements=["mall_id", "merchant_id"], set_=says)
    )


async def find_issued(uow: UnitOfWork, merchant_id: UUID, document_id: UUID) -> Invoice:
    """A document that the shop has handed out. Raises NotFound."""
    found = await _find(uow, document_id)
    if found is None or found.merchant_id != merchant_id:
        raise NotFound
    return found


async def find_by_token(uow: UnitOfWork, token: str) -> Invoice:
    """The document that a QR code names, in the mall's scope. Raises NotFound."""
    row = await uow.session.scalar(
        select(Invoice).where(Invoice.mall_id == uow.scope.mall_id, Invoice.token == token)
    )
    if row is None:
        raise NotFound
    return row


async def find_by_number(uow: UnitOfWork, merchant_id: UUID, kind: Kind, number: int) -> Invoice:
    """The document of a shop with a number. Raises NotFound."""
    row = await uow.session.scalar(
        select(Invoice).where(
            Invoice.mall_id == uow.scope.mall_id,
            Invoice.merchant_id == merchant_id,
            Invoice.kind == kind,
            Invoice.number == number,
        )
    )
    if row is None:
        raise NotFound
    return row


async def _purchase_of(uow: UnitOfWork, merchant_id: UUID, kind: Kind, document_id: UUID) -> UUID:
    if kind == "credit_note":
        back = await uow.session.get(PurchaseReturn, (uow.scope.mall_id, document_id))
        if back is None or back.merchant_id != merchant_id:
            raise NotFound
        return back.purchase_id
    purchase = await uow.session.get(Purchase, (uow.scope.mall_id, document_id))
    if purchase is None or purchase.merchant_id != merchant_id:
        raise NotFound
    if purchase.state != "confirmed":
        raise Conflict("invoice_of_open_purchase")
    return purchase.id


async def _find(uow: UnitOfWork, document_id: UUID) -> Invoice | None:
    found: Invoice | None = await uow.session.scalar(
        select(Invoice).where(
            Invoice.mall_id == uow.scope.mall_id, Invoice.document_id == document_id
        )
    )
    return found


async def _next(uow: UnitOfWork, merchant_id: UUID, kind: Kind) -> int:
    first = insert(InvoiceCounter).values(
        mall_id=uow.scope.mall_id, merchant_id=merchant_id, kind=kind, last=1
    )
    number: int | None = await uow.session.scalar(
        first.on_conflict_do_update(
            index_elements=["mall_id", "merchant_id", "kind"],
            set_={"last": InvoiceCounter.last + 1},
        ).returning(InvoiceCounter.last)
    )
    assert number is not None
    return number


async def _put_back(uow: UnitOfWork, merchant_id: UUID, kind: Kind, number: int) -> None:
    """The counter's row is still locked by this transaction: nobody has seen the number."""
    counter = insert(InvoiceCounter).values(
        mall_id=uow.scope.mall_id, merchant_id=merchant_id, kind=kind, last=number - 1
    )
    await uow.session.execute(
        counter.on_conflict_do_update(
            index_elements=["mall_id", "merchant_id", "kind"], set_={"last": number - 1}
        )
    )
