"""Parts of a long print, each a PDF of its own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from timcheh.db import Base, access


class PrintPart(Base):
    """What is to be printed of a subject (a batch of cards, of codes): items `first` to `last`.

    `content` is empty until the job has made it. So a large order is made piece by piece, a
    worker that dies loses one part at most, and memory stays flat.
    """

    __tablename__ = "print_part"
    __table_args__ = (
        CheckConstraint("first >= 1 AND last >= first", name="items"),
        Index(
            "print_part_waiting_ix",
            "mall_id",
            "kind",
            postgresql_where=text("made_at IS NULL"),
        ),
        {"schema": "kernel", "info": access(app="select insert update", merchant="select insert")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Integer(), primary_key=True)
    kind: Mapped[str]
    merchant_id: Mapped[UUID | None]  # none: the mall's own
    first: Mapped[int] = mapped_column(Integer())
    last: Mapped[int] = mapped_column(Integer())
    made_at: Mapped[datetime | None]
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary()))
