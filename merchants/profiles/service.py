"""Writing what a shop knows of a customer."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import or_, select

from members.facade import FACTS
from merchants.customers.models import Customer
from merchants.customers.service import find_customer
from merchants.profiles.models import CustomerProfile
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid
from timcheh.text.identifiers import IdentifierError, mobile
from timcheh.text.normalise import normalise


class Known(NamedTuple):
    """All that a shop writes of a customer at once; `facts` as `read_facts` gives them."""

    name: str | None
    birthday: date | None
    facts: dict[str, Any]
    note: str | None
    custom: dict[str, Any]
    referrer_id: UUID | None


async def find_customer_profile(
    uow: UnitOfWork, merchant_id: UUID, member_id: UUID
) -> CustomerProfile | None:
    """What the shop knows beyond the customer's row; None where that is nothing."""
    return await uow.session.get(CustomerProfile, (uow.scope.mall_id, merchant_id, member_id))


async def write_known(uow: UnitOfWork, caller: Caller, member_id: UUID, known: Known) -> None:
    """Takes the shop's word, in its own scope. A fact that reads as the member shared it stays the
    member's. What changed goes into the log by name, not by value. Raises NotFound."""
    customer = await find_customer(uow, caller.shop, member_id)
    row = await _row_of(uow, caller.shop, member_id)
    changed = [fact for fact in FACTS if getattr(row, fact, None) != known.facts.get(fact)]
    for fact in changed:
        setattr(row, fact, known.facts.get(fact))
    row.shared = [fact for fact in row.shared if fact not in changed]
    changed += _set(row, note=known.note, custom=known.custom, referrer_id=known.referrer_id)
    changed += _set(customer, name=known.name, birthday=known.birthday)
    await _keep(uow, caller, row, changed)


async def set_referrer(
    uow: UnitOfWork, caller: Caller, member_id: UUID, referrer_id: UUID | None
) -> None:
    """Notes by whom a customer came, as `find_referrer` gives it, in the shop's scope."""
    row = await _row_of(uow, caller.shop, member_id)
    await _keep(uow, caller, row, _set(row, referrer_id=referrer_id))


async def _row_of(uow: UnitOfWork, merchant_id: UUID, member_id: UUID) -> CustomerProfile:
    row = await find_customer_profile(uow, merchant_id, member_id)
    if row is None:
        row = CustomerProfile(
            mall_id=uow.scope.mall_id,
            merchant_id=merchant_id,
            member_id=member_id,
            custom={},
            shared=[],
        )
        uow.session.add(row)
    return row


async def _keep(uow: UnitOfWork, caller: Caller, row: CustomerProfile, changed: list[str]) -> None:
    """Writes the row; what changed goes into the log by name."""
    row.updated_at, row.updated_by = uow.now, caller.id
    await uow.session.flush()
    if changed:
        await record(
            uow,
            caller,
            "customer.profile_changed",
            "customer",
            row.member_id,
            after={"changed": sorted(changed)},
        )


def _set(row: object, **values: Any) -> list[str]:
    """Sets what differs and answers its names."""
    changed = [name for name, value in values.items() if getattr(row, name, None) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


async def find_referrer(
    uow: UnitOfWork, merchant_id: UUID, member_id: UUID, typed: str
) -> UUID | None:
    """The customer of the shop with a mobile or member number; None for a blank.

    Only own customers are looked at: the shop learns of nobody else. Raises Invalid.
    """
    if not typed.strip():
        return None
    try:
        number = mobile(typed)
    except IdentifierError:
        number = normalise(typed).replace(" ", "").replace("-", "")[:20]
    found = await uow.session.scalar(
        select(Customer.member_id).where(
            Customer.mall_id == uow.scope.mall_id,
            Customer.merchant_id == merchant_id,
            or_(Customer.mobile == number, Customer.number == number),
        )
    )
    if found is None:
        raise Invalid.field("/referrer", "referrer_unknown")
    if found == member_id:
        raise Invalid.field("/referrer", "referrer_self")
    return found
