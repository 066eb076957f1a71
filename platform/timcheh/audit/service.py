"""Recording an act, in the transaction that does it: both happen, or neither."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert

from timcheh.access.caller import Caller
from timcheh.audit.models import AuditEntry
from timcheh.db import UnitOfWork
from timcheh.ids import new_id

current_request_id: Final[ContextVar[str | None]] = ContextVar("request_id", default=None)
"""The id of the request being served, if one is; the web layer sets it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it. `kind` is `staff` for a person, else the kind of key, `member` or `system`."""

    kind: str
    id: UUID | None
    name: str

    @classmethod
    def of(cls, caller: Caller) -> "Actor":
        staff = caller.person and caller.kind != "member"
        return cls("staff" if staff else caller.kind, caller.id, caller.name)


SYSTEM: Final = Actor("system", None, "")
"""A job or a command of the operator."""


async def record(
    uow: UnitOfWork,
    actor: Caller | Actor,
    action: str,
    object_type: str,
    object_id: UUID | None = None,
    *,
    merchant_id: UUID | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Appends one entry. `action` is `<object>.<verb>`, for example `merchant.suspended`.

    `before` and `after` are JSON and hold only what changed. In a shop's scope the entry is the
    shop's; elsewhere `merchant_id` says whose log shows it besides the mall's.
    """
    who = Actor.of(actor) if isinstance(actor, Caller) else actor
    await uow.session.execute(
        insert(AuditEntry.__table__).values(  # type: ignore[arg-type]  # it is a Table
            mall_id=uow.scope.mall_id,
            id=new_id(),
            merchant_id=merchant_id or uow.scope.merchant_id,
            at=uow.now,
            actor_kind=who.kind,
            actor_id=who.id,
            actor_name=who.name,
            action=action,
            object_type=object_type,
            object_id=object_id,
            before=before,
            after=after,
            request_id=current_request_id.get(),
        )
    )
