"""What a shop knows of a customer beyond purchases, in words."""

from typing import Any
from uuid import UUID

from members.facade import FACTS, write_fact
from merchants.audience.scale import find_scale
from merchants.clientele.provenance import find_provenance
from merchants.customers.models import Customer
from merchants.profiles.fields import list_fields, write_value
from merchants.profiles.service import find_customer_profile
from timcheh.calendar import local_date
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


async def standing_of(uow: UnitOfWork, page: PageContext, customer: Customer) -> dict[str, Any]:
    """Where a customer stands among the shop's: tier, groups, tags, and the name of their value."""
    scale = await find_scale(uow, customer.merchant_id)
    value = ""
    if scale is not None and customer.last_at is not None and customer.purchases:
        days = (local_date(uow.now) - local_date(customer.last_at)).days
        scores = scale.scores(days, customer.purchases, customer.spend)
        value = page.text(f"choice-rfm-segment-{scores['rfm.segment']}")
    return {
        "tier": customer.tier or "",
        "progress": customer.tier_progress,
        "groups": list(customer.groups),
        "value": value,
    }


async def way_of(uow: UnitOfWork, page: PageContext, customer: Customer) -> str:
    """How someone became a customer: the way, the branch, by whose hand. In the mall's scope."""
    way = await find_provenance(uow, customer)
    parts = (page.text(f"customer-way-{customer.source}"), way.door, way.branch, way.actor)
    return f"{page.text('ui-comma')} ".join(filter(None, parts))


def _fact(page: PageContext, fact: str, value: object) -> str:
    if fact in _CODES:
        return page.text(f"fact-{fact}-{value}")
    return write_fact(fact, value, page.locale)
