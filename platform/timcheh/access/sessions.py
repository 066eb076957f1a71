"""Sessions: our own, so that a token is never the client's choice and always fresh at sign-in."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, true, update

from timcheh.access.caller import Caller
from timcheh.access.models import Session, Staff, StaffRole
from timcheh.access.permissions import Permissions, StaffAudience
from timcheh.access.tokens import digest, mall_of_session, new_session_token
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import NotFound
from timcheh.ids import new_id
from timcheh.module import Audience

IDLE: Final[Mapping[Audience, timedelta]] = {
    "mall": timedelta(hours=2),
    "merchant": timedelta(hours=12),
    "member": timedelta(days=30),
}
"""A session that isn't used for so long is over. A till stands idle between customers."""
LONGEST: Final[Mapping[Audience, timedelta]] = {
    "mall": timedelta(hours=12),
    "merchant": timedelta(hours=24),
    "member": timedelta(days=180),
}
SEEN_EVERY: Final = timedelta(minutes=5)
"""How exactly `seen_at` is kept: most requests of a session write nothing."""


@dataclass(frozen=True, slots=True)
class NewSession:
    """What the browser gets. `token` is the cookie's value and isn't stored anywhere."""

    token: str
    csrf_token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session that was presented and holds."""

    id: UUID
    audience: Audience
    caller: Caller
    csrf_token: str
    expires_at: datetime
    place: str = ""
    role: str = ""


class Sessions:
    """Starts, loads and ends sessions."""

    def __init__(self, database: Database, permissions: Permissions) -> None:
        self._database = database
        self._permissions = permissions

    async def start(
        self,
        mall_id: UUID,
        audience: Audience,
        name: str,
        *,
        staff_id: UUID | None = None,
        merchant_id: UUID | None = None,
        member_id: UUID | None = None,
        place: str = "",
        replaces: str | None = None,
    ) -> NewSession:
        """A session with a fresh token; the one that the browser brought along (`replaces`) ends.

        `mall` takes a staff_id, `merchant` a staff_id and the shop, `member` a member_id.
        """
        token, csrf_token = new_session_token(mall_id), secrets.token_urlsafe(32)
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            expires_at = uow.now + LONGEST[audience]
            uow.session.add(
                Session(
                    mall_id=mall_id,
                    token_hash=digest(token),
                    id=new_id(),
                    audience=audience,
                    staff_id=staff_id,
                    member_id=member_id,
                    merchant_id=merchant_id,
                    display_name=name,
                    place=place,
                    csrf_token=csrf_token,
                    created_at=uow.now,
                    seen_at=uow.now,
                    expires_at=expires_at,
                )
            )
            if replaces and mall_of_session(replaces) == mall_id:
                await _delete(uow, replaces)
        return NewSession(token, csrf_token, expires_at)

    async def switch_shop(self, token: str, merchant_id: UUID, place: str) -> NewSession:
        """Lets staff of several shops act for another one. NotFound without a role there."""
        session = await self.load(token, "merchant")
        if session is None:
            raise NotFound
        mall_id, staff_id = session.caller.mall_id, session.caller.id
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            roles = await _roles(uow, staff_id, merchant_id)
        if not roles:
            raise NotFound
        return await self.start(
            mall_id,
            "merchant",
            session.caller.name,
            staff_id=staff_id,
            merchant_id=merchant_id,
            place=place,
            replaces=token,
        )

    async def load(self, token: str, audience: Audience) -> LiveSession | None:
        """The session of a cookie, or None if it isn't there, is over or has lost its ground."""
        mall_id = mall_of_session(token)
        if mall_id is None:
            return None
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            row = await uow.session.scalar(
                select(Session).where(
                    Session.mall_id == mall_id,
                    Session.token_hash == digest(token),
                    Session.audience == audience,
                    Session.expires_at > uow.now,
                    Session.seen_at > uow.now - IDLE[audience],
                )
            )
            if row is None:
                return None
            known = await self._person(uow, row)
            if known is not None and row.seen_at < uow.now - SEEN_EVERY:
                await uow.session.execute(
                    update(Session)
                    .where(Session.mall_id == mall_id, Session.token_hash == row.token_hash)
                    .values(seen_at=uow.now)
                )
        if known is None:
            return None
        caller, role = known
        return LiveSession(
            row.id, audience, caller, row.csrf_token, row.expires_at, row.place, role
        )

    async def end(self, token: str) -> None:
        """Signs out; a token that isn't known is no error."""
        mall_id = mall_of_session(token)
        if mall_id is not None:
            async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
                await _delete(uow, token)

    async def _person(self, uow: UnitOfWork, row: Session) -> tuple[Caller, str] | None:
        """Who the session is for and in which role; None if that has ended."""
        if row.staff_id is None:
            assert row.member_id is not None
            member = Caller(
                mall_id=row.mall_id,
                kind="member",
                id=row.member_id,
                name=row.display_name,
                permissions=frozenset(),
                person=True,
            )
            return member, ""
        held = (StaffRole.mall_id == Staff.mall_id) & (StaffRole.staff_id == Staff.id)
        found = await uow.session.execute(
            select(Staff.name, StaffRole)
            .join(StaffRole, held)
            .where(
                Staff.mall_id == row.mall_id,
                Staff.id == row.staff_id,
                Staff.state == "active",
                _at(row.merchant_id),
            )
        )
        named = found.all()
        if not named:
            return None
        roles = [role for _, role in named]
        return self._staff_caller(row, named[0][0], roles), chief_role(r.role for r in roles)

    def _staff_caller(self, row: Session, name: str, roles: Iterable[StaffRole]) -> Caller:
        assert row.staff_id is not None
        audience: StaffAudience = "merchant" if row.merchant_id else "mall"
        everywhere: frozenset[str] = frozenset()
        by_branch: dict[UUID, frozenset[str]] = {}
        for role in roles:
            held = self._permissions.of_role(audience, role.role)
            if role.branch_id is None:
                everywhere |= held
            else:
                by_branch[role.branch_id] = by_branch.get(role.branch_id, frozenset()) | held
        return Caller(
            mall_id=row.mall_id,
            kind="merchant" if row.merchant_id else "mall",
            id=row.staff_id,
            name=name,
            permissions=everywhere,
            merchant_id=row.merchant_id,
            branch_id=next(iter(by_branch)) if len(by_branch) == 1 and not everywhere else None,
            person=True,
            branch_permissions=by_branch,
        )


