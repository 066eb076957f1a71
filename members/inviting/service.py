"""Invitations: a member's address, who opens it, who came by it. In the mall's scope."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from members.inviting.models import Invitation
from members.people.models import Member
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound

_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH: Final = 9
_SHOWN: Final = 200


class Friend(NamedTuple):
    """Somebody who came by an invitation."""

    id: UUID
    name: str | None
    came_at: datetime


async def invitation_of(uow: UnitOfWork, member_id: UUID) -> Invitation:
    """The member's own, made at first use."""
    key = (uow.scope.mall_id, member_id)
    found = await uow.session.get(Invitation, key)
    if found is None:
        token = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
        row = {"mall_id": key[0], "member_id": member_id, "token": token, "created_at": uow.now}
        await uow.session.execute(insert(Invitation).values(row).on_conflict_do_nothing())
        found = await uow.session.get_one(Invitation, key)
    return found


async def host_of(uow: UnitOfWork, token: str, *, opened: bool = False) -> Member:
    """Whose invitation a token is. Raises NotFound, also where the host is no member any more."""
    mall = uow.scope.mall_id
    host = await uow.session.scalar(
        select(Member)
        .join(
            Invitation,
            (Invitation.mall_id == Member.mall_id) & (Invitation.member_id == Member.id),
        )
        .where(Member.mall_id == mall, Invitation.token == token, Member.state == "active")
    )
    if host is None:
        raise NotFound
    if opened:
        await uow.session.execute(
            update(Invitation)
            .where(Invitation.mall_id == mall, Invitation.member_id == host.id)
            .values(opened=Invitation.opened + 1)
            .execution_options(synchronize_session=False)
        )
    return host


async def brought_by(uow: UnitOfWork, member_id: UUID, host_id: UUID) -> None:
    """Notes who brought somebody who has just become a member; the first word counts."""
    await uow.session.execute(
        update(Member)
        .where(
            Member.mall_id == uow.scope.mall_id,
            Member.id == member_id,
            Member.id != host_id,
            Member.referrer_id.is_(None),
        )
        .values(referrer_id=host_id)
        .execution_options(synchronize_session=False)
    )


async def friends_of(uow: UnitOfWork, member_id: UUID) -> Sequence[Friend]:
    """Who came by a member's invitation, the newest first."""
    rows = await uow.session.execute(
        select(Member.id, Member.name, Member.created_at)
        .where(Member.mall_id == uow.scope.mall_id, Member.referrer_id == member_id)
        .order_by(Member.created_at.desc(), Member.id)
        .limit(_SHOWN)
    )
    return [Friend(*row) for row in rows]
