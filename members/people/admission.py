"""Who someone is that has just proved a mobile, or a passkey, at the club's door."""

from uuid import UUID

from members.people.errors import MobileTaken
from members.people.service import enrol, find_member
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound


async def name_of(uow: UnitOfWork, member_id: UUID) -> str:
    """What a member is called, empty if they have not said. NotFound."""
    return (await find_member(uow, id=member_id)).name or ""


async def admit(uow: UnitOfWork, mobile: str) -> tuple[UUID, str]:
    """The member's id and name (empty if unknown); a new mobile is enrolled by its owner."""
    try:
        member = await find_member(uow, mobile=mobile)
    except NotFound:
        try:
            member = await enrol(uow, mobile, source="self")
        except MobileTaken:  # the same person, at the same moment, in another window
            member = await find_member(uow, mobile=mobile)
    return member.id, member.name or ""
