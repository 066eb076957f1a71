"""The closing proof of each day, as it was found."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class ClosingProof(Base):
    """Every invariant, checked after a day of the mall was over.

    `failed` names those that did not hold, each with its detail. `number` and `hash` are of the
    newest link of the chain then: what is altered later of what it seals no longer hashes to it.
    """

    __tablename__ = "closing_proof"
    __table_args__ = (
        {
            "schema": "shared_pool",
            "info": access(app="select insert update"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    checked_at: Mapped[datetime]
    checks: Mapped[int]
    failed: Mapped[list[Any]]
    number: Mapped[int | None]
    hash: Mapped[bytes | None] = mapped_column(LargeBinary())
