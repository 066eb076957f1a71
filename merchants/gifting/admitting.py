"""Who stands at the counter: found by mobile, card or id, or enrolled there by a new mobile."""

from uuid import UUID

from members.facade import Member, enrol, find_member
from merchants.purchases.command import MemberRef
from merchants.purchases.errors import MemberNotFound
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound


async def member_at_counter(
    uow: UnitOfWork, who: MemberRef, merchant_id: UUID, actor_id: UUID
) -> Member:
    """The member, in the mall's scope. Only a mobile enrols. Raises MemberNotFound."""
    try:
        return await find_member(uow, id=who.id, mobile=who.mobile, number=who.card)
    except NotFound:
        if who.mobile is None:
            raise MemberNotFound from None
    return await enrol(uow, who.mobile, source="till", merchant_id=merchant_id, actor_id=actor_id)
