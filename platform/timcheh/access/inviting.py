"""Telling people by text message that they work for a shop now, and how they come in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from timcheh.access.invitations import LIFETIME, invitation
from timcheh.access.limits import Limit
from timcheh.access.models import Staff
from timcheh.access.staff import create_staff, find_staff, grant_role
from timcheh.calendar import DateStyle, format_date
from timcheh.db import UnitOfWork
from timcheh.notify.service import queue_message
from timcheh.settings import Settings
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

AGAIN_PER_PERSON: Final = Limit("staff-invitation", count=5, window=3600)
"""How often a person may be sent an invitation again."""


@dataclass(frozen=True, slots=True)
class Inviter:
    """`root` is the mall's public address without a slash at its end, `secret` signs the links."""

    secret: str
    root: str
    mall_name: str
    locale: Locale = Locale.FA

    @classmethod
    def of_mall(cls, settings: Settings, slug: str, name: str, locale: Locale) -> "Inviter":
        """Invites in a mall's name."""
        secret = settings.secret_key.get_secret_value()
        return cls(secret, settings.public_address(slug), name, locale)

    def link(self, staff: Staff, now: datetime) -> str:
        """Where this person chooses a password, or, having one, signs in."""
        if staff.has_come:
            return f"{self.root}/shop/sign-in"
        return f"{self.root}/shop/join/{invitation(self.secret, staff, now)}"

    async def tell(self, uow: UnitOfWork, staff: Staff, shop: str, role: str) -> None:
        """Sends them the link. Its text is blanked once it is sent: the link lets people in."""
        params = {
            "mall": self.mall_name,
            "shop": shop,
            "role": translate(self.locale, f"role-{role}"),
            "link": self.link(staff, uow.now),
            "day": format_date(uow.now + LIFETIME, self.locale, DateStyle.LONG),
        }
        template = "staff-added" if staff.has_come else "staff-invited"
        await queue_message(uow, staff.mobile, template, params, locale=self.locale, secret=True)


async def employ(
    uow: UnitOfWork,
    mobile: str,
    name: str,
    role: str,
    merchant_id: UUID,
    branch_id: UUID | None = None,
) -> Staff:
    """Somebody with a role in a shop, in the mall's scope: an account of their own, or one more
    role for whoever has one, under the name that it has. RoleHeld."""
    staff = await find_staff(uow, mobile)
    if staff is None:
        await create_staff(uow, mobile, name, None)
        staff = await find_staff(uow, mobile)
    assert staff is not None
    await grant_role(uow, staff.id, role, merchant_id=merchant_id, branch_id=branch_id)
    return staff
