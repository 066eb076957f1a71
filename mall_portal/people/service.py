"""Who works in the mall itself, and who of its shops asks more than a password. In its scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from timcheh.access.models import Staff, StaffRole
from timcheh.access.second_factor.service import with_factors
from timcheh.access.staff import staff_of
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with their roles; `second`: they have turned a second factor on."""

    staff: Staff
    roles: Sequence[StaffRole]
    second: bool


async def colleagues(uow: UnitOfWork) -> list[Colleague]:
    """The mall's own people, then those of shops who have a second factor; each by name."""
    on = await with_factors(uow)
    own = [staff.id for staff, _ in await staff_of(uow, None)]
    held = (StaffRole.mall_id == Staff.mall_id) & (StaffRole.staff_id == Staff.id)
    found = await uow.session.execute(
        select(Staff, StaffRole)
        .join(StaffRole, held)
        .where(Staff.mall_id == uow.scope.mall_id, Staff.id.in_({*own, *on}))
        .order_by(Staff.name, Staff.id, StaffRole.id)
    )
    roles: dict[UUID, list[StaffRole]] = {}
    people: dict[UUID, Staff] = {}
    for staff, role in found:
        people[staff.id] = staff
        roles.setdefault(staff.id, []).append(role)
    listed = [Colleague(each, roles[each.id], each.id in on) for each in people.values()]
    return sorted(listed, key=lambda each: each.staff.id not in own)


async def find_person(uow: UnitOfWork, staff_id: UUID) -> Staff:
    """Raises NotFound."""
    found = await uow.session.get(Staff, (uow.scope.mall_id, staff_id))
    if found is None:
        raise NotFound
    return found
