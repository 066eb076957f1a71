"""Who works for a shop, and whether they have come in: for the mall's pages."""

from dataclasses import dataclass
from uuid import UUID

from timcheh.access.inviting import Inviter
from timcheh.access.models import Staff
from timcheh.access.permissions import ROLES
from timcheh.access.staff import staff_of
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a role in a shop. `branch_id` None: all of it."""

    staff: Staff
    role: str
    branch_id: UUID | None


async def people_of(uow: UnitOfWork, merchant_id: UUID) -> list[Person]:
    """The shop's people, its owners first."""
    found = [
        Person(staff, role.role, role.branch_id) for staff, role in await staff_of(uow, merchant_id)
    ]
    return sorted(found, key=lambda person: ROLES["merchant"].index(person.role))


async def invite_again(
    uow: UnitOfWork, merchant_id: UUID, shop: str, staff_id: UUID, inviter: Inviter
) -> Staff:
    """Sends somebody of the shop a fresh link. Raises NotFound for anyone else."""
    for person in await people_of(uow, merchant_id):
        if person.staff.id == staff_id:
            await inviter.tell(uow, person.staff, shop, person.role)
            return person.staff
    raise NotFound
