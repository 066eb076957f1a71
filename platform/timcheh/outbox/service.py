"""Writing an event: one insert in the transaction that it reports."""

from typing import Any

from sqlalchemy import insert

from timcheh.db import UnitOfWork
from timcheh.ids import new_id
from timcheh.outbox.models import OutboxEvent


async def emit(
    uow: UnitOfWork, topic: str, payload: dict[str, Any], *, urgent: bool = False
) -> None:
    """Records that `topic` happened. Its handlers run after the commit, each exactly once.

    `payload` is JSON: ids as text, amounts as integers, and nothing that a handler should read
    fresh instead. Topics are `<module>.<what_happened>`. `urgent`: somebody waits for it, so it
    goes before whatever else there is to do.
    """
    # Through the table, not the mapped class: a shop's role may insert here but not select, so
    # nothing must be asked back.
    await uow.session.execute(
        insert(OutboxEvent.__table__).values(  # type: ignore[arg-type]  # it is a Table
            mall_id=uow.scope.mall_id,
            id=new_id(),
            topic=topic,
            payload=payload,
            created_at=uow.now,
            due_at=uow.now,
            urgent=urgent,
        )
    )
