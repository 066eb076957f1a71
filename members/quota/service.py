"""Setting a mall's quota of members, and reading it."""

from typing import Final

from sqlalchemy import delete, text
from sqlalchemy.dialects.postgresql import insert

from members.quota.models import MemberQuota
from timcheh.db import UnitOfWork

_THERE: Final = text(
    "SELECT count(*) FROM members.member WHERE mall_id = :mall AND state <> 'erased'"
)
_ALONE: Final = text("SELECT pg_advisory_xact_lock(members.quota_lock(:mall))")


async def quota_of(uow: UnitOfWork) -> MemberQuota | None:
    """The mall's; none: no ceiling. In the mall's scope."""
    return await uow.session.get(MemberQuota, uow.scope.mall_id)


async def set_quota(uow: UnitOfWork, most: int | None) -> None:
    """From now on at most so many members, or no ceiling. In the mall's scope.

    A quota below what there is enrols nobody more; nobody who is a member loses anything.
    """
    mall = uow.scope.mall_id
    if most is None:
        await uow.session.execute(delete(MemberQuota).where(MemberQuota.mall_id == mall))
        return
    await uow.session.execute(_ALONE, {"mall": mall})
    there = await uow.session.scalar(_THERE, {"mall": mall})
    row = insert(MemberQuota).values(mall_id=mall, most=most, members=there)
    await uow.session.execute(
        row.on_conflict_do_update(index_elements=["mall_id"], set_={"most": most, "members": there})
    )
