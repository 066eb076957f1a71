"""Who works for a shop, and whether they have come in: for the mall's pages."""

from dataclasses import dataclass
from uuid import UUID

from timcheh.access.inviting import Inviter
from timcheh.access.models import Staff
from timcheh.access.permissions import ROLES
from timcheh.access.staff import staff_of
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.web.pages import PageContext


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a role in a shop. `branch_id` None: all of it."""

    staff: Staff
    role: str
    branch_id: UUID | None

    @property
    def has_come(self) -> bool:
        """Whether they have chosen a password: the invitation was taken up."""
        return self.staff.password_hash is not None


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


def inviter_of(page: PageContext) -> Inviter:
    """Invites in the mall's name and the page's language."""
    secret = page.services.settings.secret_key.get_secret_value()
    return Inviter(secret, mall_root(page), page.mall.name, page.locale)


def mall_root(page: PageContext) -> str:
    """The mall's public address, without a slash at its end."""
    public = page.services.settings.public_url or str(page.request.base_url)
    return f"{public.rstrip('/')}/{page.mall.slug}"


def till_address(page: PageContext) -> str:
    """Where a shop's people open its till; they sign in on the way."""
    return f"{mall_root(page)}/shop/till"
