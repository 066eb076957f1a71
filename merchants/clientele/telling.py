"""What a shop knows of a customer beyond purchases, in words."""

from uuid import UUID

from members.facade import FACTS, write_fact
from merchants.clientele.provenance import find_provenance
from merchants.customers.models import Customer
from merchants.profiles.fields import list_fields, write_value
from merchants.profiles.service import find_customer_profile
from timcheh.db import UnitOfWork
from timcheh.web.pages import PageContext

_CODES = ("gender", "marital_status")


async def told_of(uow: UnitOfWork, page: PageContext, member_id: UUID) -> list[tuple[str, str]]:
    """Label and text of all that is known."""
    row = await find_customer_profile(uow, page.caller.shop, member_id)
    if row is None:
        return []
    told = [
        (page.text(f"fact-{fact}"), _fact(page, fact, getattr(row, fact)))
        for fact in FACTS
        if getattr(row, fact) is not None
    ]
    for field in await list_fields(uow, page.caller.shop):
        text = write_value(field, row.custom.get(str(field.id)), page.locale)
        if text:
            shown = page.text(f"ui-{text}") if field.kind == "yes_no" else text
            told.append((field.label, shown))
    if row.note:
        told.append((page.text("fact-note"), row.note))
    return told


async def way_of(uow: UnitOfWork, page: PageContext, customer: Customer) -> str:
    """How someone became a customer: the way, the branch, by whose hand. In the mall's scope."""
    way = await find_provenance(uow, customer)
    parts = (page.text(f"customer-way-{customer.source}"), way.door, way.branch, way.actor)
    return f"{page.text('ui-comma')} ".join(filter(None, parts))


def _fact(page: PageContext, fact: str, value: object) -> str:
    if fact in _CODES:
        return page.text(f"fact-{fact}-{value}")
    return write_fact(fact, value, page.locale)
