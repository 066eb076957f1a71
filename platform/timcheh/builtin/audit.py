"""The API of the audit log."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from timcheh.access.caller import Caller
from timcheh.audit.models import AuditEntry
from timcheh.audit.queries import list_entries
from timcheh.db import Database
from timcheh.web.openapi import API_PREFIX
from timcheh.web.pagination import Page, PageRequest


class AuditOut(msgspec.Struct):
    """One act: who did what to which object, and what changed by it."""

    id: UUID
    at: datetime
    actor_kind: str
    actor_id: UUID | None
    actor_name: str
    action: str
    object_type: str
    object_id: UUID | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    request_id: str | None


@get(f"{API_PREFIX}/audit", tags=["audit"], operation_id="list_audit", summary="The activity log")
async def get_audit(
    business_caller: NamedDependency[Caller],
    database: NamedDependency[Database],
    paging: NamedDependency[PageRequest],
    object_id: FromQuery[UUID | None] = None,
) -> Page[AuditOut]:
    """Who did what, newest first: the whole mall's log, or a shop's own for a shop's key."""
    business_caller.require("audit.read" if business_caller.kind == "mall" else "shop_audit.read")
    async with database.unit_of_work(business_caller.scope) as uow:
        rows = await list_entries(
            uow, after=paging.after(UUID), limit=paging.fetch, object_id=object_id
        )
    return paging.page(rows, _show, lambda row: row.id)


def _show(row: AuditEntry) -> AuditOut:
    return AuditOut(**{name: getattr(row, name) for name in AuditOut.__struct_fields__})
