"""Reading what members say of themselves."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from members.profiles.models import Profile
from timcheh.db import UnitOfWork


async def find_profile(uow: UnitOfWork, member_id: UUID) -> Profile | None:
    """What the member has said; nothing yet, if there is none."""
    return await uow.session.get(Profile, (uow.scope.mall_id, member_id))


async def neighbourhoods_of(uow: UnitOfWork, member_ids: Sequence[UUID]) -> dict[UUID, str | None]:
    """Where some members live, as far as they said so."""
    rows = await uow.session.execute(
        select(Profile.member_id, Profile.neighbourhood).where(
            Profile.mall_id == uow.scope.mall_id, Profile.member_id.in_(member_ids)
        )
    )
    return dict(rows.all())
