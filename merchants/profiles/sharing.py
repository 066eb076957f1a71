"""What members let a shop know of themselves: copied to the shop's own rows, and taken out again.

A shop's rules and reports read its own row only, so they need not ask whose word a fact is. What
the shop wrote itself always stays as it wrote it.
"""

from typing import Any
from uuid import UUID

from members.facade import CLUB, FACTS, allowed, find_profile
from merchants.customers.models import Customer
from merchants.customers.queries import shops_of_member
from merchants.profiles.models import CustomerProfile
from timcheh.db import UnitOfWork
from timcheh.module import Event, EventHandler


async def share(uow: UnitOfWork, merchant_id: UUID, member_id: UUID) -> None:
    """Brings a shop's row up to what its customer says and allows now, in the mall's scope."""
    key = (uow.scope.mall_id, merchant_id, member_id)
    if await uow.session.get(Customer, key) is None:
        return
    said = (
        await find_profile(uow, member_id)
        if await allowed(uow, member_id, merchant_id, "data")
        else None
    )
    row = await uow.session.get(CustomerProfile, key)
    if row is None:
        if said is None:
            return
        row = CustomerProfile(
            mall_id=key[0],
            merchant_id=merchant_id,
            member_id=member_id,
            custom={},
            shared=[],
            updated_at=uow.now,
        )
        uow.session.add(row)
    _copy(row, said)
    await uow.session.flush()


def _copy(row: CustomerProfile, said: Any) -> None:
    shared = []
    for fact in FACTS:
        if getattr(row, fact) is not None and fact not in row.shared:
            continue  # the shop's own word
        value = getattr(said, fact, None)
        setattr(row, fact, value)
        if value is not None:
            shared.append(fact)
    row.shared = shared


async def _after_profile(uow: UnitOfWork, event: Event) -> None:
    member_id = UUID(event.payload["member_id"])
    for merchant_id in await shops_of_member(uow, member_id):
        await share(uow, merchant_id, member_id)


async def _after_consent(uow: UnitOfWork, event: Event) -> None:
    merchant_id = UUID(event.payload["merchant_id"])
    if merchant_id != CLUB:
        await share(uow, merchant_id, UUID(event.payload["member_id"]))


HANDLERS = {
    "members.profile_changed": (EventHandler("merchants.share_profile", _after_profile),),
    "members.consent_changed": (EventHandler("merchants.share_consented", _after_consent),),
}
