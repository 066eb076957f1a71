"""Reading messages."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from timcheh.db import UnitOfWork
from timcheh.notify.models import Message


async def list_messages(
    uow: UnitOfWork, *, after: UUID | None = None, limit: int = 50
) -> Sequence[Message]:
    """Messages that this scope shows, newest first, after the id where the last page ended."""
    query = (
        select(Message)
        .where(Message.mall_id == uow.scope.mall_id)
        .order_by(Message.id.desc())
        .limit(limit)
    )
    if after is not None:
        query = query.where(Message.id < after)
    return (await uow.session.scalars(query)).all()
