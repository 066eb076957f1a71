"""Staff accounts: making them, giving roles, signing in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from timcheh.access.errors import MobileTaken, RoleHeld, SignInFailed, TooManySignIns
from timcheh.access.limits import Limit, RateLimiter
from timcheh.access.models import Staff, StaffRole
from timcheh.access.passwords import Passwords
from timcheh.access.permissions import StaffAudience
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import NotFound, RateLimited
from timcheh.ids import new_id

SIGN_IN_PER_MOBILE: Final = Limit("sign-in-mobile", count=10, window=600)
SIGN_IN_PER_ADDRESS: Final = Limit("sign-in-address", count=60, window=600)


@dataclass(frozen=True, slots=True)
class StaffIdentity:
    """Someone who proved to be staff. `merchant_ids` are the shops with a role, for a choice."""

    staff_id: UUID
    name: str
    merchant_ids: tuple[UUID, ...]


async def create_staff(uow: UnitOfWork, mobile: str, name: str, password_hash: str | None) -> UUID:
    """A new account (mall scope; `mobile` as `timcheh.text` normalises it). MobileTaken."""
    row = Staff(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        mobile=mobile,
        name=name,
        password_hash=password_hash,
        created_at=uow.now,
    )
    try:
        async with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError as error:
        raise MobileTaken from error
    return row.id


async def find_staff(uow: UnitOfWork, mobile: str) -> Staff | None:
    """The account of a mobile in this mall."""
    found: Staff | None = await uow.session.scalar(
        select(Staff).where(Staff.mall_id == uow.scope.mall_id, Staff.mobile == mobile)
    )
    return found


async def grant_role(
    uow: UnitOfWork,
    staff_id: UUID,
    role: str,
    *,
    merchant_id: UUID | None = None,
    branch_id: UUID | None = None,
) -> UUID:
    """Gives a role in the mall, a shop or one branch. RoleHeld if it is there already."""
    row = StaffRole(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        staff_id=staff_id,
        merchant_id=merchant_id,
        branch_id=branch_id,
        role=role,
        created_at=uow.now,
    )
    try:
        async with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError as error:
        raise RoleHeld from error
    return row.id


async def withdraw_role(uow: UnitOfWork, role_id: UUID) -> None:
    """Takes a role away; open sessions lose it at their next request. NotFound."""
    row = await uow.session.get(StaffRole, (uow.scope.mall_id, role_id))
    if row is None:
        raise NotFound
    await uow.session.delete(row)


async def roles_of(uow: UnitOfWork, staff_id: UUID) -> Sequence[StaffRole]:
    """Every role of a person that this scope shows."""
    found = await uow.session.scalars(
        select(StaffRole)
        .where(StaffRole.mall_id == uow.scope.mall_id, StaffRole.staff_id == staff_id)
        .order_by(StaffRole.id)
    )
    return found.all()


async def staff_of(uow: UnitOfWork, merchant_id: UUID | None) -> list[tuple[Staff, StaffRole]]:
    """The people with a role in a shop, or in the mall itself (mall scope), by name."""
    place = StaffRole.merchant_id == merchant_id if merchant_id else StaffRole.merchant_id.is_(None)
    found = await uow.session.execute(
        select(Staff, StaffRole)
        .join(StaffRole, (StaffRole.mall_id == Staff.mall_id) & (StaffRole.staff_id == Staff.id))
        .where(Staff.mall_id == uow.scope.mall_id, place)
        .order_by(Staff.name, StaffRole.id)
    )
    return [(staff, role) for staff, role in found]


async def owners_of(uow: UnitOfWork, merchant_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The mobiles of some shops' owners, by shop (mall scope)."""
    rows = await uow.session.execute(
        select(StaffRole.merchant_id, Staff.mobile)
        .join(Staff, (Staff.mall_id == StaffRole.mall_id) & (Staff.id == StaffRole.staff_id))
        .where(
            StaffRole.mall_id == uow.scope.mall_id,
            StaffRole.role == "owner",
            StaffRole.merchant_id.in_(set(merchant_ids)),
        )
        .order_by(Staff.mobile)
    )
    found: dict[UUID, list[str]] = {}
    for shop, mobile in rows:
        if shop is not None:
            found.setdefault(shop, []).append(mobile)
    return found


async def staff_names(uow: UnitOfWork, staff_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of people (mall scope); ids that are no person's (keys) are left out."""
    found = await uow.session.execute(
        select(Staff.id, Staff.name).where(
            Staff.mall_id == uow.scope.mall_id, Staff.id.in_(set(staff_ids))
        )
    )
    return dict(found.all())


class StaffSignIn:
    """Checks mobile and password. What is wrong, if anything is, is never told."""

    def __init__(self, database: Database, passwords: Passwords, limiter: RateLimiter) -> None:
        self._database = database
        self._passwords = passwords
        self._limiter = limiter

    async def verify(
        self, mall_id: UUID, audience: StaffAudience, mobile: str, password: str, address: str
    ) -> StaffIdentity:
        """Who it is. Raises SignInFailed, or TooManySignIns before anything is looked up.

        `address` is the client's network address, `mobile` is normalised by the caller.
        """
        await self._count(mall_id, mobile, address)
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            staff = await find_staff(uow, mobile)
            roles = await roles_of(uow, staff.id) if staff else []
        right = await self._passwords.verify(staff.password_hash if staff else None, password)
        if staff is None or not right:
            raise SignInFailed
        return _entitled(audience, staff, roles)

    async def identity(
        self, mall_id: UUID, audience: StaffAudience, staff_id: UUID
    ) -> StaffIdentity:
        """Who somebody is that has proved it in two steps, as they are now. Raises SignInFailed."""
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            staff = await uow.session.get(Staff, (mall_id, staff_id))
            roles = await roles_of(uow, staff_id)
        if staff is None:
            raise SignInFailed
        return _entitled(audience, staff, roles)

    async def _count(self, mall_id: UUID, mobile: str, address: str) -> None:
        try:
            await self._limiter.hit(SIGN_IN_PER_ADDRESS, address)
            await self._limiter.hit(SIGN_IN_PER_MOBILE, f"{mall_id} {mobile}")
        except RateLimited as error:
            raise TooManySignIns(retry_after=error.retry_after) from None


def _entitled(audience: StaffAudience, staff: Staff, roles: Sequence[StaffRole]) -> StaffIdentity:
    """Raises SignInFailed for a disabled account, or one without a role there."""
    shops = tuple(dict.fromkeys(r.merchant_id for r in roles if r.merchant_id is not None))
    in_mall = any(role.merchant_id is None for role in roles)
    entitled = bool(shops) if audience == "merchant" else in_mall
    if staff.state != "active" or not entitled:
        raise SignInFailed
    return StaffIdentity(staff.id, staff.name, shops if audience == "merchant" else ())
