"""A member's own profile: written by themselves."""

from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from members.profiles.models import Profile
from timcheh.db import UnitOfWork
from timcheh.outbox import emit


async def write_profile(uow: UnitOfWork, member_id: UUID, facts: dict[str, Any]) -> None:
    """Takes the member's words for their profile; `facts` as `read_facts` gives them."""
    values = {**facts, "updated_at": uow.now}
    await uow.session.execute(
        insert(Profile)
        .values(mall_id=uow.scope.mall_id, member_id=member_id, **values)
        .on_conflict_do_update(index_elements=["mall_id", "member_id"], set_=values)
    )
    await emit(uow, "members.profile_changed", {"member_id": str(member_id)})
