"""First outcomes of value-moving requests, so that a repeated request changes nothing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Idempotency(Base):
    """One row for each (principal, key). Without a `status` its work is not finished.

    The row is written before the work, in the same transaction, so two requests with one key
    can't both do it. `fingerprint` is the SHA-256 of what was asked. `merchant_id` says whose
    row it is where a shop's own scope wrote it; the purchase path, in the mall's scope, leaves
    it out and reads it in that scope again.
    """

    __tablename__ = "idempotency"
    __table_args__ = (
        {
            "schema": "kernel",
            "info": access(
                app="select insert update delete",
                merchant="select insert update(status, body)",
                member="select insert update(status, body)",
                posting="select insert update",
                member_rows=("principal_id",),
            ),
        },
    )

    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    principal_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID | None]
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int | None] = mapped_column(Integer)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
