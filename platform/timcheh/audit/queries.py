"""Reading the audit log."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from timcheh.audit.models import AuditEntry
from timcheh.db import UnitOfWork


async def list_entries(
    uow: UnitOfWork,
    *,
    after: UUID | None = None,
    limit: int = 50,
    object_type: str | None = None,
    object_id: UUID | None = None,
    action: str | None = None,
) -> Sequence[AuditEntry]:
    """Entries that this scope shows, newest first, after the id where the last page ended."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.mall_id == uow.scope.mall_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    if uow.scope.merchant_id is not None:
        query = query.where(AuditEntry.merchant_id == uow.scope.merchant_id)
    if after is not None:
        query = query.where(AuditEntry.id < after)
    if object_type is not None:
        query = query.where(AuditEntry.object_type == object_type)
    if object_id is not None:
        query = query.where(AuditEntry.object_id == object_id)
    if action is not None:
        query = query.where(AuditEntry.action == action)
    return (await uow.session.scalars(query)).all()