def chief_role(roles: Iterable[str]) -> str:
    """The one of several roles that says most about a person."""
    ranking = ("administrator", "owner", "manager", "accountant", "cashier")
    return min(roles, key=ranking.index)


async def end_sessions_of(
    uow: UnitOfWork,
    *,
    staff_id: UUID | None = None,
    member_id: UUID | None = None,
    but: UUID | None = None,
) -> None:
    """Signs a person out everywhere: after a new password, a disabled account, an erasure. The
    session that has the id `but` stays."""
    owner = Session.staff_id == staff_id if staff_id else Session.member_id == member_id
    stays = Session.id != but if but else true()
    await uow.session.execute(
        delete(Session).where(Session.mall_id == uow.scope.mall_id, owner, stays)
    )


async def _roles(uow: UnitOfWork, staff_id: UUID, merchant_id: UUID | None) -> list[StaffRole]:
    found = await uow.session.scalars(
        select(StaffRole).where(
            StaffRole.mall_id == uow.scope.mall_id,
            StaffRole.staff_id == staff_id,
            _at(merchant_id),
        )
    )
    return list(found)


def _at(merchant_id: UUID | None) -> ColumnElement[bool]:
    """Roles in a shop, or (None) in the mall itself."""
    return StaffRole.merchant_id == merchant_id if merchant_id else StaffRole.merchant_id.is_(None)


async def _delete(uow: UnitOfWork, token: str) -> None:
    await uow.session.execute(
        delete(Session).where(
            Session.mall_id == uow.scope.mall_id, Session.token_hash == digest(token)
        )
    )
