"""Who works for the shop, in which roles and branches, and who may change that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from merchants.people.errors import OwnRole, RoleBeyondYours
from merchants.permissions import Branches
from timcheh.access.inviting import Inviter, employ
from timcheh.access.models import Staff, StaffRole
from timcheh.access.permissions import ROLES
from timcheh.access.staff import grant_role, roles_of, staff_of, withdraw_role
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound

ASSIGNABLE: Final = ROLES["merchant"]
_OF_OWNERS: Final = frozenset({"owner", "manager"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changes something; `branches` None: they are in charge of the whole shop."""

    staff_id: UUID
    is_owner: bool
    branches: Branches

    def may_assign(self, role: str, branch_id: UUID | None) -> bool:
        """Whether this role there is theirs to give and to withdraw."""
        if role in _OF_OWNERS and not self.is_owner:
            return False
        return self.branches is None or branch_id in self.branches

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that they may give somewhere."""
        return tuple(role for role in ASSIGNABLE if self.is_owner or role not in _OF_OWNERS)


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody with roles in the shop, those that say most first."""

    staff: Staff
    roles: Sequence[StaffRole]


async def employees(uow: UnitOfWork, merchant_id: UUID) -> list[Employee]:
    """The shop's people, its owners first. In the mall's scope, like all here."""
    found: dict[UUID, Employee] = {}
    for staff, role in await staff_of(uow, merchant_id):
        before = found.get(staff.id)
        roles = [*(before.roles if before else ()), role]
        found[staff.id] = Employee(staff, sorted(roles, key=_rank))
    return sorted(found.values(), key=lambda each: _rank(each.roles[0]))


async def find_employee(uow: UnitOfWork, merchant_id: UUID, staff_id: UUID) -> Employee:
    """Raises NotFound for whoever has no role in this shop."""
    for each in await employees(uow, merchant_id):
        if each.staff.id == staff_id:
            return each
    raise NotFound


async def invite(
    uow: UnitOfWork,
    merchant_id: UUID,
    actor: Actor,
    inviter: Inviter,
    *,
    shop: str,
    mobile: str,
    name: str,
    role: str,
    branch_id: UUID | None,
) -> Staff:
    """A role for somebody who is told of it by text message. RoleBeyondYours, RoleHeld."""
    if not actor.may_assign(role, branch_id):
        raise RoleBeyondYours
    staff = await employ(uow, mobile, name, role, merchant_id, branch_id)
    await inviter.tell(uow, staff, shop, role)
    return staff


async def give_role(
    uow: UnitOfWork,
    merchant_id: UUID,
    actor: Actor,
    staff_id: UUID,
    role: str,
    branch_id: UUID | None,
) -> UUID:
    """One more role for one of the shop's people. NotFound, OwnRole, RoleBeyondYours, RoleHeld."""
    await find_employee(uow, merchant_id, staff_id)
    if staff_id == actor.staff_id:
        raise OwnRole
    if not actor.may_assign(role, branch_id):
        raise RoleBeyondYours
    return await grant_role(uow, staff_id, role, merchant_id=merchant_id, branch_id=branch_id)


async def take_role(
    uow: UnitOfWork, merchant_id: UUID, actor: Actor, staff_id: UUID, role_id: UUID
) -> Employee:
    """Withdraws a role; open sessions lose it at once. NotFound, OwnRole, RoleBeyondYours."""
    employee = await find_employee(uow, merchant_id, staff_id)
    role = next((each for each in employee.roles if each.id == role_id), None)
    if role is None:
        raise NotFound
    if staff_id == actor.staff_id:
        raise OwnRole
    if not actor.may_assign(role.role, role.branch_id):
        raise RoleBeyondYours
    await withdraw_role(uow, role_id)
    return employee


async def can_reset(uow: UnitOfWork, merchant_id: UUID, actor: Actor, employee: Employee) -> bool:
    """Whether this owner may take the person's second factor away. Somebody who also works for
    others is the mall's to help: the factor guards those places, too."""
    if not actor.is_owner or employee.staff.id == actor.staff_id:
        return False
    everywhere = await roles_of(uow, employee.staff.id)
    return all(role.merchant_id == merchant_id for role in everywhere)


def _rank(role: StaffRole) -> int:
    return ASSIGNABLE.index(role.role)
